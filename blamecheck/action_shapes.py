"""How items stand on the page: list items, table rows, headings, sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from blamecheck.document import Document
from blamecheck.labels import rows
from blamecheck.markdown import Block, Span
from blamecheck.marks import trimmed
from blamecheck.outline import Section
from blamecheck.sections import SectionNames

_GROUP = re.compile(r"[:：]\s*$")
_GROUP_WORDS = 6
_NAME_WORDS = 3
_WORD = re.compile(r"[^\W\d_]")
_ATTRIBUTE = re.compile(r"\W*([^\W\d_][^:：\n]{0,24}?)[*_ ]*[:：]")
_NUMBERED = re.compile(r"\s*(?:\d+[.):]|[A-Z]{2,}-?\d+|action(?: item)? \d+)", re.IGNORECASE)
_DONE_TITLE = re.compile(r"\b(?:completed?|done|finished|already)\b", re.IGNORECASE)
_WILL = re.compile(r"\b(?:will|shall|going to|plan(?:s|ning)? to|should|must|need(?:s)? to|to be)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """Where an item stands: `text` says what to do; `cells` holds its other columns by what they are for."""

    text: Span
    whole: Span
    done: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)


def shapes(document: Document, names: SectionNames, section: Section) -> Iterator[Shape]:
    """The items of a section in order; those in sections of another kind below it are left out."""
    blocks = _blocks(document, section)
    found = [*_rows(document, names, blocks), *_items(document, names, blocks)]
    if not found:
        found = list(_headings(document, section)) or list(_sentences(document, section))
    yield from sorted(found, key=lambda shape: shape.whole)


def _blocks(document: Document, section: Section) -> list[tuple[int, Block]]:
    """The blocks under a section with their indexes, without those that belong to another kind."""
    first = bisect_left(document.blocks, section.body.start, key=lambda block: block.start)
    found = []
    for index in range(first, len(document.blocks)):
        block = document.blocks[index]
        if block.start >= section.body.end:
            break
        if "action_items" in (document.kinds_at(block.start) or ("action_items",)):
            found.append((index, block))
    return found


def _rows(document: Document, names: SectionNames, blocks: list[tuple[int, Block]]) -> Iterator[Shape]:
    """The rows of tables that are no head rows and not empty."""
    columns: list[str | None] = []
    mine = tuple(block for _, block in blocks if block.kind == "cell")
    table = -1
    for parent, cells in rows(mine).items():
        row = document.blocks[parent]
        texts = [document.text[cell.start : cell.end].strip(" |") for cell in cells]
        if cells[0].header:
            columns, table = [names.column(text) for text in texts], row.parent
            continue
        if row.parent != table or not any(text.strip() for text in texts):
            continue
        known = dict(zip((column or "" for column in columns), texts, strict=False))
        text = _action_cell(cells, columns)
        yield Shape(trimmed(document.text, text.start, text.end), Span(cells[0].start, cells[-1].end), cells=known)


def _action_cell(cells: list[Block], columns: list[str | None]) -> Block:
    """The cell that says what to do: under such a name, or else the longest of the unnamed ones, or of all."""
    paired = list(zip(cells, columns, strict=False))
    named = [cell for cell, column in paired if column == "action"]
    free = [cell for cell, column in paired if column in (None, "event")] or cells
    return max(named or free, key=lambda cell: cell.end - cell.start)


def _items(document: Document, names: SectionNames, blocks: list[tuple[int, Block]]) -> Iterator[Shape]:
    """The items of lists; an item that only names a group gives way to those below it."""
    inside = {index for index, _ in blocks}
    children: dict[int, list[int]] = {}
    for index, block in blocks:
        children.setdefault(block.parent, []).append(index)
    lists = [index for index, block in blocks if block.kind == "list" and block.parent not in inside]
    for index in lists:
        yield from _list(document, names, children, index)


def _list(document: Document, names: SectionNames, children: dict[int, list[int]], index: int) -> Iterator[Shape]:
    for item in children.get(index, ()):
        block = document.blocks[item]
        inner = children.get(item, [])
        text = next((document.blocks[i] for i in inner if document.blocks[i].kind == "paragraph"), None)
        nested = [i for i in inner if document.blocks[i].kind == "list"]
        if nested and (text is None or _is_group(document, names, children, text, nested)):
            for one in nested:
                yield from _list(document, names, children, one)
        elif text is not None and document.text[text.start : text.end].strip():
            words = trimmed(document.text, text.start, text.end)
            yield Shape(words, Span(text.start, block.end), done=bool(block.checked))


def _is_group(
    document: Document, names: SectionNames, children: dict[int, list[int]], text: Block, nested: list[int]
) -> bool:
    """Whether an item only names a group: it is short, shorter without a colon, and no details stand below."""
    below = [document.blocks[i] for one in nested for i in children.get(one, ())]
    if all(_starts_small(document, block) for block in below):
        return False
    if any(_is_attribute(document, names, block) for block in below):
        return False
    words = document.prose[text.start : text.end]
    return len(below) > 1 and len(words.split()) <= (_GROUP_WORDS if _GROUP.search(words) else _NAME_WORDS)


def _starts_small(document: Document, block: Block) -> bool:
    """Whether an item goes on with a sentence that began above, as one in lower case does."""
    first = _WORD.search(document.prose, block.start, block.end)
    return first is not None and first[0].islower()


def _is_attribute(document: Document, names: SectionNames, block: Block) -> bool:
    match = _ATTRIBUTE.match(document.text, block.start, block.end)
    return bool(match and names.column(match[1].strip("*_ -")))


def _headings(document: Document, section: Section) -> Iterator[Shape]:
    """The sections of no kind directly below: one item each, unless they only name groups of paragraphs."""
    below = [one for one in document.sections_in(section.body) if one.carrier == "heading" and not one.kinds]
    level = min((one.level for one in below), default=0)
    own = [one for one in below if one.level == level]
    if own and (_NUMBERED.match(own[0].title) or len(own) > 1):
        for one in own:
            yield Shape(one.name, Span(one.name.start, one.body.end), done=bool(_DONE_TITLE.search(one.title)))


def _sentences(document: Document, section: Section) -> Iterator[Shape]:
    """The sentences of prose that say what will be done, each with those up to the next such one."""
    first = bisect_left(document.sentences, (section.body.start, 0))
    found: list[Shape] = []
    for number in range(max(0, first - 1), len(document.sentences)):
        sentence = document.sentences[number]
        if sentence.start >= section.body.end:
            break
        start = max(sentence.start, section.body.start)
        words = document.prose[start : sentence.end].strip()
        if start >= sentence.end or not words or document.is_heading(sentence.start):
            continue
        if _WILL.search(words) or not found:
            text = trimmed(document.text, start, sentence.end)
            found.append(Shape(text, text))
        else:
            found[-1] = Shape(found[-1].text, Span(found[-1].whole.start, sentence.end))
    yield from found
