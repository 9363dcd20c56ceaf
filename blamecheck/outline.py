"""Sections: a document cut at its titles, whatever carries them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from blamecheck.labels import label_marks, row_marks
from blamecheck.markdown import Markdown, Span
from blamecheck.marks import Carrier, Mark, foreign_marks, front_matter_marks, heading_marks, html_marks
from blamecheck.sections import SectionNames


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of a document.

    `name` is where its title stands and `body` what is under it. `level` is 1..6 for a heading and
    7 for a label; `parent` is an index into the outline, -1 at the top. `kinds` are the canonical
    kinds that the title means, none for an unknown one. `entry` marks a timestamp used as a heading.
    """

    title: str
    kinds: tuple[str, ...]
    carrier: Carrier
    level: int
    name: Span
    body: Span
    parent: int
    entry: bool = False


def outline(
    text: str, markdown: Markdown, names: SectionNames, title: Span | None, front_matter: Mapping[str, object]
) -> tuple[Section, ...]:
    """The sections of a document in order; the document's own title is one of no kind."""
    marks = sorted(
        _unique(
            [
                *front_matter_marks(text, markdown, names, front_matter),
                *heading_marks(text, markdown, names, title),
                *foreign_marks(text, markdown, names),
                *html_marks(text, markdown, names),
                *label_marks(text, markdown, names),
                *row_marks(markdown, names),
            ]
        )
    )
    return _nest(text, marks)


def _unique(marks: Iterable[Mark]) -> list[Mark]:
    return list({mark.name.start: mark for mark in reversed(list(marks)) if mark.name.end > mark.name.start}.values())


def _nest(text: str, marks: list[Mark]) -> tuple[Section, ...]:
    """Give each title the text down to the next title that is not below it."""
    ends = [mark.limit for mark in marks]
    levels = [mark.level for mark in marks]
    parents = [-1] * len(marks)
    stack: list[int] = []
    for index, mark in enumerate(marks):
        if mark.entry:
            levels[index] = max(
                [mark.level, *(levels[above] + 1 for above in stack if "timeline" in marks[above].kinds)]
            )
        while stack and (levels[stack[-1]] >= levels[index] or ends[stack[-1]] <= mark.name.start):
            top = stack.pop()
            ends[top] = min(ends[top], mark.name.start)
        parents[index] = stack[-1] if stack else -1
        if stack:
            ends[index] = min(ends[index], ends[stack[-1]])
        stack.append(index)
    return tuple(
        Section(
            title=" ".join(text[mark.name.start : mark.name.end].split()),
            kinds=() if _is_item_of_actions(marks, parents, index) else mark.kinds,
            carrier=mark.carrier,
            level=mark.level,
            name=mark.name,
            body=Span(mark.body_start, max(mark.body_start, ends[index])),
            parent=parents[index],
            entry=mark.entry,
        )
        for index, mark in enumerate(marks)
    )


def _is_item_of_actions(marks: list[Mark], parents: list[int], index: int) -> bool:
    """Whether a label belongs to an action, as in "- Detection: add an alert", and is no section."""
    if marks[index].carrier not in ("item", "row"):
        return False
    parent = parents[index]
    while parent >= 0 and not marks[parent].kinds:
        parent = parents[parent]
    return parent >= 0 and marks[parent].kinds[0] == "action_items"
