"""Timelines: the entries of lists, tables, headings and lines, with when each of them is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from blamecheck.clock import DAY, MONTHS, Moment, moment
from blamecheck.document import Document
from blamecheck.labels import rows
from blamecheck.markdown import Block, Span
from blamecheck.marks import is_entry
from blamecheck.outline import Section
from blamecheck.sections import SectionNames

_HEAD = 60
"""A time that leads an entry stands within this many characters."""
_WORDS = re.compile(r"[^\W\d_]{2,}")
_ITEM_MARK = re.compile(r"[ \t*+0-9.)\[\]xX-]*")
_FILLERS = frozenset(MONTHS) | frozenset(
    "utc gmt am pm at on around about approx approximately circa ca from by um gegen vers às as the first early late "
    "roughly date time mon monday tue tues tuesday wed wednesday thu thurs thursday fri friday sat saturday sun sunday "
    "st nd rd th of uhr le el dia em de del".split()
)
_STORY = ("timeline", "what_happened", "resolution", "trigger")
_HALF_DAY_GAP = 8 * 3600
"""A time of a clock of twelve hours is in the afternoon when it follows the one before noon as soon as this."""
_MIDNIGHT_FROM, _MIDNIGHT_TO = 17 * 3600, 11 * 3600


class Entry(NamedTuple):
    """One entry: where its text stands, and when it is; None when it does not say."""

    text: Span
    moment: Moment | None

    @property
    def is_date(self) -> bool:
        """Whether it says a day and no time."""
        return self.moment is not None and self.moment.day is not None and self.moment.time is None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries of one section, as sequences that are each in order of their own."""

    section: Section
    sequences: tuple[tuple[Entry, ...], ...]

    @property
    def entries(self) -> list[Entry]:
        """All entries."""
        return [entry for sequence in self.sequences for entry in sequence]


def timelines(document: Document, names: SectionNames) -> Iterator[Timeline]:
    """The timelines of a document, one for each section that does not stand in another one."""
    end = -1
    for section in document.sections_of("timeline"):
        if section.name.start >= end and section.carrier in ("heading", "html", "label", "line"):
            end = section.body.end
            yield Timeline(section, tuple(filter(None, _sequences(document, names, section))))


def _sequences(document: Document, names: SectionNames, section: Section) -> Iterator[tuple[Entry, ...]]:
    blocks = [one for one in document.blocks_in(section.body) if _belongs(document, one)]
    headings = [Entry(one.name, _moment(document, one.name)) for one in document.sections_in(section.body) if one.entry]
    if len(headings) > 1 and any(one.moment and not one.is_date for one in headings):
        yield tuple(headings)
        return
    lines = list(_lines(document, blocks))
    dates = [one for one in _in_order(*headings, *lines) if one.is_date and _is_alone(document, one)]
    alone = {one.text for one in dates}
    told = [one for one in lines if one.text not in alone]
    found = [*_tables(document, names, blocks), *_lists(document, blocks), told]
    if not any(found):
        yield tuple(_in_order(*headings, *lines))
    for sequence in found:
        yield tuple(_dated(sequence, dates))


def _in_order(*entries: Entry) -> list[Entry]:
    return sorted(entries, key=lambda one: one.text)


def _is_alone(document: Document, entry: Entry) -> bool:
    """Whether a date stands for what is below it, with no words of its own."""
    return is_entry(document.prose[entry.text.start : entry.text.end].strip(" \t\r\n*_:："))


