"""What GitHub shows: annotations under its caps, and the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from acting import read
from hypothesis import given
from hypothesis import strategies as st
from test_report import finding, person, rendered, run

from blamecheck.discovery import Failure
from blamecheck.finding import Finding, Severity
from blamecheck.report import Run
from blamecheck.report.github import command
from blamecheck.report.markdown import BYTES, escaped


def test_annotations() -> None:
    one = run(
        person(0),
        person(1),
        finding("Human error", url="https://example.org/#x"),
        finding("saw\nit", severity=Severity.INFO),
        failures=(Failure("c.md", "is gone"), Failure("", "unknown rule")),
    )
    assert (
        rendered("github", replace(one, notices=("whole files",)))
        == """\
::error file=c.md,title=blamecheck::c.md: is gone
::error title=blamecheck::unknown rule
::error file=a.md,line=3,endLine=3,col=1,endColumn=12,title=BC301 human-error-cause::\
"Human error" ends the analysis.%0AAsk what let it through.%0Ahttps://example.org/#x
::warning file=a.md,line=3,endLine=3,col=16,endColumn=20,title=BC101 named-individual::\
"Josh" ends the analysis.%0AName the role.%0AAlso on line 5
::notice title=blamecheck::whole files
::notice file=a.md,line=5,endLine=6,title=BC301 human-error-cause::"saw it" ends the analysis.%0A\
Ask what let it through."""
    )


def test_suppressed_findings_are_not_annotated() -> None:
    assert rendered("github", run(person(0).hide("by a comment"))) == ""


@pytest.mark.parametrize(("number", "shown", "more"), [(10, 10, 0), (11, 10, 1), (40, 10, 30)])
def test_ten_of_a_level_and_the_last_says_how_many_more(number: int, shown: int, more: int) -> None:
    text = "Josh\n" * number
    found = [finding("Josh", nth, text, path=f"{nth % 3}.md") for nth in range(number)]
    lines = rendered("github", run(*found, person(0))).splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert (len(errors), len(lines)) == (shown, shown + 1)
    assert not any("are not shown" in line for line in errors[:-1])
    said = re.search(r"%0A(\d+) more errors are not shown, since GitHub shows 10 of a kind: (.*)\.", errors[-1])
    assert (int(said[1]) if said else 0) == more
    assert not said or sum(map(int, re.findall(r"\((\d+)\)", said[2]))) == more


def test_what_could_not_be_checked_takes_its_place_in_the_level() -> None:
    failures = tuple(Failure(f"{number}.md", "is gone") for number in range(4))
    lines = rendered(
        "github", run(*(finding("Josh", path=f"{n}.md") for n in range(9)), failures=failures)
    ).splitlines()
    assert [line.split(",")[0] for line in lines[3:5]] == ["::error file=3.md", "::error file=0.md"]
    assert len(lines) == 10
    assert "3 more errors" in lines[-1]


def test_mentions_of_one_person_are_one_annotation() -> None:
    text = "Josh\n" * 40
    many = [finding("Josh", nth, text, person="josh") for nth in range(40)]
    (only,) = rendered("github", run(*many)).splitlines()
    assert only.endswith("%0AAlso on lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 27 more")


@pytest.mark.parametrize(
    ("message", "properties", "line"),
    [
        ("a%0Ab::c", {}, "::error::a%250Ab::c"),
        ("one\r\ntwo", {}, "::error::one%0D%0Atwo"),
        ("##[error]x", {}, "::error::## [error]x"),
        ("m", {"file": "a,b: c%.md", "line": 1}, "::error file=a%2Cb%3A c%25.md,line=1::m"),
        ("m", {"file": "x::error ::y\n.md"}, "::error file=x%3A%3Aerror %3A%3Ay%0A.md::m"),
        # The runner drops a property without a value; so do we.
        ("m", {"file": "", "title": "t"}, "::error title=t::m"),
    ],
)
def test_escapes(message: str, properties: dict[str, object], line: str) -> None:
    assert command("error", message, **properties) == line


@given(st.text(alphabet=":%,=\r\n#[]0AD a障"), st.text(alphabet=":%,=\r\n#[]0AD a障", min_size=1))
def test_whatever_is_said_is_read_as_it_was_meant(message: str, path: str) -> None:
    line = command("warning", message, file=path, line=3)
    assert "\n" not in line and "\r" not in line and "##[" not in line
    name, properties, body = read(line)
    assert (name, properties["line"]) == ("warning", "3")
    assert properties["file"] == path.replace("##[", "## [")
    assert body == message.replace("##[", "## [")


def test_a_message_ends_before_the_runner_cuts_it() -> None:
    text = "🔥" * 5000
    (line,) = rendered(
        "github", run(finding(text, text=text, suggestion=text, url="https://example.org/#x"))
    ).splitlines()
    body = read(line)[2]
    assert len(body.encode("utf-16-le")) // 2 <= 4096
    assert body.endswith("…\nhttps://example.org/#x")


def test_the_summary() -> None:
    one = run(
        finding("Human error", url="https://example.org/#x"),
        person(0),
        person(1),
        failures=(Failure("c.md", "is gone"),),
    )
    assert (
        rendered("markdown", replace(one, notices=("whole files",)))
        == """\
