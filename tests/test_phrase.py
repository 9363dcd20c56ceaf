"""Rules of kind phrase: where in a document they look, and what excuses a match."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from blamecheck.checks import Context, phrase
from blamecheck.document import parse
from blamecheck.markdown import Span
from blamecheck.matching import Pattern
from blamecheck.people.recogniser import mentions
from blamecheck.rulebook import Rule, Rulebook, load, rules_root
from blamecheck.schema import DataError
from blamecheck.sections import load as load_sections
from blamecheck.source import Source


@cache
def rulebook() -> Rulebook:
    return load()


def rule(patterns: str | list[str] = "fat finger", name: str = "test", **options: Any) -> Rule:
    """A rule of this kind; options are written with underscores."""
    shipped = next(one for one in rulebook().rules if one.kind == "phrase")
    keys = {key.replace("_", "-"): value for key, value in options.items()}
    listed = [patterns] if isinstance(patterns, str) else patterns
    return replace(shipped, id=name, name=name, options={"patterns": listed, **keys}, path=rules_root() / "a.yml")


def context(text: str) -> Context:
    names = load_sections()
    document = parse(Source("a.md", text), names)
    return Context(document, names, rulebook(), tuple(mentions(document)))


def hits(text: str, *rules: Rule) -> list[tuple[int, str]]:
    """The line and the words of each hit."""
    seen = context(text)
    source = seen.document.source
    return [(source.position(hit.start).line, text[hit.start : hit.end]) for _, hit in phrase.check(rules, seen)]


def excerpts(text: str, *rules: Rule) -> list[str]:
    return [words for _, words in hits(text, *rules)]


@pytest.mark.parametrize(
    ("text", "found", "quoted"),
    [
        ("It was a fat\nfinger.", (2, "finger"), "fat finger"),
        ("It was a\nfat  finger.", (2, "fat  finger"), "fat finger"),
        ("> x\n\nIt was a **fat** finger.", (3, "fat** finger"), "fat** finger"),
        ("- It was a fat\r\n  finger.", (2, "finger"), "fat finger"),
    ],
)
def test_a_match_over_a_wrap_stands_on_its_longest_line(text: str, found: tuple[int, str], quoted: str) -> None:
    seen = context(text)
    [(_, hit)] = phrase.check([rule()], seen)
    assert (seen.document.source.position(hit.start).line, text[hit.start : hit.end]) == found
    assert hit.values["match"] == quoted


def test_a_match_does_not_go_over_sentences_paragraphs_and_cells() -> None:
    assert hits("It was fat. Finger it.\n\nfat\n\nfinger\n\n| fat | finger |\n|---|---|\n", rule()) == []


PLACES = """# Outage

by fat finger

## What happened

A fat finger. `fat finger` "fat finger" <!-- fat finger --> [x](fat-finger "fat finger")

> fat finger

    fat finger

## Attendees

fat finger

## Action items

- fat finger

## Thanks

fat finger

## References

