"""Titles that are labels: bold ones, plain ones before a colon or alone on a line, and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blamecheck.markdown import Block, Markdown, Span
from blamecheck.marks import LABEL_LEVEL, Carrier, Mark, after_colon, ancestors, is_entry, near, trimmed, within
from blamecheck.sections import SectionNames

_LABEL_LINE = re.compile(r"[^\S\r\n]*((?:\d )?[^\W\d_][^:：\r\n]{1,60}?)[^\S\r\n]*(?:(?<!\d)[:：]|[:：](?!\d))")
_MORE = re.compile(r"[^\s:：]")
_MARKER = re.compile(r"TODO(?:[^\S\r\n]*[:：])[^\S\r\n]*[^\s:：]")
"""A mark of one thing to do, such as `TODO: add the graph`; the list of them has its items below."""
_LABEL_LENGTH = 60
_LABEL_WORDS = 9
"""A longer bold line is a sentence or a question, whatever it mentions."""


def label_marks(text: str, markdown: Markdown, names: SectionNames) -> Iterator[Mark]:
    """The labels of all paragraphs outside of quotations, in order."""
    for index, block in enumerate(markdown.blocks):
        if block.kind != "paragraph" or within(markdown.blocks, block, "quote"):
            continue
        item = next((b for b in ancestors(markdown.blocks, index) if b.kind == "item"), None)
        limit = item.end if item else len(text)
        carrier: Carrier = "item" if item else "label"
        strong = {span.start: span for span in near(markdown.strong, block)}
        for start, end in _lines(text, block):
            bold = strong.get(_text_start(text, start, end))
            mark = (
                _bold_mark(text, markdown, names, block, bold, limit, carrier)
                if bold
                else _plain_mark(markdown, names, block, Span(start, end), limit, "item" if item else "line")
            )
            if mark:
                yield mark


def _bold_mark(
    text: str, markdown: Markdown, names: SectionNames, block: Block, bold: Span, limit: int, carrier: Carrier
) -> Mark | None:
    """A bold label: closed by a colon, or alone in its paragraph."""
    name = trimmed(markdown.prose, bold.start, bold.end)
    title = text[name.start : name.end]
    after = after_colon(text, bold.end)
    alone = not _MORE.search(markdown.prose, bold.end, block.end)
    if not (title.endswith((":", "：")) or after > bold.end or alone) or is_entry(title):
        return None
    name = Span(name.start, name.start + len(title.rstrip(" :：")))
    kinds = _kinds(names, text[name.start : name.end])
    if not kinds and not alone:
        return None
    return Mark(name, after, LABEL_LEVEL, limit, carrier, kinds, False)


def _plain_mark(
    markdown: Markdown, names: SectionNames, block: Block, line: Span, limit: int, carrier: Carrier
) -> Mark | None:
    """A plain label of a known name: closed by a colon, or alone in its paragraph."""
    match = _LABEL_LINE.match(markdown.prose, line.start, line.end)
    if match and _MARKER.match(markdown.prose, match.start(1), line.end):
        return None
    if match:
        name, after = Span(match.start(1), match.end(1)), match.end()
    else:
        if (
            carrier == "item"
            or _MORE.search(markdown.prose, line.end, block.end)
            or line.end - line.start > 3 * _LABEL_LENGTH
        ):
            return None
        name, after = trimmed(markdown.prose, block.start, block.end), block.end
        if name.start < line.start or name.end - name.start > _LABEL_LENGTH:
            return None
    title = markdown.prose[name.start : name.end]
    if not match and (title.endswith((".", "!", ",", ";")) or (title.endswith("?") and not names.is_name(title))):
        return None
    kinds = names.kinds(title) if title and names.is_label(title) else ()
    return Mark(name, after, LABEL_LEVEL, limit, carrier, kinds, False) if kinds else None


def row_marks(markdown: Markdown, names: SectionNames) -> Iterator[Mark]:
    """Rows that open with a known name; a head row only when its other cells are not column names.

    The head row of a list of actions is the title of the whole table.
    """
    for row, cells in rows(markdown.blocks).items():
        if len(cells) < 2:
            continue
        if cells[0].header and (listed := _action_table(markdown, names, row, cells)):
            yield listed
            continue
        name = trimmed(markdown.prose, cells[0].start, cells[0].end)
        title = markdown.prose[name.start : name.end].rstrip(" :：")
        others = [markdown.prose[cell.start : cell.end].strip() for cell in cells[1:]]
        if not title or (cells[0].header and any(names.column(other) for other in others)):
            continue
        kinds = _kinds(names, title)
        if kinds and not is_entry(title):
            name = Span(name.start, name.start + len(title))
            yield Mark(name, cells[1].start, LABEL_LEVEL, cells[-1].end, "row", kinds, False)


def _action_table(markdown: Markdown, names: SectionNames, row: int, cells: list[Block]) -> Mark | None:
    """The mark of a table whose head row says that it lists actions: "Action item", beside who or when."""
    titles = [markdown.prose[cell.start : cell.end].strip().rstrip(" :：") for cell in cells]
    held = {names.column(title) for title in titles}
    named = next((n for n, one in enumerate(titles) if names.kinds(one)[:1] == ("action_items",)), -1)
    if named < 0 and "action" in held and "owner" in held and held & {"due", "ticket", "priority"}:
        named = next(n for n, one in enumerate(titles) if names.column(one) == "action")
    if named < 0 or not held & {"owner", "due", "ticket", "state", "priority"} or "time" in held:
        return None
    table = next((block for block in ancestors(markdown.blocks, row) if block.kind == "table"), None)
    if table is None:
        return None
    name = trimmed(markdown.prose, cells[named].start, cells[named].end)
    name = Span(name.start, name.start + len(titles[named]))
    return Mark(name, cells[-1].end, LABEL_LEVEL, table.end, "row", ("action_items",), False)


def _kinds(names: SectionNames, title: str) -> tuple[str, ...]:
    """What a label that may be a sentence names."""
    return names.kinds(title) if len(title.split()) <= _LABEL_WORDS or names.is_label(title) else ()


def rows(blocks: tuple[Block, ...]) -> dict[int, list[Block]]:
    """The cells of each table row, by the row's index."""
    found: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == "cell":
            found.setdefault(block.parent, []).append(block)
    return found


def columns(text: str, blocks: tuple[Block, ...], names: SectionNames) -> dict[int, str | None]:
    """What the column of each cell is for, by where the cell starts; None for an unknown one and for head rows."""
    found: dict[int, str | None] = {}
    kinds: list[str | None] = []
    for cells in rows(blocks).values():
        if cells[0].header:
            kinds = [names.column(text[cell.start : cell.end].strip(" |")) for cell in cells]
        else:
            found.update({cell.start: kind for cell, kind in zip(cells, kinds, strict=False)})
    return found


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    start = block.start
    for line in text[block.start : block.end].splitlines(keepends=True):
        yield start, start + len(line.rstrip("\r\n"))
        start += len(line)


def _text_start(text: str, start: int, end: int) -> int:
    return start + len(text[start:end]) - len(text[start:end].lstrip())
