"""What keeps long and odd documents from taking long: each shortcut does what its plain definition does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamecheck.document import parse
from blamecheck.engine import lint, section_names
from blamecheck.mask import comments
from blamecheck.rulebook import load
from blamecheck.sentences import LONGEST
from blamecheck.source import Source
from blamecheck.untaken import Untaken
from blamecheck.zones import Paint, layered

RANGES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=20)
SENTENCE = "the cause was human error of the on-call engineer, who forgot the flag and "


@given(RANGES)
def test_a_number_is_taken_once(ranges: list[tuple[int, int]]) -> None:
    untaken, left = Untaken(20), set(range(20))
    for first, last in ranges:
        taken = list(untaken.take(first, last))
        assert taken == sorted(left & set(range(first, last)))
        left -= set(taken)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8), st.sampled_from(["quote", "code", "thanks"]))))
def test_the_last_paint_is_seen(strokes: list[tuple[int, int, Any]]) -> None:
    paints = [Paint(start, start + length, zone) for start, length, zone in strokes]
    painted = layered(paints)
    for offset in range(40):
        over = [one.zone for one in paints if one.start <= offset < one.end]
        assert painted.at(offset) == (over[-1] if over else "narrative")


@given(st.lists(st.sampled_from(["<!--", "-->", "{/*", "*/}", "a", "/", "-", "\n"])).map("".join))
def test_comments_are_what_the_expression_finds(text: str) -> None:
    expression = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?\*/\}", re.DOTALL)
    assert list(comments(text)) == [match.span() for match in expression.finditer(text)]


@given(st.lists(st.sampled_from(["word ", "word, ", "end. ", "\n", "x" * 700, "    ", "。", "- item "]), max_size=60))
def test_no_sentence_is_too_long_and_no_word_is_lost(parts: list[str]) -> None:
    document = parse(Source("a.md", "Start " + "".join(parts)), section_names())
    assert all(0 < end - start <= LONGEST for start, end in document.sentences)
    assert all(one.end <= other.start for one, other in zip(document.sentences, document.sentences[1:], strict=False))
    said = "".join(document.prose[start:end] for start, end in document.sentences)
    assert said.split() == document.prose.split() or "".join(said.split()) == "".join(document.prose.split())


def test_a_long_sentence_is_cut_after_a_clause() -> None:
    document = parse(Source("a.md", SENTENCE * 40), section_names())
    assert len(document.sentences) == 4
    assert all(document.prose[:end].endswith(",") for _, end in document.sentences[:-1])


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 400,
        f"{SENTENCE}\n" * 400,
        f"{SENTENCE}. " * 400,
        "abcdefghijklmnopqrstuvwxyzAB0" * 2000,
        ">" * 20_000,
        "{/*" * 20_000,
        "<!-- " * 10_000,
        "# " + "(" * 20_000 + ")" * 20_000,
        "# " + "[" * 20_000,
        "## Action items\n\n- " + "1-" * 20_000,
        "## Action items\n\n- " + "**" * 20_000,
        "Robin" + " " * 40_000 + "Ashgrove" + " " * 40_000,
        "." * 40_000,
        "A-" * 20_000,
        "<b" * 20_000,
        "---\na" + " " * 40_000 + "\n---\n",
        "a" * 30 + "1a " + "Ab" * 30 + "1a",
    ],
    ids=range(17),
)
def test_no_text_takes_too_long(text: str) -> None:
    rulebook = load()
    lint(Source("a.md", text), rulebook, rulebook.defaults)  # would take minutes, or give up
