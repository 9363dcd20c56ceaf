"""Reports: whole outputs on findings made by hand, and the parts that make text safe and fit."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamecheck.discovery import Failure
from blamecheck.finding import Finding, Severity, locate
from blamecheck.progress import track
from blamecheck.report import Options, Run, formats, renderer
from blamecheck.report._width import cells, width, window
from blamecheck.safe import no_commands, one_line, plain
from blamecheck.source import Source
from blamecheck.terminal import colored

TEXT = "# Checkout down\n\nHuman error by Josh.\n\n\tThen Josh and @mk saw\nit. Josh left.\n"


def finding(marked: str, nth: int = 0, text: str = TEXT, path: str = "a.md", **fields: Any) -> Finding:
    """A finding on the n-th occurrence of a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(marked, start + 1)
    common: dict[str, Any] = {
        "rule": "BC301",
        "name": "human-error-cause",
        "category": "cause",
        "severity": Severity.ERROR,
        "message": f'"{marked}" ends the analysis.',
        "suggestion": "Ask what let it through.",
    }
    return Finding(**locate(Source(path, text), start, start + len(marked)), **{**common, **fields})


def person(nth: int, **fields: Any) -> Finding:
    """A mention of Josh."""
    named: dict[str, Any] = {"rule": "BC101", "name": "named-individual", "category": "people"}
    return finding(
        "Josh",
        nth,
        **{**named, "severity": Severity.WARNING, "person": "josh", "suggestion": "Name the role.", **fields},
    )


def run(*findings: Finding, documents: tuple[str, ...] = ("a.md",), failures: tuple[Failure, ...] = ()) -> Run:
    """A run with these findings."""
    return Run(findings, documents, failures, frozenset({"BC101", "BC301"}), "1.2.3")


def rendered(format: str, one: Run, **options: Any) -> str:  # noqa: A002 - the option's name
    return "\n".join(renderer(format)(one, Options(**options)))


def test_the_formats_are_the_modules_of_the_folder() -> None:
    assert formats() == ["concise", "github", "gitlab", "json", "junit", "markdown", "rdjson", "sarif", "text"]


def test_text() -> None:
    one = run(finding("Human error", merged=("role-at-fault",)), person(0), person(1), person(2))
    assert (
        rendered("text", one)
        == """\
a.md:3:1: error[BC301] human-error-cause: "Human error" ends the analysis.
  |
3 | Human error by Josh.
  | ^^^^^^^^^^^
  = help: Ask what let it through.
  = note: also found by role-at-fault

a.md:3:16: warning[BC101] named-individual: "Josh" ends the analysis.
  |
3 | Human error by Josh.
  |                ^^^^
  = help: Name the role.
  = note: also on lines 5, 6

Found 1 error, 3 warnings in 1 document."""
    )


def test_concise() -> None:
    one = run(finding("Human error"), person(0), person(2), documents=("a.md", "b.md"))
    assert (
        rendered("concise", one)
        == """\
a.md:3:1: error[BC301] human-error-cause: "Human error" ends the analysis.
a.md:3:16: warning[BC101] named-individual: "Josh" ends the analysis. (also on line 6)
Found 1 error, 2 warnings in 1 of 2 documents."""
    )


def test_json() -> None:
    shown = finding("Human error", evidence=("a", "b"), url="https://example.org/#x")
    hidden = person(1).hide("ignored by a comment on line 4")
    report = json.loads(rendered("json", run(shown, hidden, failures=(Failure("c.md", "is gone"),))))
    assert report == {
        "version": 1,
        "tool": {"name": "blamecheck", "version": "1.2.3"},
        "summary": {
            "documents": 1,
            "rules": 2,
            "findings": 1,
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "suppressed": 1,
        },
        "findings": [
            {
                "path": "a.md",
                "line": 3,
                "column": 1,
                "end_line": 3,
                "end_column": 12,
                "rule": "BC301",
                "name": "human-error-cause",
                "category": "cause",
                "severity": "error",
                "message": '"Human error" ends the analysis.',
                "suggestion": "Ask what let it through.",
                "excerpt": "Human error",
                "evidence": ["a", "b"],
                "merged": [],
                "scope": "line",
                "url": "https://example.org/#x",
                "suppressed": None,
            },
            {
                "path": "a.md",
                "line": 5,
                "column": 7,
                "end_line": 5,
                "end_column": 11,
                "rule": "BC101",
                "name": "named-individual",
                "category": "people",
                "severity": "warning",
                "message": '"Josh" ends the analysis.',
                "suggestion": "Name the role.",
                "excerpt": "Josh",
                "evidence": [],
                "merged": [],
                "scope": "line",
                "url": "",
                "suppressed": "ignored by a comment on line 4",
            },
        ],
        "errors": [{"path": "c.md", "message": "is gone"}],
    }


