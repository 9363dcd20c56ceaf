"""What stands under a section: its own sentences, and its text without headings and markup."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from blamecheck.document import Document
from blamecheck.markdown import LEAVES, Block, Span
from blamecheck.outline import Section

_MARKUP = re.compile(r"[\s*_#|`~\[\]\-–—•>:]+")
_LIST_MARK = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s*", re.MULTILINE)


def own_sentences(document: Document, section: Section) -> list[Span]:
    """The sentences directly under a section, none of those in sections below it and no headings."""
    index = bisect_left(document.sentences, (section.body.start, 0))
    found = []
    if index and document.sentences[index - 1].end > section.body.start:
        found.append(Span(section.body.start, document.sentences[index - 1].end))
    while index < len(document.sentences) and document.sentences[index].start < section.body.end:
        start = document.sentences[index].start
        if not document.is_heading(start) and document.section_at(start) is section:
            found.append(document.sentences[index])
        index += 1
    return [span for span in found if document.prose[span.start : span.end].strip(" \t\r\n*_:")]


def bare_text(document: Document, section: Section, limit: int) -> str | None:
    """The words under a section and the sections below it, None when there is more than `limit` of them.

    Headings and the head rows of tables are no words of its; code, links and images are more than words.
    """
    words = ""
    for block in _blocks(document, section.body):
        if block.kind == "code" or _holds_more(document, block, section.body):
            return None
        start, end = max(block.start, section.body.start), min(block.end, section.body.end)
        words += " " + _LIST_MARK.sub("", document.prose[start : min(end, start + 4 * limit)])
        if len(_MARKUP.sub(" ", words)) > limit or end - start > 4 * limit:
            return None
    return " ".join(words.replace("*", " ").replace("_", " ").split()).strip(" -–—•:|>")


def _blocks(document: Document, body: Span) -> Iterator[Block]:
    """The blocks that may hold words or code within a span."""
    blocks, header_too = document.blocks, _starts_in_row(document, body)
    index = max(0, bisect_left(blocks, body.start, key=lambda block: block.start) - 1)
    for number in range(index, len(blocks)):
        block = blocks[number]
        if block.start >= body.end:
            return
        words = block.kind != "heading" and (header_too or not block.header) and block.end > body.start
        if words and (block.kind in LEAVES or block.kind == "code"):
            yield block


def _starts_in_row(document: Document, body: Span) -> bool:
    """Whether a span is the rest of a table row, which may be the head row."""
    index = bisect_left(document.blocks, body.start, key=lambda block: block.start)
    block = document.blocks[index] if index < len(document.blocks) else None
    return block is not None and block.kind == "cell" and block.start == body.start


def _holds_more(document: Document, block: Block, body: Span) -> bool:
    """Whether a block holds a link, an image or code within a span."""
    start, end = max(block.start, body.start), min(block.end, body.end)
    links, code = document.markdown.links, document.markdown.code
    link = bisect_left(links, start, key=lambda one: one.start)
    span = bisect_left(code, (start, start))
    if (link < len(links) and links[link].start < end) or (span < len(code) and code[span].start < end):
        return True
    return bool(re.compile(r"https?://|<img\b|<video\b").search(document.text, start, end))