def _dated(sequence: Sequence[Entry], dates: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, those without a date of their own with the one that stands last above them."""
    for entry in sequence:
        above = bisect_left(dates, entry.text, key=lambda one: one.text) - 1
        when, date = entry.moment, dates[above].moment if above >= 0 else None
        if when and date and when.time is not None and when.day is None:
            yield Entry(entry.text, replace(when, day=date.day, sure=when.sure and date.sure))
        else:
            yield entry


def _moment(document: Document, span: Span) -> Moment | None:
    return moment(document.text, span.start, span.end)


def _belongs(document: Document, block: Block) -> bool:
    """Whether a block is of the timeline, and not of a section of another kind below it."""
    return (document.kinds_at(block.start) or ("timeline",))[0] in _STORY


def _tables(document: Document, names: SectionNames, blocks: Sequence[Block]) -> Iterator[tuple[Entry, ...]]:
    """The rows of each table, with their columns of times."""
    tables: dict[int, list[Entry]] = {}
    columns: dict[int, list[int]] = {}
    for parent, cells in rows(tuple(block for block in blocks if block.kind == "cell")).items():
        table = document.blocks[parent].parent
        if cells[0].header:
            kinds = [names.column(document.text[cell.start : cell.end].strip(" |")) for cell in cells]
            columns[table] = [index for index, kind in enumerate(kinds) if kind == "time"] or [0]
        timed = [cells[index] for index in columns.get(table, [0]) if index < len(cells)]
        if cells[0].header and not (timed and moment(document.text, timed[0].start, timed[0].end)):
            continue
        if any(document.text[cell.start : cell.end].strip(" |") for cell in cells) and timed:
            when = _merged([moment(document.text, cell.start, cell.end) for cell in timed])
            tables.setdefault(table, []).append(Entry(Span(cells[0].start, cells[-1].end), when))
    yield from map(tuple, tables.values())


def _merged(moments: Sequence[Moment | None]) -> Moment | None:
    """What several cells say together: the date of one and the time of another."""
    known = [one for one in moments if one]
    first = next((one for one in known if one.time is not None or one.impossible), known[0] if known else None)
    day = next((one.day for one in known if one.day is not None), None)
    if first is None or first.day is not None or day is None:
        return first
    return Moment(first.place, first.time, day, True, first.half, first.relative, first.impossible)


def _lists(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Entry, ...]]:
    """The items of the lists; those of a nested list too when they have times of their own."""
    found: list[Entry] = []
    depth: dict[int, int] = {}
    for block in blocks:
        if block.kind == "paragraph" and block.parent >= 0 and document.blocks[block.parent].kind == "item":
            item = document.blocks[block.parent]
            first = _ITEM_MARK.fullmatch(document.text, item.start, block.start) is not None
            nested = _depth(document, block.parent, depth)
            when = _leading(document, block)
            if first and (nested == 1 or (when and when.time is not None)):
                found.append(Entry(Span(block.start, block.end), when))
    yield tuple(found)


def _depth(document: Document, index: int, known: dict[int, int]) -> int:
    """How many items an item stands in, itself included."""
    if index not in known:
        parent = document.blocks[index].parent
        while parent >= 0 and document.blocks[parent].kind != "item":
            parent = document.blocks[parent].parent
        known[index] = 1 + (_depth(document, parent, known) if parent >= 0 else 0)
    return known[index]


def _lines(document: Document, blocks: Sequence[Block]) -> Iterator[Entry]:
    """The lines outside of lists and tables that a time leads."""
    for block in blocks:
        if block.kind == "paragraph" and block.parent < 0:
            start = block.start
            for line in document.text[block.start : block.end].splitlines(keepends=True):
                span = Span(start, start + len(line))
                start = span.end
                if (when := _leading_in(document, span)) and when.place.start < span.end:
                    yield Entry(span, when)


def _leading(document: Document, block: Block) -> Moment | None:
    """When an item is: by the time that leads it, or else any in it, which then has no say in the order."""
    span = Span(block.start, block.end)
    when = _leading_in(document, span)
    if when is None and (inner := moment(document.text, span.start, span.end)) and not inner.impossible:
        return Moment(inner.place, relative=True)
    return when


def _leading_in(document: Document, span: Span) -> Moment | None:
    end = min(span.end, span.start + _HEAD)
    when = moment(document.text, span.start, end)
    if when is None:
        return None
    before = _WORDS.findall(document.text[span.start : when.place.start].casefold())
    return when if set(before) <= _FILLERS else None


def disorder(sequence: Sequence[Entry]) -> Entry | None:
    """The first entry before the one above it: over midnight once, and by dates where they are given."""
    timed = [(entry, entry.moment) for entry in sequence if entry.moment and not entry.moment.relative]
    clocks = [when.time for _, when in timed if when.time is not None]
    twelve = not any(when.half for _, when in timed) and all(time < 13 * 3600 for time in clocks)
    last, day, wrapped = -1, None, False
    for entry, when in timed:
        if not when.sure or (when.day is not None and day is None and last >= 0) or when.impossible:
            last, day, wrapped = -1, when.day, False
        elif when.day is not None and day is not None and when.day != day:
            if when.day < day and day - when.day < 180:
                return entry
            last, day = -1, when.day
        day = when.day if when.day is not None else day
        if when.time is None:
            continue
        time = when.time
        if time < last and twelve and 0 <= time + DAY // 2 - last <= _HALF_DAY_GAP:
            time += DAY // 2
        elif time < last and not wrapped and when.day is None and last % DAY >= _MIDNIGHT_FROM and time <= _MIDNIGHT_TO:
            wrapped = True
        elif time < last:
            return entry
        last = time
    return None
