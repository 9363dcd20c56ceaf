"""The words that wake a pattern: no match is without them."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from blamecheck.patterns import UNSPACED, PatternError, holds_unspaced, parse, whole_words
from blamecheck.triggers import Trigger, triggers


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("human error", [["error"], ["human"]]),
        ("careless(?:ly)?", [["careless*"]]),
        ("(?:he|she) (?:forgot|missed)", [["forgot", "missed"], ["he", "she"]]),
        ("(?:the intern|a contractor) did", [["contractor", "intern"], ["did"], ["a", "the"]]),
        ("I(?: just)?(?:, though,)? forgot", [["forgot"], ["i"]]),
        ("(?:I|he)(?: just)?", [["he", "i"]]),
        ("I\\w* forgot", [["forgot"]]),
        ("(?:should have|shoulda)", [["should", "shoulda"], ["have", "shoulda"]]),
        ("人為的?ミス|操作ミス", [[UNSPACED]]),
        ("人?a", []),
    ],
)
def test_sets(pattern: str, sets: list[list[str]]) -> None:
    found = [sorted(one.word + "*" * one.prefix for one in found) for found in triggers(parse(pattern, {}))]
    assert sorted(found) == sorted(sets)


PIECES = st.recursive(
    st.sampled_from(["a", "he", "bat", "cot", " ", "'", "-", "\\b", "\\w", "[ab]", "人", "\\s*", ",?"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda options: f"(?:{'|'.join(options)})"),
        inner.map(lambda one: f"(?:{one})?"),
        inner.map(lambda one: f"(?:{one})+"),
        inner.map(lambda one: f"(?:{one}|)"),
        inner.map(lambda one: f"(?<={one})"),
    ),
    max_leaves=10,
)
TEXTS = st.lists(st.sampled_from(["a", "he", "bat", "cot", "Bat", " ", "'", "-", "人", "b", ","]), max_size=10)


@given(PIECES, TEXTS.map("".join))
def test_a_match_holds_a_word_of_each_set(pattern: str, text: str) -> None:
    try:
        node = parse(pattern, {})
        compiled = regex.compile(whole_words(node), regex.V0 | regex.IGNORECASE)
    except (PatternError, regex.error):
        return
    words = re.findall(r"[^\W_]+", text.casefold())
    if any(match[0] for match in compiled.finditer(text)):
        for needed in triggers(node):
            assert any(_holds(one, text, words) for one in needed), (needed, node)


def _holds(trigger: Trigger, text: str, words: list[str]) -> bool:
    if trigger.word == UNSPACED:
        return holds_unspaced(text)
    return any(word.startswith(trigger.word) if trigger.prefix else word == trigger.word for word in words)
