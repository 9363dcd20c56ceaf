"""How many columns text takes on a terminal, and how a source line with a span is shown in few of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from blamecheck.safe import plain

TAB = 4
ELLIPSIS = "…"
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_BEFORE = 3  # of the room beside a span, one part in this many goes before it
_NEAR = 8  # windows on each side of a span that are looked at: a document may be one line of megabytes
_WORD = 16  # cells that a cut may move to come to the end of a word


class Cell(NamedTuple):
    """A character with whatever combines with it: where it starts in the line, its text and columns."""

    start: int
    text: str
    width: int


def width(character: str) -> int:
    """The columns of one character by itself: 0, 1 or 2."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0  # marks, joiners, and the vowels of decomposed Hangul
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(line: str) -> Iterator[Cell]:
    """The line in cells, with tabs as blanks and control characters as visible ones."""
    if line.isascii() and line.isprintable():
        yield from (Cell(index, character, 1) for index, character in enumerate(line))
        return
    column, start, text, size = 0, 0, "", 0
    for index, character in enumerate(line):
        shown = " " * (TAB - (column + size) % TAB) if character == "\t" else plain(character)
        wide = len(shown) if character == "\t" else width(shown)
        if text and character != "\t" and (wide == 0 or _joins(text, character)):
            size = 2 if character == _EMOJI_STYLE and size and not text[0].isspace() else size
            text += shown
            continue
        if text:
            yield Cell(start, text, size)
        column, start, text, size = column + size, index, shown, wide
    if text:
        yield Cell(start, text, size)


def window(line: str, start: int, end: int, columns: int) -> tuple[str, str]:
    """A source line and the carets under its span `start..end`, in at most so many columns.

    A long line is cut around the span, with an ellipsis for what is left out; a span that is itself
    longer than the columns is cut at its end. At least one caret is shown.
    """
    begin, stop = max(0, start - _NEAR * columns), start + _NEAR * columns
    whole = list(cells(line[begin:stop]))
    first, last = _range(whole, start - begin, max(end, start + 1) - begin)
    left, right = _cut(whole, first, last, columns)
    shown = whole[left:right]
    lead = ELLIPSIS if left or begin else ""
    tail = ELLIPSIS if right < len(whole) or stop < len(line) else ""
    text = lead + "".join(cell.text for cell in shown) + tail
    before = len(lead) + sum(cell.width for cell in whole[left:first])
    under = sum(cell.width for cell in whole[first : min(last, right)])
    return text.rstrip(), " " * before + "^" * max(under, 1)


def _joins(text: str, character: str) -> bool:
    """Whether a character belongs to the emoji before it: after a joiner, or as its skin tone."""
    return text.endswith(_JOINER) or ("\U0001f3fb" <= character <= "\U0001f3ff" and ord(text[0]) > 0x2600)


def _range(whole: list[Cell], start: int, end: int) -> tuple[int, int]:
    """The first cell of a span, and the one after its last; past the line's end there is none."""
    ends = [cell.start for cell in whole[1:]] + [whole[-1].start + len(whole[-1].text)] if whole else []
    first = sum(stop <= start for stop in ends)
    last = sum(cell.start < end for cell in whole)
    return first, max(first, last)


def _cut(whole: list[Cell], first: int, last: int, columns: int) -> tuple[int, int]:
    """Which cells to show: all when they fit, else those around the span, in whole words if words are short."""
    if sum(cell.width for cell in whole) <= columns:
        return 0, len(whole)
    room = columns - 2 * len(ELLIPSIS)
    span = sum(cell.width for cell in whole[first:last])
    left = _back(whole, first, max(0, room - span) // _BEFORE)
    right = _forth(whole, left, room)
    left = _back(whole, len(whole), room) if right == len(whole) else left
    blanks = [index for index, cell in enumerate(whole) if cell.text.isspace()]
    starts = [blank + 1 for blank in blanks if left - 1 <= blank < min(first, left + _WORD)] if left else []
    ends = [blank for blank in blanks if max(last, right - _WORD) <= blank <= right] if right < len(whole) else []
    return min(starts, default=left), max(ends, default=right)


def _back(whole: list[Cell], index: int, room: int) -> int:
    """As many cells back from an index as fit in the room."""
    while index > 0 and whole[index - 1].width <= room:
        index -= 1
        room -= whole[index].width
    return index


def _forth(whole: list[Cell], index: int, room: int) -> int:
    """As many cells on from an index as fit in the room."""
    while index < len(whole) and whole[index].width <= room:
        room -= whole[index].width
        index += 1
    return index
