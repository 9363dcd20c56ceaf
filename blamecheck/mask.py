"""The prose mask: a text with everything that is not prose replaced by blanks of the same length."""

from __future__ import annotations

import re
from collections.abc import Iterable

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?\*/\}", re.DOTALL)
"""A comment of HTML, or of MDX."""

_URL = re.compile(r"(?:https?|ftp|file|slack)://[^\s<>|)\]]+|\bwww\.[^\s<>|)\]]+")
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|code)\b.*?(?:</\1\s*>|\Z)|</?[A-Za-z][^<>]*>|<[!?][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_NOT_NEWLINE = re.compile(r"[^\r\n]+")


def mask(text: str, pieces: Iterable[tuple[int, str]]) -> str:
    """The text, blank but for the pieces of prose, each given with its offset, and in those for URLs.

    Line ends stay. Of pieces that overlap, the first one counts.
    """
    parts: list[str] = []
    at = 0
    for start, piece in sorted(pieces):
        if start >= at:
            parts += [blank(text[at:start]), piece]
            at = start + len(piece)
    parts.append(blank(text[at:]))
    return _URL.sub(_blank, COMMENT.sub(_blank, "".join(parts)))


def decoded(value: str, source: str) -> str:
    """The text that an entity stands for, padded to the length of its source; line ends stay those of the source."""
    value = re.sub(r"[\r\n]", " ", value)
    fits = len(value) <= len(source) and not re.search(r"[\r\n]", source)
    return value.ljust(len(source)) if fits else blank(source)


def without_tags(html: str) -> str:
    """The text between the tags of a piece of HTML, in place."""
    return _MARKUP.sub(_blank, html)


def blank(text: str) -> str:
    """As many blanks, with the line ends where they were."""
    return _NOT_NEWLINE.sub(_spaces, text)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blank(match: re.Match[str]) -> str:
    return blank(match.group())
