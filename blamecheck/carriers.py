"""Names of a part that carry no section: run-in heads, quoted labels, columns of a table, titles of boxes.

They cut nothing out of a document, so that no rule about sections reads them; a part that has one is not missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from blamecheck.document import Document
from blamecheck.labels import rows
from blamecheck.sections import SectionNames

_LONGEST = 60
_LINE = re.compile(
    r"^(?P<before>(?:[^\w\r\n\[(]|:\w+:|\d{1,2}[.)]|[qQ][.:](?=\s))*)(?P<name>[^\W_][^:：=|→\r\n]{1,60}?)"
    r"[^\S\r\n]*(?P<mark>[:：=|→]|\.{3,}|\s[-–—]{1,3}>?(?=\s)|[–—])[^\S\r\n]*[:>]?(?P<rest>[^\r\n]*)",
    re.MULTILINE,
)
_CELL = re.compile(r"[|][^\S\r\n]*(?P<name>[^\W_][^:：=|\r\n]{1,60}?)[^\S\r\n]*[:：][^\S\r\n]*(?=[^\s|])")
_QUESTION = re.compile(r"^[^\w\r\n\[(]*[qQ]\d*[.:)]\s+(?P<name>[^\r\n]{3,60}?\?)", re.MULTILINE)
_TERM = re.compile(r"^(?P<name>[^\W_][^:\r\n]{1,60})(?:\r\n|\n|\r):[^\S\r\n]+\S", re.MULTILINE)
_BOX = re.compile(
    r"<(?:summary|dt|td|th|li|p|div|span)\b[^<>]*>\s*(?:<(?:b|strong|em|i|u)>\s*)?(?P<name>[^<>\r\n]{2,60}?)\s*:?\s*</"
    r"|^(?:!!!|\?\?\?\+?)\s+\w+\s+\"(?P<title>[^\"\r\n]{2,60})\""
    r"|^\.(?P<block>[A-Z][^\r\n.]{2,60})$"
    r"|^\{\w+:title=(?P<panel>[^}|\r\n]{2,60})",
    re.MULTILINE | re.IGNORECASE,
)
_QUOTED_HEADING = re.compile(r"^[^\S\r\n]*>[>\s]*#{1,6}[^\S\r\n]+(?P<name>[^\r\n]{2,60})", re.MULTILINE)
_CLOSED_HEADING = re.compile(r"^#{1,6}(?P<name>[^\s#][^#\r\n]{1,60}?)[^\S\r\n]*#*[^\S\r\n]*$", re.MULTILINE)
_PARTS = re.compile(r"\s+[-–—|/]+\s+|[:：–—]\s+")

_FOREIGN = re.compile("[\u0370-\u1fff\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")


def is_named(document: Document, names: SectionNames, kind: str) -> bool:
    """Whether a name of the kind stands in a document where no section begins."""
    return any(kind in names.kinds(title)[:2] for title in _titles(document, names))


def is_foreign(prose: str) -> bool:
    """Whether a text is written in a script of none of the languages that the names of sections are known in."""
    return 2 * len(_FOREIGN.findall(prose)) > len(_LETTER.findall(prose)) > 0


def _titles(document: Document, names: SectionNames) -> Iterator[str]:
    """What may be a title, little else than names of sections each."""
    found = (*_run_in(document), *_lined(document), *_boxed(document), *_columns(document, names))
    yield from (title for title in found if len(title) <= _LONGEST and names.is_distinct(title))
    for section in document.sections:
        if section.carrier == "heading" and section.name != document.title and not section.entry:
            yield from (part for part in _PARTS.split(section.title) if names.is_distinct(part))


def _run_in(document: Document) -> Iterator[str]:
    """Bold words that open a line and have text after them: "**Root cause.** The disk was full"."""
    text = document.text
    for span in document.markdown.strong:
        start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
        before = document.prose[start : span.start]
        if span.end - span.start <= _LONGEST and not re.search(r"[^\W\d_]", re.sub(r":\w+:", "", before)):
            yield document.prose[span.start : span.end].strip(" *_.:\t\r\n")


def _lined(document: Document) -> Iterator[str]:
    for pattern in (_LINE, _CELL, _QUESTION, _TERM):
        for match in pattern.finditer(document.prose):
            if "rest" not in match.groupdict() or match["rest"].strip(" *_|"):
                yield match["name"].strip()


def _boxed(document: Document) -> Iterator[str]:
    """Titles in HTML and in the boxes of other markups, none in code and comments."""
    for pattern in (_BOX, _QUOTED_HEADING, _CLOSED_HEADING):
        for match in pattern.finditer(document.text):
            group = match.lastgroup or ""
            if document.prose[match.start(group) : match.end(group)].strip():
                yield match[group].strip()


def _columns(document: Document, names: SectionNames) -> Iterator[str]:
    """The heads of the columns of a table that is no timeline."""
    for cells in rows(document.blocks).values():
        titles = [document.prose[cell.start : cell.end].strip() for cell in cells]
        if cells[0].header and len(cells) > 1 and not {"time", "event"} <= set(map(names.column, titles)):
            yield from titles