def test_json_holds_no_runner_command_and_no_control_character() -> None:
    text = "##[error] \x1b[31mJosh 障害\n"
    line = rendered("json", run(finding("##[error] \x1b[31mJosh 障害", text=text)))
    assert "##[" not in line
    assert line.replace("\n", "").isascii() and line.replace("\n", "").isprintable()
    assert json.loads(line)["findings"][0]["excerpt"] == "##[error] \x1b[31mJosh 障害"


@pytest.mark.parametrize(
    ("findings", "note"),
    [
        ((person(0), person(1)), "also on line 5"),
        # Another mention on the same line is said when there is nothing else to say.
        ((person(0), person(0)), "also later on this line"),
        # Other people, other rules, other documents and other severities stay findings of their own.
        ((person(0), person(1, person="jo")), ""),
        ((person(0), person(1, rule="BC102")), ""),
        ((person(0), person(1, path="b.md")), ""),
        ((person(0), person(1, severity=Severity.ERROR)), ""),
        ((person(0, person=""), person(1, person="")), ""),
        # What is suppressed is not printed at all.
        ((person(0), person(1).hide("by a comment")), ""),
    ],
)
def test_mentions_of_one_person_are_one_printed_finding(findings: tuple[Finding, ...], note: str) -> None:
    lines = rendered("concise", run(*findings), quiet=True).splitlines()
    shown = [one for one in findings if not one.suppressed]
    assert len(lines) == (1 if note else len(shown))
    assert lines[0].endswith(f"({note})" if note else "analysis.")


def test_many_lines_are_cut_short() -> None:
    text = "Josh\n" * 20
    many = [finding("Josh", nth, text, person="josh") for nth in range(20)]
    assert (
        rendered("concise", run(*many))
        .splitlines()[0]
        .endswith("(also on lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 7 more)")
    )


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (run(), "The document is clean."),
        (run(documents=("a", "b", "c", "d")), "All 4 documents are clean."),
        (run(person(0).hide("x"), documents=("a", "b")), "All 2 documents are clean (1 suppressed)."),
        (run(person(0), documents=("a.md", "b")), "Found 1 warning in 1 of 2 documents."),
        (
            run(person(0), person(1, severity=Severity.INFO), finding("error").hide("x")),
            "Found 1 warning, 1 info in 1 document (1 suppressed).",
        ),
        # A path that could not be checked is never clean.
        (run(failures=(Failure("b", "x"),)), "Nothing found in 1 document; 1 path could not be checked."),
        (
            run(person(0), failures=(Failure("b", "x"), Failure("c", "y"))),
            "Found 1 warning in 1 document; 2 paths could not be checked.",
        ),
        (run(documents=(), failures=(Failure("b", "x"),)), "Nothing was checked; 1 path could not be checked."),
        (run(documents=(), failures=(Failure("", "unknown rule"),)), "Nothing was checked."),
        (
            run(documents=(), failures=(Failure("", "unknown rule"), Failure("b", "x"))),
            "Nothing was checked; 1 path could not be checked.",
        ),
    ],
)
def test_summary(one: Run, line: str) -> None:
    assert rendered("text", one).splitlines()[-1] == line
    assert rendered("concise", one).splitlines()[-1] == line
    assert not one.findings or line not in rendered("text", one, quiet=True)


