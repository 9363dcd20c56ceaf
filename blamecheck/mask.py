"""The prose mask: a text with everything that is not prose replaced by blanks of the same length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_CLOSING = {"<!--": "-->", "{/*": "*/}", "{/\\*": "*/}"}
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
    masked, at, parts = "".join(parts), 0, []
    for start, end in comments(masked):
        parts += [masked[at:start], blank(masked[start:end])]
        at = end
    return _URL.sub(_blank, "".join([*parts, masked[at:]]))


def comments(text: str, openings: Iterable[str] = ("<!--", "{/*")) -> Iterator[tuple[int, int]]:
    """Where the comments of HTML and MDX stand in a text; one of HTML that is not closed goes on to its end."""
    known = list(openings)
    at = 0
    while known and (match := re.compile("|".join(map(re.escape, known))).search(text, at)):
        end = text.find(_CLOSING[match[0]], match.end())
        at = end + 3 if end >= 0 else len(text) if match[0] == "<!--" else match.start()
        if end < 0:
            known.remove(match[0])  # nothing closes those that follow either
        if at > match.start():
            yield match.start(), at


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
