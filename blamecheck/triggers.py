"""The words that a match of a pattern cannot do without: they decide when a rule wakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from blamecheck.patterns import UNSPACED, Node, holds_unspaced, writes_words_apart

_COMMON = frozenset(
    "a an and any are as at be been but by did do for from had has have he i if in is it no not of on or our "
    "should could would she so that the their there they this to too very was we were what when which who will "
    "with you".split()
)
SHORTEST_PREFIX = 3
_MOST_SETS = 8
LONGEST_PREFIX = 16
"""How long the beginning of a word is that may wake a pattern; longer ones are cut."""


class Trigger(NamedTuple):
    """A case-folded word that a match holds, or the beginning of one."""

    word: str
    prefix: bool


def triggers(node: Node) -> tuple[frozenset[Trigger], ...]:
    """Sets of words: every match holds at least one of each. No sets when there is no telling."""
    if not writes_words_apart(node):
        return (frozenset({Trigger(UNSPACED, False)}),) if _needs_unspaced(node) else ()
    return _needed(node, True, True)[:_MOST_SETS]


def _needs_unspaced(node: Node) -> bool:
    """Whether every match of a node holds a letter of a script without blanks between words."""
    if node.optional:
        return False
    if node.kind == "literal":
        return holds_unspaced(node.letter)
    return bool(node.parts) and (all if node.kind == "choice" else any)(map(_needs_unspaced, node.parts))


@lru_cache(maxsize=4096)
def _needed(node: Node, left: bool, right: bool) -> tuple[frozenset[Trigger], ...]:
    """The sets of a node whose neighbours are word boundaries, or not, on either side; the best ones first."""
    if node.optional:
        return ()
    if node.kind == "class":
        return (frozenset({Trigger(node.letter, False)}),)
    if node.kind == "choice":
        return _of_choice([_needed(part, left, right) for part in node.parts])
    if node.kind in ("sequence", "literal"):
        parts = node.parts if node.kind == "sequence" else (node,)
        return tuple(sorted(dict.fromkeys(_candidates(parts, left, right)), key=_cost))
    return ()


def _of_choice(options: Sequence[tuple[frozenset[Trigger], ...]]) -> tuple[frozenset[Trigger], ...]:
    """Whichever option a match takes, it holds a word of each of that option's sets, so one of their unions."""
    if not all(options):
        return ()
    count = max(map(len, options))
    unions = (frozenset().union(*(sets[min(n, len(sets) - 1)] for sets in options)) for n in range(count))
    return tuple(sorted(dict.fromkeys(unions), key=_cost))


def _cost(found: frozenset[Trigger]) -> tuple[bool, int]:
    return any(trigger.word in _COMMON for trigger in found), len(found)


def _candidates(parts: tuple[Node, ...], left: bool, right: bool) -> Iterator[frozenset[Trigger]]:
    at = 0
    while at < len(parts):
        run = _run(parts, at)
        opens = _is_bounded(parts[:at][::-1], left, backward=True)
        closes = _is_bounded(parts[at + max(1, len(run)) :], right, backward=False)
        if run and opens:
            word = run.casefold()
            if closes or len(word) >= SHORTEST_PREFIX:
                yield frozenset({Trigger(word if closes else word[:LONGEST_PREFIX], not closes)})
        elif not run and parts[at].kind != "literal":
            yield from _needed(parts[at], opens, closes)
        at += max(1, len(run))


def _run(parts: tuple[Node, ...], at: int) -> str:
    """The letters that stand one after the other from here on."""
    letters = ""
    for part in parts[at:]:
        if part.kind != "literal" or part.optional or not part.letter.isalnum():
            break
        letters += part.letter
    return letters


def _is_bounded(neighbours: Sequence[Node], outside: bool, *, backward: bool) -> bool:
    """Whether a word boundary is sure beside these neighbours, nearest first; `outside` is so beyond them."""
    sure = outside
    for node in reversed(neighbours):
        if node.kind != "empty":
            sure = _has_edge(node, sure, backward)
        elif node.regex == r"\b":
            sure = True
    return sure


@lru_cache(maxsize=8192)
def _has_edge(node: Node, beyond: bool, backward: bool) -> bool:
    """Whether a word boundary is sure at the near end of a node, which may be empty if a boundary is sure `beyond`."""
    if node.optional and not beyond:
        return False
    if node.kind == "literal":
        return not node.letter.isalnum()
    if node.kind == "choice":
        return all(_has_edge(part, beyond, backward) for part in node.parts)
    if node.kind == "sequence":
        return _is_bounded(node.parts[::-1] if backward else node.parts, beyond, backward=backward)
    return node.kind in ("blank", "class")
