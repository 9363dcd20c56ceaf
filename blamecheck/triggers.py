"""The words that a match of a pattern cannot do without: they decide when a rule wakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from blamecheck.patterns import Node, writes_words_apart

_COMMON = frozenset(
    "a an and any are as at be been but by did do for from had has have he i if in is it no not of on or our "
    "should could would she so that the their there they this to too very was we were what when which who will "
    "with you".split()
)
SHORTEST_PREFIX = 3
LONGEST_PREFIX = 16
"""How long the beginning of a word is that may wake a pattern; longer ones are cut."""


class Trigger(NamedTuple):
    """A case-folded word that a match holds, or the beginning of one."""

    word: str
    prefix: bool


def triggers(node: Node) -> tuple[frozenset[Trigger], ...]:
    """Sets of words: every match holds at least one of each. No sets when there is no telling."""
    if not writes_words_apart(node):
        return ()
    while node.kind == "sequence" and len(node.parts) == 1 and not node.optional:
        node = node.parts[0]
    if node.optional:
        return ()
    if node.kind != "sequence":
        found = _needed(node, True, True)
        return () if found is None else (found,)
    return tuple(sorted(set(_candidates(node.parts, True, True)), key=_cost))


@lru_cache(maxsize=4096)
def _needed(node: Node, left: bool, right: bool) -> frozenset[Trigger] | None:
    """The triggers of a node whose neighbours are word boundaries, or not, on either side."""
    if node.optional:
        return None
    if node.kind == "class":
        return frozenset({Trigger(node.letter, False)})
    if node.kind == "choice":
        sets = [_needed(part, left, right) for part in node.parts]
        if any(one is None for one in sets):
            return None
        return frozenset().union(*(one for one in sets if one is not None))
    if node.kind == "sequence":
        return min(_candidates(node.parts, left, right), key=_cost, default=None)
    if node.kind == "literal":
        return min(_candidates((node,), left, right), key=_cost, default=None)
    return None


def _cost(found: frozenset[Trigger]) -> tuple[bool, int]:
    return any(trigger.word in _COMMON for trigger in found), len(found)


def _candidates(parts: tuple[Node, ...], left: bool, right: bool) -> Iterator[frozenset[Trigger]]:
    at = 0
    while at < len(parts):
        run = _run(parts, at)
        opens = _bounded(parts[:at][::-1], left, _ends_bounded)
        closes = _bounded(parts[at + max(1, len(run)) :], right, _starts_bounded)
        if run and opens:
            word = run.casefold()
            if closes or len(word) >= SHORTEST_PREFIX:
                yield frozenset({Trigger(word if closes else word[:LONGEST_PREFIX], not closes)})
        elif not run and parts[at].kind != "literal":
            inner = _needed(parts[at], opens, closes)
            if inner is not None:
                yield inner
        at += max(1, len(run))


def _run(parts: tuple[Node, ...], at: int) -> str:
    """The letters that stand one after the other from here on."""
    letters = ""
    for part in parts[at:]:
        if part.kind != "literal" or part.optional or not part.letter.isalnum():
            break
        letters += part.letter
    return letters


def _bounded(neighbours: Sequence[Node], outside: bool, test: Callable[[Node], bool]) -> bool:
    """Whether a word boundary is sure beside these neighbours, nearest first."""
    for node in neighbours:
        if node.kind == "empty":
            if node.regex == r"\b":
                return True
            continue
        if not test(node):
            return False
        if not node.optional:
            return True
    return outside


@lru_cache(maxsize=4096)
def _ends_bounded(node: Node) -> bool:
    if node.kind == "blank":
        return True
    if node.kind == "literal":
        return not node.letter.isalnum()
    if node.kind == "choice":
        return all(_ends_bounded(part) for part in node.parts)
    if node.kind == "sequence":
        return bool(node.parts) and _bounded(node.parts[::-1], False, _ends_bounded)
    return node.kind == "class"


@lru_cache(maxsize=4096)
def _starts_bounded(node: Node) -> bool:
    if node.kind == "blank":
        return True
    if node.kind == "literal":
        return not node.letter.isalnum()
    if node.kind == "choice":
        return all(_starts_bounded(part) for part in node.parts)
    if node.kind == "sequence":
        return bool(node.parts) and _bounded(node.parts, False, _starts_bounded)
    return node.kind == "class"