### blamecheck

Found 1 error, 2 warnings in 1 document; 1 path could not be checked.

❌ <code>c.md</code> is gone

ℹ️ whole files

#### <code>a.md</code>

| | Line | Rule | Text | Instead |
|---|---|---|---|---|
| 🔴 | 3 | [BC301 human-error-cause](https://example.org/#x) | <code><b>Human error</b> by Josh.</code><br>\
"Human error" ends the analysis. | Ask what let it through. |
| 🟡 | 3 | BC101 named-individual | <code>Human error by <b>Josh</b>.</code><br>\
"Josh" ends the analysis.<br>also on line 5 | Name the role. |

<details><summary>How to ignore a finding</summary>

Put a comment with its rule and a reason on its line, or on the line before:

```markdown
<!-- blamecheck-ignore BC101 -- why this is right here -->
```

</details>"""
    )


def test_a_clean_summary() -> None:
    assert rendered("markdown", run()) == "### blamecheck\n\nThe document is clean."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b `c` *d* [e](f) <g> &h", "a &#124; b &#96;c&#96; &#42;d&#42; &#91;e&#93;(f) &#60;g&#62; &#38;h"),
        ("https://x.org www.x.org j@x.org #12", "https&#58;//x.org www&#46;x.org j&#64;x.org &#35;12"),
        ("one\n\n# two", "one &#35; two"),
        ("::error::x ##[error]", "&#58;&#58;error&#58;&#58;x &#35;&#35;&#91;error&#93;"),
        ("Störung, 障害 (see 2.1)", "Störung, 障害 (see 2.1)"),
    ],
)
def test_text_of_documents_means_nothing_in_the_summary(text: str, shown: str) -> None:
    assert escaped(text) == shown


def flood() -> Iterator[Finding]:
    text = "Josh is " + "long " * 400 + "\n"
    for number in range(3000):
        severity = Severity.ERROR if number % 1000 == 999 else Severity.INFO
        yield finding("Josh", 0, text, path=f"{number}.md", severity=severity, suggestion="障" * 200)


def test_a_summary_stays_under_githubs_limit_and_keeps_the_errors() -> None:
    many = tuple(flood())
    summary = rendered("markdown", Run(many, tuple(f.path for f in many), (), frozenset(), "1"))
    assert len(summary.encode()) < BYTES < 1024 * 1024
    assert summary.count("🔴") == 3
    left_out = re.search(r"^(\d+) findings more would not fit here\.$", summary, re.MULTILINE)
    assert left_out
    assert summary.count("🔵") == len(many) - 3 - int(left_out[1])
