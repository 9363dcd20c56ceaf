"""Bytes to text, and offsets in the text to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_NEWLINE = re.compile(r"\r\n|\n|\r")


class SourceError(Exception):
    """A file that cannot be read as a document; the message says why, without the path."""


class Position(NamedTuple):
    """A place in a source: both 1-based, the column in Unicode code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """The text of one document, without a byte order mark, and the path it is reported under."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of each line; LF, CRLF and a lone CR all end a line."""
        return (0, *(match.end() for match in _NEWLINE.finditer(self.text)))

    def position(self, offset: int) -> Position:
        """Line and column of an offset in 0..len(text); raise ValueError outside of it."""
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside {self.path} (0..{len(self.text)})")
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its line ending."""
        start, end = self.line_span(number)
        return self.text[start:end]

    def line_span(self, number: int) -> tuple[int, int]:
        """Offsets of a 1-based line, without its line ending."""
        start = self.line_starts[number - 1]
        after = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        while after > start and self.text[after - 1] in "\r\n":
            after -= 1
        return start, after


def decode(path: str, data: bytes) -> Source:
    """Read bytes as UTF-8, with or without a byte order mark; raise SourceError for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError("is UTF-16, not UTF-8: save it as UTF-8")
    if b"\0" in data:
        raise SourceError("is a binary file (it holds a NUL byte)")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(f"is not UTF-8: byte 0x{data[error.start]:02x} on line {line}; save it as UTF-8") from error
    return Source(path, text.removeprefix(BOM))
