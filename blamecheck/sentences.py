"""Sentences of the prose, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blamecheck.markdown import LEAVES, Markdown, Span

_STOP = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s)|[。！？]+[」』）”]*|;(?=\s*[\r\n])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|approx|ca|cf|no|nr|st|mr|mrs|ms|dr|prof|jr|sr|inc|ltd|corp|dept|fig|a\.m|p\.m|z\.b|bzw|d\.h)"
    r"|\b[A-Z]|\b[A-Za-z]\.[A-Za-z])\.$",
    re.IGNORECASE,
)


def sentences(markdown: Markdown) -> Iterator[Span]:
    """Each sentence of each text block, in order; a hard break ends one, a soft one does not."""
    breaks = set(markdown.breaks)
    for block in markdown.blocks:
        if block.kind in LEAVES:
            yield from _split(markdown.prose, block.start, block.end, breaks)


def _split(prose: str, start: int, end: int, breaks: set[int]) -> Iterator[Span]:
    at = start
    for stop in _boundaries(prose, start, end, breaks):
        if prose[at:stop].strip():
            yield Span(at, stop)
        at = stop
    if prose[at:end].strip():
        yield Span(at, end)


def _boundaries(prose: str, start: int, end: int, breaks: set[int]) -> list[int]:
    inner = [match.end() for match in _STOP.finditer(prose, start, end) if _ends(prose, match, start, end)]
    return sorted([*inner, *(offset for offset in breaks if start < offset < end)])


def _ends(prose: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the stop ends a sentence: not after an abbreviation, not before a lower-case word."""
    following = prose[match.end() : min(end, match.end() + 40)].lstrip()
    if match.group()[0] in "。！？;":
        return True
    if following[:1].islower():
        return False
    return not (match.group() == "." and _ABBREVIATION.search(prose, max(start, match.start() - 12), match.end()))
