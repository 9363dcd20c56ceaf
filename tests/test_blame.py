"""What is blame and what only looks like it: whole documents, the brief's pairs, one place one finding."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from blamecheck.cli import main
from blamecheck.engine import lint
from blamecheck.finding import Finding
from blamecheck.rulebook import Rulebook, load
from blamecheck.source import Source

DOCUMENTS = Path(__file__).parent / "documents"
BLAME = frozenset({"people", "language", "cause"})
MARK = "<!-- blame -->"


@cache
def rulebook() -> Rulebook:
    return load()


def findings(text: str, *names: str) -> list[Finding]:
    """The findings about people, language and causes of the named rules, or of those that are on by default."""
    active = frozenset().union(*map(rulebook().resolve, names)) if names else rulebook().defaults
    return [one for one in lint(Source("a.md", text), rulebook(), active) if one.category in BLAME]


def test_a_document_full_of_look_alikes_is_clean() -> None:
    text = (DOCUMENTS / "blameless.md").read_text("utf-8")
    assert len(text.split()) > 1500
    assert [(one.line, one.name, one.excerpt) for one in findings(text)] == []


def test_each_planted_sentence_of_its_twin_is_found_and_nothing_else() -> None:
    text = (DOCUMENTS / "blaming.md").read_text("utf-8")
    lines = text.splitlines()
    planted = {number for number, line in enumerate(lines, 1) if line.endswith(MARK)}
    found = {one.line for one in findings(text)}
    wrapped = next(number for number, line in enumerate(lines, 1) if line.endswith("did not"))
    assert len(planted) > 40
    assert {lines[number - 1] for number in planted - found} - {lines[wrapped]} == set()
    assert {lines[number - 1] for number in found - planted} <= {lines[wrapped - 1]}
    assert found & {wrapped, wrapped + 1}


BRIEF = [
    pytest.param(
        "The outage was caused when Josh dropped tables in production, unbelievable.",
        "10 tables were dropped in production by a user with over-elevated privileges.",
        id="a person",
    ),
    pytest.param(
        "The X team didn't let us know they changed their API, preventing us from using them successfully.",
        "The API is not versioned. We do not have a good way to deprecate old functionality or change existing "
        "functionality.",
        id="a team",
    ),
    pytest.param(
        "Ken broke CI for the enterprise by inappropriately scoping an automated test.",
        "Bamboo couldn't gracefully shut down when too much load was added, causing the freeze.",
        id="a person and a judgement",
    ),
]


@pytest.mark.parametrize(("traditional", "blameless"), BRIEF)
def test_the_pairs_of_the_brief(
    traditional: str, blameless: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, status in ((traditional, 1), (blameless, 0)):
        document = tmp_path / "2026-03-02-outage.md"
        document.write_text(f"# Outage\n\n## What happened\n\n{text}\n", "utf-8")
        select = "people,language,cause"
        assert main(["check", str(document), "--no-git", "--select", select, "--format", "json"]) == status
        lines = {one["line"] for one in json.loads(capsys.readouterr().out)["findings"]}
        assert lines == ({5} if status else set())


MERGED = [
    ("The team should have known.", "person-counterfactual", ("BC218",)),
    ("The outage was caused by a sloppy mistake of the DBA.", "human-error-cause", ()),
    ("A junior developer carelessly dropped the table.", "belittling-role", ("BC201", "BC209", "BC210")),
    ("This was the platform team's fault.", "blame-verb", ("BC206",)),
]


@pytest.mark.parametrize(("text", "winner", "merged"), MERGED)
def test_one_place_has_one_finding(text: str, winner: str, merged: tuple[str, ...]) -> None:
    found = [one for one in findings(text, "language", "cause") if one.name == winner]
    assert [(one.name, one.merged) for one in found] == [(winner, merged)]


def test_a_name_and_what_it_is_blamed_for_are_two_findings() -> None:
    found = findings("Priya forgot to extend the lease.")
    assert [one.category for one in found] == ["people", "language"]
    assert [one.excerpt for one in found] == ["Priya", "forgot"]