fat finger
"""


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ({}, [3, 7, 19]),
        ({"zones": ["narrative"]}, [3, 7]),
        ({"zones": ["actions"]}, [19]),
        ({"zones": ["roster", "thanks", "reference"]}, [15, 23, 27]),
        ({"zones": ["quote"]}, [9]),
        ({"quoted": True, "zones": ["narrative"]}, [3, 7, 7]),
        ({"sections": ["what_happened"]}, [7]),
        ({"sections": ["what_happened", "action_items"]}, [7, 19]),
        ({"not_sections": ["action_items"]}, [3, 7]),
    ],
)
def test_where_a_rule_looks(options: dict[str, Any], lines: list[int]) -> None:
    assert [line for line, _ in hits(PLACES, rule(**options))] == lines


def test_headings_may_be_left_out() -> None:
    text = "# A fat finger\n\n## The fat finger\n\nfat finger\n"
    assert [line for line, _ in hits(text, rule())] == [1, 3, 5]
    assert [line for line, _ in hits(text, rule(headings=False))] == [5]


@pytest.mark.parametrize(
    ("options", "text", "found"),
    [
        ({"unless": ["no fat finger"]}, "There was no fat finger, but a fat finger.", ["fat finger"]),
        ({"unless": ["game"]}, "The fat finger is no game.", ["fat finger"]),
        ({"unless_sentence": ["game"]}, "The fat finger is no game. A fat finger.", ["fat finger"]),
        ({"unless_sentence": ["game"]}, "A fat finger.\n\nIt is a game.", ["fat finger"]),
        ({"unless_block": ["game"]}, "The fat finger. No game.\n\nA fat finger.", ["fat finger"]),
        ({"unless_block": ["game"]}, "- The fat finger.\n- No game.", ["fat finger"]),
        ({"unless_block": ["game"]}, "| fat finger | game |\n|---|---|\n", ["fat finger"]),
        ({"unless_block": ["game"]}, "A fat finger.\nNo\ngame.", []),
    ],
)
def test_what_excuses_a_match(options: dict[str, Any], text: str, found: list[str]) -> None:
    assert excerpts(text, rule(**options)) == found


def test_a_group_named_span_is_what_is_reported() -> None:
    assert excerpts("by a fat finger", rule("by an? (?P<span>fat finger)")) == ["fat finger"]


def test_once_is_the_first_match_of_the_document() -> None:
    text = "fat finger, fat finger\n\n## One\n\nfat finger\n\nfat finger\n\n### Two\n\nfat finger\n\n## Three\n\nNo.\n"
    assert [line for line, _ in hits(text, rule(once=True))] == [1]


def test_the_first_sentences_are_counted_from_the_title() -> None:
    text = "## One\n\nA fat finger. Then. A fat finger.\n\n## Two\n\n- No.\n- So.\n- A fat finger.\n"
    assert [line for line, _ in hits(text, rule(first_sentences=1))] == [3]
    assert [line for line, _ in hits(text, rule(first_sentences=3))] == [3, 3, 9]


@pytest.mark.parametrize(
    ("text", "languages", "found"),
    [
        ("## Zusammenfassung\n\nEin fat finger.\n", ["de"], 1),
        ("## Summary\n\nEin fat finger.\n", ["de"], 0),
        ("Ein fat finger.\n", ["en"], 1),
        ("## 概要\n\nfat finger\n", ["ja", "zh"], 1),
    ],
)
def test_languages_are_those_of_the_titles(text: str, languages: list[str], found: int) -> None:
    assert len(hits(text, rule(languages=languages))) == found


def test_case_may_differ_or_not() -> None:
    assert excerpts("ops OPS Ops", rule("OPS")) == ["ops", "OPS", "Ops"]
    assert excerpts("ops OPS Ops", rule("OPS", case_sensitive=True)) == ["OPS"]


def test_hits_of_one_rule_do_not_overlap_and_those_of_two_may() -> None:
    one = rule(["very fat finger", "fat finger", "finger"], "one")
    assert excerpts("a very fat finger", one) == ["very fat finger"]
    assert excerpts("a very fat finger", one, rule("finger", "two")) == ["very fat finger", "finger"]


def test_a_recognised_person_is_a_word_of_a_pattern() -> None:
    text = "Thanks to a rollback, Josh Miller broke nothing. Jenkins broke.\n"
    assert excerpts(text, rule("{person} broke")) == ["Josh Miller broke"]


def test_only_sentences_with_its_words_wake_a_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    kept = Pattern.spans

    def spy(self: Pattern, text: str, within: Span) -> Any:
        seen.append(text[within.start : within.end].strip())
        return kept(self, text, within)

    monkeypatch.setattr(Pattern, "spans", spy)
    text = "One fat cat. No finger here. A fat finger. All the rest is long.\n"
    assert excerpts(text, rule()) == ["fat finger"]
    assert seen == ["A fat finger."]


def test_a_bad_pattern_of_ones_own_names_its_file(tmp_path: Path) -> None:
    own = replace(rule("a {rule}"), path=tmp_path / "language" / "mine.yml")
    with pytest.raises(DataError, match=r'mine\.yml:1: key "patterns": unknown word class \{rule\}'):
        hits("A fat finger.", own)
    own = replace(rule(unless=["a{2"]), path=tmp_path / "language" / "mine.yml")
    with pytest.raises(DataError, match=r'mine\.yml:1: key "unless"'):
        hits("A fat finger.", own)