def test_colours_are_on_severity_and_place_only() -> None:
    lines = rendered("text", run(finding("Human error")), color=True).splitlines()
    assert lines[0] == (
        '\x1b[1ma.md:3:1\x1b[0m: \x1b[1;31merror[BC301]\x1b[0m human-error-cause: "Human error" ends the analysis.'
    )
    assert lines[3] == "  \x1b[2m|\x1b[0m \x1b[1;31m^^^^^^^^^^^\x1b[0m"


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "carets"),
    [
        ("Human error.", 0, 11, "Human error.", "^^^^^^^^^^^"),
        # Tabs go to the next stop of four columns, before the span and in it.
        ("\tJosh", 1, 5, "    Josh", "    ^^^^"),
        ("ab\tJosh", 3, 7, "ab  Josh", "    ^^^^"),
        ("a\tb", 0, 3, "a   b", "^^^^^"),
        # Wide characters take two columns, marks none.
        ("障害は田中", 3, 5, "障害は田中", "      ^^^^"),
        ("Rene\u0301 left", 0, 5, "Rene\u0301 left", "^^^^"),
        ("Rene\u0301 left", 6, 10, "Rene\u0301 left", "     ^^^^"),
        ("🔥 Josh", 2, 6, "🔥 Josh", "   ^^^^"),
        # A family, a skin tone, a flag and an emoji of text style each take two columns in all.
        ("👩\u200d👧 Josh", 4, 8, "👩\u200d👧 Josh", "   ^^^^"),
        ("👍🏽 Josh", 3, 7, "👍🏽 Josh", "   ^^^^"),
        ("🇩🇪 Josh", 3, 7, "🇩🇪 Josh", "   ^^^^"),
        ("⚠\ufe0f Josh", 3, 7, "⚠\ufe0f Josh", "   ^^^^"),
        # A span that ends inside of a character covers the character.
        ("e\u0301x", 1, 2, "e\u0301x", "^"),
        # Controls are seen and do nothing.
        ("\x1b[31mJosh", 5, 9, "␛[31mJosh", "     ^^^^"),
        # One caret at least: in an empty document, or at the end of a line.
        ("", 0, 0, "", "^"),
        ("ab", 2, 2, "ab", "  ^"),
    ],
)
def test_carets(line: str, start: int, end: int, shown: str, carets: str) -> None:
    assert window(line, start, end, 80) == (shown, carets)


LONG = " ".join(f"w{number:02}" for number in range(40))  # 159 columns


@pytest.mark.parametrize(
    ("start", "end", "shown", "carets"),
    [
        (0, 3, "w00 w01 w02 w03 w04 w05 w06…", "^^^"),
        (80, 83, "…w18 w19 w20 w21 w22 w23 w24…", "         ^^^"),
        (156, 159, "…w33 w34 w35 w36 w37 w38 w39", "                         ^^^"),
        # A span longer than the window is cut where the window ends.
        (40, 120, "…w10 w11 w12 w13 w14 w15 w16 …", " " + "^" * 28),
        # So is a word that is longer than a cut may move.
    ],
)
def test_a_long_line_is_cut_around_its_span(start: int, end: int, shown: str, carets: str) -> None:
    assert window(LONG, start, end, 30) == (shown, carets)


def test_a_line_of_megabytes_is_cut_around_the_span() -> None:
    line = "word " * 1_000_000
    assert window(line, 2_500_000, 2_500_004, 30) == ("…word word word word word…", "      ^^^^")


