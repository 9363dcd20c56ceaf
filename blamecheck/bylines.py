"""Lines that say who wrote a document: below its title, or as a signature at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blamecheck.markdown import Block, Markdown, Span
from blamecheck.people import words

_OPENING = 4
"""How many blocks of text at the beginning may be a by-line."""
_LONGEST = 14
"""How many words a by-line has at most, and one that is a name and no more."""
_LONGEST_NAME = 3
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def bylines(markdown: Markdown) -> Iterator[Span]:
    """The by-lines and signatures: short texts of names, dates and function words such as "by"."""
    texts = [block for block in markdown.blocks if block.kind in ("paragraph", "html") and _is_plain(block, markdown)]
    headings = [block.start for block in markdown.blocks if block.kind == "heading"]
    for block in texts[:_OPENING]:
        if sum(start < block.start for start in headings) <= 1 and _reads_as_names(block, markdown):
            yield Span(block.start, block.end)
    if len(texts) > _OPENING and _reads_as_names(texts[-1], markdown):
        yield Span(texts[-1].start, texts[-1].end)


def _is_plain(block: Block, markdown: Markdown) -> bool:
    """Whether a block stands in no list, quotation or table, and holds text."""
    return block.parent < 0 and bool(markdown.prose[block.start : block.end].strip())


def _reads_as_names(block: Block, markdown: Markdown) -> bool:
    text = markdown.prose[block.start : block.end].strip()
    tokens = _WORD.findall(text)
    names = [word for word in tokens if word[0].isupper()]
    others = [word for word in tokens if not word[0].isupper() and not word[0].isdigit()]
    listed = bool(others) or any(map(str.isdigit, text)) or any(mark in text for mark in ",&·|")
    if not listed and (len(tokens) > _LONGEST_NAME or text.endswith((".", "!", "?", ":"))):
        return False
    return (
        bool(names)
        and len(tokens) <= _LONGEST
        and words.load().sets["by-lines"].issuperset(word.lower() for word in others)
    )
