"""Documents that are awkward as real ones are, each with the findings on its actions and timelines at its end.

The comment after the text lists them, one a line: `line:column rule` and the words that are marked.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from blamecheck.engine import lint
from blamecheck.rulebook import Rulebook, load
from blamecheck.source import Source, decode

FOLDER = Path(__file__).parent / "documents"
DOCUMENTS = sorted([*FOLDER.glob("actions/*.md"), *FOLDER.glob("timelines/*.md")])
EXPECTED = re.compile(r"<!-- expected\s+(.*?)-->\s*\Z", re.DOTALL)


@cache
def rulebook() -> Rulebook:
    return load()


def test_there_are_many() -> None:
    assert len(DOCUMENTS) >= 30


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_document_has_the_findings_that_it_lists(path: Path) -> None:
    active = rulebook().defaults & (rulebook().resolve("actions") | rulebook().resolve("timeline"))
    source = decode(path.name, path.read_bytes())
    listed = EXPECTED.search(source.text)
    assert listed, "each document ends with a comment that lists its findings"
    found = lint(source, rulebook(), active)
    shown = [f"{one.line}:{one.column} {one.name} {' '.join(one.excerpt.split())}" for one in found]
    assert shown == listed[1].splitlines()


FORM = """\
# Incident Title

## Summary

[Describe what happened]

## Impact

TBD

## Root cause

## Action items

- Fix it
"""


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("postmortems/template.md", True),
        ("templates/postmortem.md", True),
        ("docs/Post-Mortem-Template.md", True),
        ("vorlagen/vorfall.md", True),
        ("postmortems/2026-03-02-outage.md", False),
        ("postmortems/2026-03-02-template-outage.md", False),
    ],
)
def test_a_form_is_not_told_what_it_lacks(path: str, form: bool) -> None:
    active = rulebook().resolve("structure") | rulebook().resolve("actions")
    rules = {one.name for one in lint(Source(path, FORM), rulebook(), active)}
    assert (rules == set()) is form
    left = {"default-title-or-date", "template-prompt", "todo-marker", "empty-section", "action-no-owner"}
    assert form or left <= rules


def test_a_filled_form_is_a_postmortem_whatever_its_name() -> None:
    text = FORM.replace("TBD", "From 10:02 to 10:40 on 2 March 2026 nobody could pay.")
    assert "empty-section" in {
        one.name for one in lint(Source("template.md", text), rulebook(), rulebook().resolve("structure"))
    }