@given(st.text(alphabet="ab \t障é\u0301🔥\u200d👧\ufe0f\x1b\u202e🇩", max_size=60), st.data())
def test_a_window_fits_and_its_carets_stand_under_it(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    columns = data.draw(st.integers(20, 60))
    shown, carets = window(line, start, end, columns)
    taken = sum(cell.width for cell in cells(shown))
    assert taken <= columns
    assert carets.strip() == "^" * carets.count("^") != ""
    assert len(carets) <= columns + 1
    assert "".join(cell.text for cell in cells(line)).expandtabs() == plain(line.replace("\t", "")) or "\t" in line


def test_the_width_of_ascii_is_one() -> None:
    assert {width(chr(code)) for code in range(0x20, 0x7F)} == {1}


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("plain text, Störung 障害 🔥", "plain text, Störung 障害 🔥"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\x7f\x9bb", "a␡\ufffdb"),
        ("user\u202etxt.exe", "user\ufffdtxt.exe"),
        ("\udcff\u2028", "\ufffd\ufffd"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_control_characters_are_made_visible(text: str, harmless: str) -> None:
    assert plain(text) == harmless


@given(st.text())
def test_plain_text_controls_nothing(text: str) -> None:
    assert not {unicodedata.category(character) for character in plain(text)} & {"Cc", "Cs", "Zl", "Zp"}


def test_one_line_joins_words_that_wrap() -> None:
    assert one_line(" human\n  error \r\n\x1b") == "human error ␛"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("::error::gone", ": :error::gone"),
        ("  ::set-output name=x::y", "  : :set-output name=x::y"),
        ("3 | ##[error] x", "3 | ## [error] x"),
        # Nothing else is touched.
        ("a.md:3:1: std::vector ## [x] #[y]", "a.md:3:1: std::vector ## [x] #[y]"),
    ],
)
def test_lines_that_a_runner_would_obey(line: str, kept: str) -> None:
    assert no_commands(line) == kept


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def ticks(*seconds: float) -> Iterator[float]:
    yield from seconds


@pytest.mark.parametrize(
    ("stream", "seconds", "written"),
    [
        # Short runs and pipes show nothing.
        (Terminal(), (0, 0.1, 0.2, 0.3), ""),
        (io.StringIO(), (0, 9, 9, 9), ""),
        (
            Terminal(),
            (0, 0.4, 0.6, 0.6, 0.65, 0.65),
            "\r\x1b[K[========                ] 1 of 3 documents\r\x1b[K",
        ),
    ],
)
def test_progress(stream: io.StringIO, seconds: tuple[float, ...], written: str) -> None:
    clock = ticks(*seconds)
    assert list(track("abc", stream, lambda: next(clock))) == ["a", "b", "c"]
    assert stream.getvalue() == written


@pytest.mark.parametrize(
    ("choice", "environment", "stream", "expected"),
    [
        ("auto", {}, Terminal(), True),
        ("auto", {}, io.StringIO(), False),
        ("auto", {"TERM": "dumb"}, Terminal(), False),
        ("auto", {"NO_COLOR": "1"}, Terminal(), False),
        ("auto", {"NO_COLOR": ""}, Terminal(), True),
        ("auto", {"FORCE_COLOR": "1"}, io.StringIO(), True),
        ("auto", {"FORCE_COLOR": "0"}, io.StringIO(), False),
        ("auto", {"CLICOLOR_FORCE": "1"}, io.StringIO(), True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, Terminal(), False),
        ("always", {"NO_COLOR": "1"}, io.StringIO(), True),
        ("never", {"FORCE_COLOR": "1"}, Terminal(), False),
    ],
)
def test_when_to_use_colours(
    choice: str,
    environment: dict[str, str],
    stream: io.StringIO,
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert colored(choice, stream) is expected


def test_a_span_over_several_lines_is_shown_on_its_first() -> None:
    lines = rendered("text", run(finding("saw\nit", message="Seen.", suggestion=""))).splitlines()
    assert lines[:4] == [
        "a.md:5:20: error[BC301] human-error-cause: Seen.",
        "  |",
        "5 |     Then Josh and @mk saw",
        "  |                       ^^^",
    ]


def test_text_from_documents_does_nothing_to_the_terminal() -> None:
    text = "a \x1b[2J\u202e error\n"
    shown = finding("error", text=text, path="x\x1b]0;y.md", message="bad \x1b[2J\nthing")
    output = rendered("text", run(replace(shown, suggestion="do\x07 this"), documents=("x",)))
    assert output.isprintable() or set(output) - {"\n"} == {c for c in output if c.isprintable()}
    assert output.splitlines()[0] == "x␛]0;y.md:1:9: error[BC301] human-error-cause: bad ␛[2J thing"
