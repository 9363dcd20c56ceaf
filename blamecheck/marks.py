"""Titles that are headings: Markdown's, AsciiDoc's, reST's, HTML's, and keys of the front matter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from blamecheck.clock import MONTH
from blamecheck.markdown import Block, Markdown, Span
from blamecheck.sections import SectionNames
from blamecheck.titles import LONGEST

Carrier = Literal["heading", "label", "item", "row", "line", "html", "front-matter"]
LABEL_LEVEL = 7

_TIME = r"\d{1,2}[:.h時]\d{2}(?:[:.]\d{2})?"
_ENTRY = re.compile(
    rf"(?:[~≈]|T?[+-])?\s*{_TIME}\b|T\s?[+−-]\s?\d"
    rf"|(?:\w{{3,9}}\.?,?\s+)?(?:\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}"
    rf"|(?:{MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?(?:{MONTH})\b\.?(?:,?\s+(?:de\s+)?\d{{4}})?)"
    rf"[,T]?\s*(?:at\s+)?(?:{_TIME}.*)?[^\w]*$",
    re.IGNORECASE,
)
_HTML_TITLE = re.compile(
    r"<(?:h(?P<level>[1-6])|(?P<bold>b|u|strong))\b[^<>]*>(?P<title>.{0,300}?)</(?:h[1-6]|b|u|strong)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_ASCIIDOC = re.compile(r"(?P<mark>={1,6})[ \t]+(?P<title>[^\s=][^\r\n]*?)(?:[ \t]+=+)?[ \t]*(?=[\r\n]|\Z)")
_RST = re.compile(
    r"(?P<title>[^\s\W][^\r\n]{0,100}?)[ \t]*(?:\r\n|\n|\r)(?P<mark>[\^\"'+.:`])(?P=mark){2,}[ \t]*(?=[\r\n]|\Z)"
)
_RST_LEVEL = 3
_FRONT_MATTER_KEY = re.compile(
    r"^(?:\"([^\"\r\n]{1,100})\"|'([^'\r\n]{1,100})'|([^\W\d][^:=\r\n]{0,80}?))[^\S\r\n]*[:=]", re.MULTILINE
)


class Mark(NamedTuple):
    """A title that was found; `limit` is where its container ends."""

    name: Span
    body_start: int
    level: int
    limit: int
    carrier: Carrier
    kinds: tuple[str, ...]
    entry: bool


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the blanks at its ends; empty at its start when it holds nothing else."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + max(left, len(piece.rstrip())))


def is_entry(title: str) -> bool:
    """Whether a title is a timestamp, such as `21:10:57` or `Sep 27 2017 13:06`, not a name."""
    return len(title) <= LONGEST and bool(_ENTRY.match(title.strip("*_[]( \t")))


def heading_marks(text: str, markdown: Markdown, names: SectionNames, title: Span | None) -> Iterator[Mark]:
    """The headings outside of quotations, in order; the document's title is one of no kind."""
    for block in markdown.blocks:
        if block.kind != "heading" or within(markdown.blocks, block, "quote"):
            continue
        name = heading_name(text, markdown, block)
        entry = block.level > 1 and is_entry(markdown.prose[name.start : name.end])
        kinds = () if entry or name == title else names.kinds(text[name.start : name.end])
        yield Mark(name, block.end, block.level, len(text), "heading", kinds, entry)


def heading_name(text: str, markdown: Markdown, block: Block) -> Span:
    """Where a heading's title stands, without the markup around it."""
    name = trimmed(markdown.prose, block.start, block.end)
    if name.end > name.start and not any(
        code.start < block.end and code.end > block.start for code in near(markdown.code, block)
    ):
        return name
    first_line = text[block.start : block.end].strip().splitlines()[0] if text[block.start : block.end].strip() else ""
    inner = first_line.lstrip("#").strip().rstrip("#").strip()
    start = text.find(inner, block.start) if inner else block.start
    return Span(start, start + len(inner))


def foreign_marks(text: str, markdown: Markdown, names: SectionNames) -> Iterator[Mark]:
    """Headings of AsciiDoc (`== Impact ==`) and reST (`Impact` over `^^^^^^`), which Markdown takes for paragraphs."""
    for block in markdown.blocks:
        if block.kind != "paragraph" or block.parent >= 0:
            continue
        match = _ASCIIDOC.match(text, block.start, block.end) or _RST.match(text, block.start, block.end)
        if match:
            level = len(match["mark"]) if match["mark"][0] == "=" else _RST_LEVEL
            name, title = Span(*match.span("title")), match["title"]
            yield Mark(name, match.end(), level, len(text), "heading", names.kinds(title), is_entry(title))


def near(spans: tuple[Span, ...], block: Block) -> Iterator[Span]:
    """Those of the sorted spans that start within a block."""
    index = bisect_left(spans, (block.start, block.start))
    while index < len(spans) and spans[index].start < block.end:
        yield spans[index]
        index += 1


def html_marks(text: str, markdown: Markdown, names: SectionNames) -> Iterator[Mark]:
    """HTML headings, and bold or underlined HTML at the start of a line that names a section."""
    for block in markdown.blocks:
        if block.kind not in ("html", "paragraph") or "<" not in text[block.start : block.end]:
            continue
        for match in _HTML_TITLE.finditer(text, block.start, block.end):
            name = trimmed(markdown.prose, match.start("title"), match.end("title"))
            kinds = names.kinds(markdown.prose[name.start : name.end])
            if match["level"]:
                yield Mark(name, match.end(), int(match["level"]), len(text), "html", kinds, False)
            elif kinds and not markdown.prose[_line_start(text, match.start()) : match.start()].strip():
                yield Mark(name, after_colon(text, match.end()), LABEL_LEVEL, len(text), "html", kinds, False)


def front_matter_marks(
    text: str, markdown: Markdown, names: SectionNames, front_matter: Mapping[str, object]
) -> Iterator[Mark]:
    """The keys of the front matter that name a section and hold something."""
    block = next((block for block in markdown.blocks if block.kind == "metadata"), None)
    if block is None:
        return
    filled = {str(key) for key, value in front_matter.items() if value}
    for match in _FRONT_MATTER_KEY.finditer(text, block.start, block.end):
        group = match.lastindex or 0
        kinds = names.kinds(match[group].replace("_", " ").replace("-", " "))
        if kinds and match[group] in filled:
            name = Span(*match.span(group))
            yield Mark(name, match.end(), LABEL_LEVEL, block.end, "front-matter", kinds, False)


def ancestors(blocks: tuple[Block, ...], index: int) -> Iterator[Block]:
    """The containers of a block, from the inside out."""
    parent = blocks[index].parent
    while parent >= 0:
        yield blocks[parent]
        parent = blocks[parent].parent


def within(blocks: tuple[Block, ...], block: Block, kind: str) -> bool:
    """Whether a block stands in a block of a kind."""
    parent = block.parent
    while parent >= 0:
        if blocks[parent].kind == kind:
            return True
        parent = blocks[parent].parent
    return False


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def after_colon(text: str, offset: int) -> int:
    """The offset after a colon that follows, perhaps after blanks; the offset itself when none does."""
    match = re.compile(r"[^\S\r\n]*[:：]").match(text, offset)
    return match.end() if match else offset
