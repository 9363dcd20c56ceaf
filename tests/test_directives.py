"""Ignores in documents: what each form hides in each place of Markdown, before and after real formatters."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamecheck import hiding
from blamecheck.directives import Directive, read
from blamecheck.document import Document, parse
from blamecheck.engine import lint, section_names
from blamecheck.finding import Finding
from blamecheck.rulebook import Rulebook, load
from blamecheck.settings import Settings
from blamecheck.source import Source

OWN_RULE = """\
id: ZOO201
name: animal
category: language
severity: error
default: true
kind: phrase
why: 'For these tests.'
source: 'These tests.'
message: '"{match}".'
suggestion: 'Say beast.'
zones: [narrative, metadata, roster, actions, thanks, reference, quote]
patterns: ['zebra|okapi']
examples: {flag: ['[[zebra]]'], pass: ['zebras', 'okapis']}
"""

# Each "zebra" is to be hidden, each "okapi" is to be reported, whatever a formatter has done to the text.
PLACES = {
    "on its line": "A zebra. <!-- blamecheck-ignore ZOO201 -- reason -->\n\nAn okapi.",
    "on its line, first": "<!-- blamecheck-ignore ZOO201 -- reason --> A zebra.\n\nAn okapi.",
    "on its line, amid": "A <!-- blamecheck-ignore ZOO201 --> zebra\n\nAn okapi.",
    "by name": "A zebra. <!-- blamecheck-ignore animal -- reason -->\n\nAn okapi.",
    "by category": "A zebra. <!-- blamecheck-ignore language -- reason -->\n\nAn okapi.",
    "by the beginning of an id": "A zebra. <!-- blamecheck-ignore ZOO2 -- reason -->\n\nAn okapi.",
    "all rules": "A zebra. <!-- blamecheck-ignore all -- reason -->\n\nAn okapi.",
    "several": "A zebra. <!-- blamecheck-ignore BC301, ZOO201 -- reason -->\n\nAn okapi.",
    "another rule": "An okapi. <!-- blamecheck-ignore BC301 -- reason -->",
    "over several lines": "<!-- blamecheck-ignore ZOO201 --\n  a long reason -->\n\nA zebra.\n\nAn okapi.",
    "no reason": "A zebra. <!-- blamecheck-ignore ZOO201 -->\n\nAn okapi.",
    "other dashes": "A zebra. <!-- blamecheck-ignore ZOO201 — reason -->\n\nAn okapi.",
    "before a paragraph": "<!-- blamecheck-ignore ZOO201 -- reason -->\nA zebra.\n\nAn okapi.",
    "before a blank line": "<!-- blamecheck-ignore ZOO201 -- reason -->\n\n\nA zebra.\n\nAn okapi.",
    "two before a line": (
        "<!-- blamecheck-ignore BC301 -- one -->\n<!-- blamecheck-ignore ZOO201 -- two -->\nA zebra.\n\nAn okapi."
    ),
    "between lines": "Text.\n<!-- blamecheck-ignore ZOO201 -- reason -->\nA zebra.\n\nAn okapi.",
    "only the next": "An okapi.\n<!-- blamecheck-ignore ZOO201 -- reason -->\nA zebra.\n\nAn okapi.",
    "a heading": "# The zebra <!-- blamecheck-ignore ZOO201 -- reason -->\n\nAn okapi.",
    "before a heading": "<!-- blamecheck-ignore ZOO201 -- reason -->\n## The zebra\n\nAn okapi.",
    "an underlined heading": "The zebra <!-- blamecheck-ignore ZOO201 -- reason -->\n===\n\nAn okapi.",
    "a list item": "- A zebra <!-- blamecheck-ignore ZOO201 -- reason -->\n- An okapi",
    "a list item, first": "* <!-- blamecheck-ignore ZOO201 -- reason --> A zebra\n* An okapi",
    "before an item's text": "* <!-- blamecheck-ignore ZOO201 -- reason -->\n  A zebra\n* An okapi",
    "before an item": "* An okapi\n<!-- blamecheck-ignore ZOO201 -- reason -->\n* A zebra\n* An okapi",
    "within an item": "1) Text\n\n   <!-- blamecheck-ignore ZOO201 -- reason -->\n   A zebra\n1) An okapi",
    "a nested item": "* Text\n    * A zebra <!-- blamecheck-ignore ZOO201 -- reason -->\n    * An okapi\n",
    "a task": "* [ ] A zebra <!-- blamecheck-ignore ZOO201 -- reason -->\n* [x] An okapi",
    "a table's cell": (
        "|Who|What|\n|-|-|\n|A zebra|<!-- blamecheck-ignore ZOO201 -- reason --> came|\n|An okapi|went|"
    ),
    "a table's head": "|A zebra <!-- blamecheck-ignore ZOO201 -->|What|\n|-|-|\n|An okapi|went|",
    "before a table": "<!-- blamecheck-ignore ZOO201 -- reason -->\n\n|A zebra|What|\n|-|-|\n|An okapi|went|",
    "a row of its own": (
        "|Who|What|\n|-|-|\n|<!-- blamecheck-ignore ZOO201 -- reason -->||\n|A zebra|came|\n|An okapi|went|"
    ),
    "a quotation": "> A zebra <!-- blamecheck-ignore ZOO201 -- reason -->\n>\n> An okapi",
    "before a quotation's text": "> <!-- blamecheck-ignore ZOO201 -- reason -->\n> A zebra\n>\n> An okapi",
    "bold": "**A zebra** <!-- blamecheck-ignore ZOO201 -- reason -->\n\n**An okapi**",
    "HTML": "<p>A zebra <!-- blamecheck-ignore ZOO201 -- reason --></p>\n\n<p>An okapi</p>",
    "a block": (
        "An okapi.\n\n<!-- blamecheck-disable ZOO201 -- reason -->\nA zebra.\n\n* A zebra\n\n"
        "<!-- blamecheck-enable ZOO201 -->\nAn okapi."
    ),
    "a block around a table": (
        "<!-- blamecheck-disable animal -->\n\n|A zebra|What|\n|-|-|\n|A zebra|went|\n\n"
        "<!-- blamecheck-enable animal -->\n\nAn okapi."
    ),
    "a block in a list": (
        "* <!-- blamecheck-disable language -- reason --> A zebra\n"
        "* A zebra <!-- blamecheck-enable language -->\n* An okapi"
    ),
    "a block without end": "An okapi.\n\n<!-- blamecheck-disable ZOO201 -- reason -->\n\nA zebra.\n\n# A zebra",
    "a block ended for all": (
        "<!-- blamecheck-disable ZOO201 -->\n\nA zebra.\n\n<!-- blamecheck-enable -->\n\nAn okapi."
    ),
    "a block ended for another": (
        "<!-- blamecheck-disable ZOO201, BC301 -->\n\nA zebra.\n\n<!-- blamecheck-enable BC301 -->\n\nA zebra."
    ),
    "a block within a line": "An okapi <!-- blamecheck-disable all -->zebra<!-- blamecheck-enable all --> okapi.",
    "the file": "A zebra.\n\n* A zebra <!-- blamecheck-ignore-file ZOO201 -- reason -->\n\n# A zebra",
    "front matter": "---\ntitle: X\nblamecheck:   {ignore: [ZOO201]}\n---\n\nA zebra.",
    "front matter with a reason": "---\nblamecheck:\n    ignore:\n    -   animal -- a reason\n---\n\nA zebra.",
    "front matter, one text": "---\nblamecheck:\n  ignore: ZOO201, BC301\n---\n\nA zebra.",
    "code": "`<!-- blamecheck-ignore ZOO201 -->` An okapi.\n\n    <!-- blamecheck-disable ZOO201 -->\n\nAn okapi.",
}
# Where a "zebra" can stand. SAME is where a comment on its line goes, a line with BEFORE is one for a comment above.
BLOCKS = {
    "paragraph": "BEFORE\nA zebra came. SAME",
    "heading": "BEFORE\n\n## The zebra SAME",
    "underlined heading": "BEFORE\n\nThe zebra SAME\n----------",
    "bullet": "BEFORE\n\n- A zebra SAME\n- Text",
    "loose bullet": "- Text\n\n- BEFORE\n  A zebra SAME\n\n- Text",
    "nested bullet": "- Text\n  - BEFORE\n    A zebra SAME\n  - Text",
    "number": "BEFORE\n\n1. A zebra SAME\n2. Text",
    "task": "BEFORE\n\n- [ ] A zebra SAME\n- [x] Text",
    "head of a table": "BEFORE\n\n| A zebra SAME | Text |\n| --- | --- |\n| Text | Text |",
    "row of a table": "| Text | Text |\n| --- | --- |\n| BEFORE | |\n| Text | A zebra SAME |\n| Text | Text |",
    "quotation": "> BEFORE\n> A zebra SAME",
    "list in a quotation": "> - BEFORE\n>   A zebra SAME\n> - Text",
    "bold label": "BEFORE\n**A zebra:** SAME text",
    "link": "BEFORE\n[A zebra](https://example.org/a) SAME",
    "HTML": "<div>\n\nBEFORE\nA zebra SAME\n\n</div>",
    "block of HTML": "<div>\nBEFORE\nA zebra SAME\n</div>",
    "summary": "<details>\nBEFORE\n<summary>A zebra SAME</summary>\n\nText\n\n</details>",
}
WHICH = ("ZOO201", "animal", "language", "all")


def within(block: str, form: str, which: str) -> str:
    """A document with a form of ignore in or around a block, and an "okapi" outside of its reach, if there is one."""
    same = f"<!-- blamecheck-ignore {which} -- reason -->" if form == "on its line" else ""
    lines = block.replace(" SAME", f" {same}" if same else "").split("\n")
    if form == "before":
        lines = [line.replace("BEFORE", f"<!-- blamecheck-ignore {which} -- reason -->") for line in lines]
    elif lines[0] == "BEFORE":
        lines = lines[2 if lines[1] == "" else 1 :]
    text = re.sub(r"^([> ]*-) BEFORE\n[> ]*?(?=A zebra)", r"\1 ", "\n".join(lines), flags=re.MULTILINE)
    text = re.sub(r"^.*BEFORE.*\n", "", text, flags=re.MULTILINE)
    if form == "block":
        text = f"<!-- blamecheck-disable {which} -- reason -->\n\n{text}\n\n<!-- blamecheck-enable {which} -->"
    if form == "file":
        return f"# Text\n\n{text}\n\nText.\n\n<!-- blamecheck-ignore-file {which} -- reason -->"
    if form == "front matter":
        return f"---\nblamecheck:\n  ignore: [{which} -- reason]\n---\n\n# Text\n\n{text}"
    return f"# Text\n\nAn okapi.\n\n{text}\n\nAn okapi."


FORMS = ("on its line", "before", "block", "file", "front matter")
MATRIX = {
    f"{form}: {name}, {which}": within(block, form, which)
    for number, (name, block) in enumerate(BLOCKS.items())
    for form in FORMS
    for which in (WHICH[number % len(WHICH)],)
}


# What formatters for Markdown break, since it is none.
UNFORMATTED = {
    "a comment that ends a paragraph": "A zebra.\n    <!-- blamecheck-ignore ZOO201 -- reason -->\n\nAn okapi.",
    "MDX": "A zebra. {/* blamecheck-ignore ZOO201 -- reason */}\n\nAn okapi.",
    "MDX before a line": "{/* blamecheck-ignore ZOO201 -- reason */}\nA zebra.\n\nAn okapi.",
    "front matter in TOML": "+++\n[blamecheck]\nignore = ['ZOO201']\n+++\n\nA zebra.",
}
# A formatter that wraps lines puts the comment on the next line, and sentences on several.
WRAPPED = {
    "behind": f"A zebra {'came ' * 12}. <!-- blamecheck-ignore ZOO201 -- reason -->\n\nText.\n\nAn okapi.",
    "before": f"<!-- blamecheck-ignore ZOO201 -- reason -->\n{'It came ' * 12}and was a zebra.\n\nAn okapi.",
    "an item": f"- A zebra {'came ' * 12} <!-- blamecheck-ignore ZOO201 -- reason -->\n- An okapi",
}


@pytest.fixture(scope="session")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "language").mkdir()
    (folder / "language/animal.yml").write_text(OWN_RULE, "utf-8")
    return load(folder)


def findings(zoo: Rulebook, text: str, *more: str, settings: Settings | None = None) -> list[Finding]:
    return lint(Source("a.md", text), zoo, frozenset({"ZOO201", *more}), settings)


def check(zoo: Rulebook, text: str) -> None:
    """Every zebra is hidden, every okapi reported, and all are found."""
    found = findings(zoo, text)
    assert [one.excerpt for one in found if one.suppressed] == ["zebra"] * text.count("zebra"), text
    assert [one.excerpt for one in found if not one.suppressed] == ["okapi"] * text.count("okapi"), text


def test_the_matrix_is_whole() -> None:
    assert len(MATRIX) == len(BLOCKS) * len(FORMS) >= 80
    for name, text in MATRIX.items():
        assert "SAME" not in text and "BEFORE" not in text, name
        assert (text.count("zebra"), text.count("blamecheck")) == (1, 2 if "block:" in name else 1), name


@pytest.mark.parametrize("text", MATRIX.values(), ids=MATRIX)
def test_every_form_in_every_place(zoo: Rulebook, text: str) -> None:
    check(zoo, text)


@pytest.mark.parametrize(
    "text", [*PLACES.values(), *UNFORMATTED.values(), *WRAPPED.values()], ids=lambda text: text[:40]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_places(zoo: Rulebook, text: str, newline: str) -> None:
    check(zoo, text.replace("\n", newline))


def formatted(tmp_path: Path, texts: dict[str, str], *command: str) -> dict[str, str]:
    """The texts as a program leaves them that formats files in place."""
    paths = {name: tmp_path / f"{number}.md" for number, name in enumerate(texts)}
    for name, path in paths.items():
        path.write_text(f"{texts[name]}\n", "utf-8")
    done = subprocess.run([*command, *map(str, paths.values())], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: path.read_text("utf-8") for name, path in paths.items()}


def prettier() -> str:
    found = shutil.which("prettier")
    if not found:
        pytest.skip("prettier is not installed: npm install --global prettier")
    return found


ALL = PLACES | MATRIX


def hidden_still(zoo: Rulebook, texts: dict[str, str]) -> None:
    """Check all the texts, and tell of all that fail."""
    failed = {}
    for name, text in texts.items():
        try:
            check(zoo, text)
        except AssertionError:
            failed[name] = text
    assert failed == {}


@pytest.mark.slow
def test_after_mdformat(zoo: Rulebook, tmp_path: Path) -> None:
    after = formatted(tmp_path, ALL, sys.executable, "-m", "mdformat")
    assert sum(after[name] != f"{text}\n" for name, text in PLACES.items()) > len(PLACES) / 3
    hidden_still(zoo, after)


@pytest.mark.slow
def test_after_prettier(zoo: Rulebook, tmp_path: Path) -> None:
    after = formatted(tmp_path, ALL, prettier(), "--write", "--no-config")
    assert sum(after[name] != f"{text}\n" for name, text in PLACES.items()) > len(PLACES) / 3
    hidden_still(zoo, after)


@pytest.mark.slow
def test_after_both(zoo: Rulebook, tmp_path: Path) -> None:
    once = formatted(tmp_path, ALL, prettier(), "--write", "--no-config")
    hidden_still(zoo, formatted(tmp_path, once, sys.executable, "-m", "mdformat"))


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["mdformat", "prettier"])
def test_after_wrapping(zoo: Rulebook, tmp_path: Path, tool: str) -> None:
    command = [sys.executable, "-m", "mdformat", "--wrap", "40"]
    if tool == "prettier":
        command = [prettier(), "--write", "--no-config", "--prose-wrap", "always", "--print-width", "40"]
    for text in formatted(tmp_path, WRAPPED, *command).values():
        check(zoo, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A zebra. <!-- blamecheck-ignore animal -->", "ignored by a comment on line 1"),
        (
            "\nA zebra. <!-- blamecheck-ignore animal -- it  is\nstriped -->",
            "ignored by a comment on line 2: it is striped",
        ),
        ("---\nblamecheck: {ignore: [animal]}\n---\nA zebra.", "ignored by the front matter"),
        ("---\nblamecheck: {ignore: [animal -- stripes]}\n---\nA zebra.", "ignored by the front matter: stripes"),
    ],
)
def test_findings_say_what_hides_them(zoo: Rulebook, text: str, expected: str) -> None:
    assert [one.suppressed for one in findings(zoo, text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Unknown: one fault for each comment, at its first unknown word; the known words work.
        ("A zebra. <!-- blamecheck-ignore animals -->", [(1, 33, "BC901", "animals", 'Write "animal".')]),
        ("A zebra. <!-- blamecheck-ignore animal stripes are fine -->", [(1, 40, "BC901", "stripes", None)]),
        ("<!-- blamecheck-ignroe animal -->", [(1, 6, "BC901", "blamecheck-ignroe", 'Write "blamecheck-ignore".')]),
        ("<!-- blamecheck ignore animal -->", [(1, 6, "BC901", "blamecheck ignore", 'Write "blamecheck-ignore".')]),
        ("<!-- blamecheck-ignore -->", [(1, 6, "BC901", "blamecheck-ignore", None)]),
        ("---\nblamecheck: {ignores: [animal]}\n---\n", [(2, 1, "BC901", "blamecheck", None)]),
        ("---\nblamecheck: {ignore: [animal, 1]}\n---\n", [(2, 1, "BC901", "blamecheck", None)]),
        # Unused: each word for itself.
        ("A zebra. <!-- blamecheck-ignore animal, BC902 -->", []),
        ("A cat. <!-- blamecheck-ignore ZOO201 -->", [(1, 31, "BC902", "ZOO201", "Remove it.")]),
        ("<!-- blamecheck-ignore animal -->", [(1, 24, "BC902", "animal", None)]),
        ("<!-- blamecheck-disable animal -->\nA cat.", [(1, 25, "BC902", "animal", None)]),
        ("<!-- blamecheck-enable animal -->\nA cat.", [(1, 6, "BC902", "blamecheck-enable animal", None)]),
        # A rule that did not run may have had something to hide; a category is judged when its rules ran.
        ("A cat. <!-- blamecheck-ignore BC301, cause -->", []),
        # Comments on comments.
        ("A cat. <!-- blamecheck-ignore ZOO201 --> <!-- blamecheck-ignore BC902 -- for now -->", []),
        ("<!-- blamecheck-ignore-file tool -->\n\n<!-- blamecheck-ignore zebras -->", []),
    ],
)
def test_faults(zoo: Rulebook, text: str, expected: list[tuple[int, int, str, str, str | None]]) -> None:
    found = [one for one in findings(zoo, text, "BC901", "BC902") if one.category == "tool" and not one.suppressed]
    assert [(one.line, one.column, one.rule, one.excerpt) for one in found] == [one[:4] for one in expected]
    for one, wanted in zip(found, expected, strict=True):
        assert wanted[4] in (None, one.suggestion)


def test_reasons_are_asked_for_by_setting(zoo: Rulebook) -> None:
    text = "A zebra. <!-- blamecheck-ignore animal -->\n\nA zebra. <!-- blamecheck-ignore animal -- striped -->"
    assert [one.rule for one in findings(zoo, text, "BC903") if not one.suppressed] == ["BC903"]
    assert "BC903" not in zoo.defaults


def test_without_ignores(zoo: Rulebook) -> None:
    for text in PLACES.values():
        assert [one.suppressed for one in findings(zoo, text, settings=Settings(ignores=False)) if one.suppressed] == []


def test_many_ignores_do_not_take_long(zoo: Rulebook) -> None:
    text = (
        "A zebra. <!-- blamecheck-ignore animal -->\n<!-- blamecheck-disable animal -->\n<!-- blamecheck-enable -->\n"
    )
    assert len(findings(zoo, text * 1500)) == 1500


def _plainly(document: Document, found: list[Finding], directives: Sequence[Directive]) -> list[Finding]:
    """The definition of hiding: each word of an ignore goes through all findings, and the first reason counts."""
    ends = hiding._regions(directives)[0]
    reasons: dict[int, str] = {}
    for one in directives:
        for selector in one.selectors if one.verb != "enable" else ():
            numbers = [n for n, other in enumerate(found) if other.rule in selector.ids]
            if one.verb == "disable":
                limits = {n: ends.get((selector, found[n].rule), len(document.text)) for n in numbers}
                numbers = [n for n in numbers if one.comment.end <= found[n].start < limits[n]]
            elif one.verb == "ignore":
                reach = hiding._reach(hiding._Lines(document), one.comment)
                inside = ([n for n in numbers if any(a <= found[n].start < b for a, b in spans)] for spans in reach)
                numbers = next(filter(None, inside), [])
            reasons = {**dict.fromkeys(numbers, hiding._reason(one)), **reasons}
    return [one.hide(reasons[n]) if n in reasons else one for n, one in enumerate(found)]


PARTS = (
    *("A zebra.", " An okapi.", "Some words here.", " ", "\n\n", "\n- ", " <!-- blamecheck-ignore ZOO201 -- one -->"),
    *("\n\n<!-- blamecheck-ignore all -- two -->\n\n", "\n\n<!-- blamecheck-disable all -- three -->\n\n"),
    *("\n\n<!-- blamecheck-disable ZOO201 -->\n\n", "\n\n<!-- blamecheck-enable -->\n\n"),
)


@given(st.lists(st.sampled_from(PARTS), max_size=16).map("".join))
def test_hiding_is_what_its_definition_says(zoo: Rulebook, text: str) -> None:
    document = parse(Source("a.md", text), section_names())
    directives, _ = read(document, zoo)
    found = lint(document.source, zoo, frozenset({"ZOO201"}), Settings(ignores=False))
    found = [replace(one, suppressed="") for one in found if one.rule == "ZOO201"]
    assert hiding.hide(document, found, directives).findings == _plainly(document, found, directives)
