"""Sentences of the prose, as spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from blamecheck.markdown import LEAVES, Markdown, Span

_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]*_]*(?=\s)|[。！？]+[」』）”]*|;(?=\s*[\r\n])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|approx|ca|cf|no|nr|st|mr|mrs|ms|dr|prof|jr|sr|inc|ltd|corp|dept|fig|a\.m|p\.m|z\.b|bzw|d\.h)"
    r"|\b[A-Z]|\b[A-Za-z]\.[A-Za-z])\.$",
    re.IGNORECASE,
)


LONGEST = 1000
"""How many characters a sentence may have: what has more is a list, a log or a table, and is read in parts.

Patterns may take time that grows with the square of a sentence. In the postmortems that the rules were made
with, the longest sentence has 800.
"""
_LINE = re.compile(r"[\r\n]\s*")
_CLAUSE = re.compile(r"[,;:](?=\s)|[、，；：]")
_BLANK = re.compile(r"\s")


def sentences(markdown: Markdown) -> Iterator[Span]:
    """Each sentence of each text block, in order; a hard break ends one, a soft one does not.

    None is longer than `LONGEST`.
    """
    breaks = sorted(markdown.breaks)
    for block in markdown.blocks:
        if block.kind in LEAVES:
            inside = breaks[bisect_right(breaks, block.start) : bisect_left(breaks, block.end)]
            yield from _split(markdown.prose, block.start, block.end, inside)


def _split(prose: str, start: int, end: int, breaks: Iterable[int]) -> Iterator[Span]:
    at = start
    for stop in (*_boundaries(prose, start, end, breaks), end):
        while stop - at > LONGEST:
            part = _part_end(prose, at)
            if not _is_blank(prose, at, part):
                yield Span(at, part)
            at = part
        if not _is_blank(prose, at, stop):
            yield Span(at, stop)
        at = stop


def _is_blank(prose: str, start: int, end: int) -> bool:
    return not prose[start:end].strip()


def _part_end(prose: str, start: int) -> int:
    """Where to end a part of a sentence that is too long: after a line, a clause or a word."""
    low, high = start + LONGEST // 2, start + LONGEST
    for boundary in (_LINE, _CLAUSE, _BLANK):
        if ends := [match.end() for match in boundary.finditer(prose, low, high)]:
            return ends[-1]
    return high


def _boundaries(prose: str, start: int, end: int, breaks: Iterable[int]) -> list[int]:
    inner = [match.end() for match in _STOP.finditer(prose, start, end) if _ends(prose, match, start, end)]
    return sorted([*inner, *breaks])


def _ends(prose: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the stop ends a sentence: not after an abbreviation, not before a lower-case word."""
    following = prose[match.end() : min(end, match.end() + 40)].lstrip()
    if match.group()[0] in "。！？;":
        return True
    if following[:1].islower():
        return False
    return not (match.group() == "." and _ABBREVIATION.search(prose, max(start, match.start() - 12), match.end()))
