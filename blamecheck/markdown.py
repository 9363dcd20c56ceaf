"""Markdown to blocks, links and a prose mask: the only module that knows the parser.

pyromark's ranges are UTF-8 byte offsets; everything that leaves this module counts code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import pyromark
from pyromark import Options

from blamecheck.mask import comments, decoded, mask, without_tags

BlockKind = Literal[
    "heading",
    "paragraph",
    "cell",
    "html",
    "list",
    "item",
    "table",
    "row",
    "quote",
    "footnote",
    "code",
    "metadata",
]
LEAVES = frozenset({"heading", "paragraph", "cell", "html"})

_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    | Options.ENABLE_GFM
)
_CONTAINERS: dict[str, BlockKind] = {
    "List": "list",
    "Item": "item",
    "Table": "table",
    "TableHead": "row",
    "TableRow": "row",
    "BlockQuote": "quote",
    "FootnoteDefinition": "footnote",
}
_TEXT_BLOCKS: dict[str, BlockKind] = {"Heading": "heading", "Paragraph": "paragraph", "TableCell": "cell"}
_HEAD = re.compile(r"---[ \t]*\r?\n.*?\n(?:---|\.\.\.)[ \t]*(?=\r?\n|\Z)", re.DOTALL)
_RULE = re.compile(r"((?:^#{1,6}[ \t][^\n]*|^[ \t]*\r?)\n)---(?=[ \t]*\r?$)", re.MULTILINE)
_DEEP_LIST = re.compile(
    r"^#{1,6}[ \t][^\n]*\n(?:[ \t]*\r?\n)?(?:(?: {4}|\t)[ \t]*[-*+] [*_`~]*\d[^\n]*(?:\n|\Z))+", re.MULTILINE
)
_DEEP_ENTRY = re.compile(r"^(?: {3} (?P<wide>[-*+]) |\t(?P<tab>[-*+]) )(?=\S)", re.MULTILINE)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)


class Span(NamedTuple):
    """Offsets in code points, the end exclusive."""

    start: int
    end: int


class Block(NamedTuple):
    """A block of the document; `parent` is an index into the blocks, -1 at the top.

    `level` is a heading's level (1..6) and 0 elsewhere; `checked` is a task item's state and None
    elsewhere; `header` marks the head row of a table and its cells; `ordered` marks a numbered list.
    """

    kind: BlockKind
    start: int
    end: int
    parent: int = -1
    level: int = 0
    checked: bool | None = None
    header: bool = False
    ordered: bool = False


class Link(NamedTuple):
    """A link or image: its whole span and where it leads."""

    start: int
    end: int
    target: str
    image: bool


@dataclass(frozen=True)
class Markdown:
    """A parsed text. `prose` is as long as the text, blank wherever the text is not prose."""

    blocks: tuple[Block, ...]
    prose: str = field(repr=False)
    links: tuple[Link, ...]
    strong: tuple[Span, ...]
    code: tuple[Span, ...]
    comments: tuple[Span, ...]
    breaks: tuple[int, ...]


def parse(text: str) -> Markdown:
    """Parse a document; every offset of the result lies within the text."""
    return _Builder(text).build()


def _no_late_head(text: str) -> str:
    """The text with `***` for each `---` that the parser would take for front matter in mid-document."""
    head = _HEAD.match(text)
    start = head.end() if head else min(1, len(text))
    return text[:start] + _RULE.sub(r"\1***", text[start:])


def _no_deep_list(text: str) -> str:
    """The text with a list of times under a heading where the parser sees a list, not code that is indented."""
    return _DEEP_LIST.sub(lambda found: _DEEP_ENTRY.sub(_outdented, found[0]), text)


def _outdented(entry: re.Match[str]) -> str:
    return f"   {entry['wide']}  " if entry["wide"] else f"{entry['tab']}  "


def _offsets(text: str) -> Callable[[int], int]:
    """A function from UTF-8 byte offsets to code point offsets."""
    if text.isascii():
        return lambda offset: offset
    byte_ends: list[int] = []
    surplus: list[int] = [0]
    extra = 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        extra += len(match.group().encode()) - 1
        byte_ends.append(match.end() + extra)
        surplus.append(extra)
    return lambda offset: offset - surplus[bisect_right(byte_ends, offset)]


class _Builder:
    """Walks the parser's events once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.pieces: list[tuple[int, str]] = []
        self.links: list[Link] = []
        self.strong: list[Span] = []
        self.code: list[Span] = []
        self.comments: list[Span] = []
        self.breaks: list[int] = []
        self.open: list[int] = []
        self.implicit = False
        self.in_image = 0
        self.verbatim = 0

    def build(self) -> Markdown:
        parser_text = _no_deep_list(_no_late_head(re.sub(r"\r(?!\n)", "\n", self.text)))
        offset = _offsets(self.text)
        for event, span in pyromark.events_with_range(parser_text, options=_OPTIONS):
            self._event(event, offset(span["start"]), offset(span["end"]))
        self._html_blocks()
        return Markdown(
            tuple(self.blocks), mask(self.text, self.pieces), tuple(sorted(self.links)), tuple(sorted(self.strong)),
            tuple(sorted(self.code)), tuple(sorted(self.comments)), tuple(self.breaks),
        )  # fmt: skip

    def _html_blocks(self) -> None:
        """Take the text between the tags of each HTML block for prose, and its comments for comments."""
        for block in self.blocks:
            if block.kind == "html":
                source = self.text[block.start : block.end]
                self.pieces.append((block.start, without_tags(source)))
                self.comments += (Span(block.start + start, block.start + end) for start, end in comments(source))

    def _event(self, event: Any, start: int, end: int) -> None:
        if isinstance(event, str):
            if event == "HardBreak":
                self.breaks.append(start)
            return
        ((kind, value),) = event.items()
        if kind == "Start":
            self._start(value, start, end)
        elif kind == "End":
            self._end(value if isinstance(value, str) else next(iter(value)))
        else:
            self._inline(kind, value, start, end)

    def _start(self, tag: Any, start: int, end: int) -> None:
        name: str
        data: Any
        name, data = (tag, None) if isinstance(tag, str) else next(iter(tag.items()))
        if name in _TEXT_BLOCKS:
            self._close_implicit()
            level = int(data["level"][1]) if name == "Heading" else 0
            header = bool(self.open) and self.blocks[self.open[-1]].header
            self._push(Block(_TEXT_BLOCKS[name], start, end, self._parent(), level, header=header))
        elif name in _CONTAINERS:
            self._close_implicit()
            ordered = name == "List" and data is not None
            self._push(
                Block(_CONTAINERS[name], start, end, self._parent(), header=name == "TableHead", ordered=ordered)
            )
        elif name in ("CodeBlock", "MetadataBlock"):
            self._close_implicit()
            self._push(Block("code" if name == "CodeBlock" else "metadata", start, end, self._parent()))
            self.verbatim += 1
        elif name == "HtmlBlock":
            self._close_implicit()
            self._push(Block("html", start, end, self._parent()))
        else:
            self._start_inline(name, data, start, end)

    def _start_inline(self, name: str, data: Any, start: int, end: int) -> None:
        self._leaf(start, end)
        if name in ("Link", "Image"):
            self.links.append(Link(start, end, data["dest_url"], name == "Image"))
            self.in_image += name == "Image"
        elif name == "Strong":
            self.strong.append(Span(start, end))

    def _end(self, name: str) -> None:
        if name == "Image":
            self.in_image -= 1
        elif name in ("CodeBlock", "MetadataBlock"):
            self.verbatim -= 1
            self.open.pop()
        elif name in _TEXT_BLOCKS or name in _CONTAINERS or name == "HtmlBlock":
            self._close_implicit()
            self.open.pop()

    def _inline(self, kind: str, value: Any, start: int, end: int) -> None:
        if self.verbatim:
            return
        if kind == "TaskListMarker":
            self._check(bool(value))
            return
        self._leaf(start, end)
        if kind == "Text" and not self.in_image:
            source = self.text[start:end]
            self.pieces.append((start, source if value == source else decoded(value, source)))
        elif kind in ("Code", "InlineMath", "DisplayMath"):
            self.code.append(Span(start, end))
        elif kind == "InlineHtml":
            self._inline_html(start, end)

    def _inline_html(self, start: int, end: int) -> None:
        source = self.text[start:end]
        if source.startswith("<!--"):
            self.comments.append(Span(start, end))
        elif _BREAK.match(source):
            self.breaks.append(start)

    def _check(self, done: bool) -> None:
        for index in reversed(self.open):
            if self.blocks[index].kind == "item":
                self.blocks[index] = self.blocks[index]._replace(checked=done)
                return

    def _parent(self) -> int:
        return self.open[-1] if self.open else -1

    def _push(self, block: Block) -> None:
        self.open.append(len(self.blocks))
        self.blocks.append(block)

    def _leaf(self, start: int, end: int) -> None:
        """Give text that stands in a tight list item a paragraph of its own, and let it grow."""
        if self.open and self.blocks[self.open[-1]].kind in LEAVES:
            if self.implicit:
                index = self.open[-1]
                self.blocks[index] = self.blocks[index]._replace(end=max(end, self.blocks[index].end))
            return
        self._push(Block("paragraph", start, end, self._parent()))
        self.implicit = True

    def _close_implicit(self) -> None:
        if self.implicit:
            self.open.pop()
            self.implicit = False
