"""Zones: what a place in a document is for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from blamecheck.markdown import Markdown
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


class _Paint(NamedTuple):
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


def paint(markdown: Markdown, sections: Sequence[Section], extra: Sequence[tuple[int, int, Zone]] = ()) -> Zones:
    """Lay the zones over each other: sections from the outside in, then what stands in the text itself."""
    paints = [
        *_sections(sections),
        *(_Paint(*one) for one in extra),
        *(_Paint(b.start, b.end, "quote") for b in markdown.blocks if b.kind == "quote"),
        *(_Paint(b.start, b.end, "code") for b in markdown.blocks if b.kind == "code"),
        *(_Paint(b.start, b.end, "metadata") for b in markdown.blocks if b.kind == "metadata"),
        *(_Paint(span.start, span.end, "code") for span in (*markdown.code, *markdown.comments)),
    ]
    starts = sorted({0, *(p.start for p in paints), *(p.end for p in paints)})
    names: list[Zone] = ["narrative"] * len(starts)
    bare = Untaken(len(starts))
    for one in reversed(paints):
        for place in bare.take(bisect_left(starts, one.start), bisect_left(starts, one.end)):
            names[place] = one.zone
    return Zones(tuple(starts), tuple(names))


def _sections(sections: Sequence[Section]) -> list[_Paint]:
    """The zone of each section of a known kind; a narrative one inside another zone is narrative again."""
    return [
        _Paint(section.body.start, section.body.end, _OF_KIND.get(section.kinds[0], "narrative"))
        for section in sections
        if section.kinds
    ]
