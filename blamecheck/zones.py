"""Zones: what a place in a document is for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from blamecheck.bylines import bylines
from blamecheck.markdown import Markdown, Span
from blamecheck.outline import Section
from blamecheck.untaken import Untaken

Zone = Literal["narrative", "metadata", "roster", "actions", "thanks", "reference", "code", "quote"]
ZONES: tuple[Zone, ...] = get_args(Zone)

_OF_KIND: dict[str, Zone] = {
    "roster": "roster",
    "authors": "metadata",
    "status": "metadata",
    "action_items": "actions",
    "thanks": "thanks",
    "references": "reference",
    "contents": "reference",
}


class Paint(NamedTuple):
    """A zone laid over a span of the text."""

    start: int
    end: int
    zone: Zone


@dataclass(frozen=True)
class Zones:
    """A partition of the text: the zone from each start to the next."""

    starts: tuple[int, ...] = field(repr=False)
    names: tuple[Zone, ...] = field(repr=False)

    def at(self, offset: int) -> Zone:
        """The zone of an offset."""
        return self.names[bisect_right(self.starts, offset) - 1]


def paint(markdown: Markdown, sections: Sequence[Section], tables: Sequence[Span] = ()) -> Zones:
    """Lay the zones over each other: sections from the outside in, then what stands in the text itself.

    `tables` are those that list actions with their owners, wherever they stand.
    """
    paints = [
        *_sections(sections),
        *(Paint(*span, "actions") for span in tables),
        *(Paint(*span, "metadata") for span in bylines(markdown)),
        *(Paint(b.start, b.end, "quote") for b in markdown.blocks if b.kind == "quote"),
        *(Paint(b.start, b.end, "code") for b in markdown.blocks if b.kind == "code"),
        *(Paint(b.start, b.end, "metadata") for b in markdown.blocks if b.kind == "metadata"),
        *(Paint(span.start, span.end, "code") for span in (*markdown.code, *markdown.comments)),
    ]
    return layered(paints)


def layered(paints: Sequence[Paint]) -> Zones:
    """The zones that are seen when the paints are laid on, the last one on top; narrative where none is."""
    starts = sorted({0, *(p.start for p in paints), *(p.end for p in paints)})
    names: list[Zone] = ["narrative"] * len(starts)
    bare = Untaken(len(starts))
    for one in reversed(paints):
        for place in bare.take(bisect_left(starts, one.start), bisect_left(starts, one.end)):
            names[place] = one.zone
    return Zones(tuple(starts), tuple(names))


def _sections(sections: Sequence[Section]) -> list[Paint]:
    """The zone of each section of a known kind; a narrative one inside another zone is narrative again."""
    return [
        Paint(section.body.start, section.body.end, _OF_KIND.get(section.kinds[0], "narrative"))
        for section in sections
        if section.kinds
    ]
