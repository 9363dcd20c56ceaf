"""Where a part of a postmortem is told under another name than its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blamecheck.checks import Context
from blamecheck.contents import own_sentences
from blamecheck.document import Document
from blamecheck.markdown import Span
from blamecheck.matching import Pattern
from blamecheck.outline import Section

_SHORT = 6
UNNAMED = "unnamed"
"""Stands for the sections whose title names no kind."""


@dataclass(frozen=True)
class Telling:
    """How a part is told: the sections that may do so, and what their titles and sentences hold.

    A section in `kinds` tells the part when it mainly does; one in `hint_kinds` also when hints are half of
    what it says. `outright` sentences say what the part is for, `hints` may.
    """

    kinds: frozenset[str]
    hint_kinds: frozenset[str]
    outright: tuple[Pattern, ...]
    hints: tuple[Pattern, ...]
    titles: tuple[Pattern, ...]

    def says(self, context: Context, span: Span) -> int:
        """2 for a sentence that says the part outright, 1 for one that may, 0 for others."""
        for weight, patterns in ((2, self.outright), (1, self.hints)):
            awake = (pattern for pattern in patterns if context.may_hold(pattern, span))
            if any(True for pattern in awake for _ in pattern.spans(context.document.prose, span)):
                return weight
        return 0


def section_that_tells(context: Context, telling: Telling) -> Section | None:
    """The first section whose text is mainly the part."""
    candidates = _candidates(context.document, telling)
    return next((section for section in candidates if _mainly(context, section, telling)), None)


def sentence_that_tells(context: Context, telling: Telling) -> Span | None:
    """The first sentence of the story that says the part outright, or else may say so in a section that could."""
    document = context.document
    if not telling.outright:
        return None
    for section in _candidates(document, telling):
        for span in own_sentences(document, section):
            if telling.says(context, span):
                return span
    for span in document.sentences:
        if document.zone(span.start) == "narrative" and telling.says(context, span) == 2:
            return span
    return None


def _candidates(document: Document, telling: Telling) -> Iterator[Section]:
    for section in document.sections:
        kinds = section.kinds[:1] or ((UNNAMED,) if not section.entry and section.name != document.title else ())
        above = set(document.kinds_at(section.name.start)[:1])
        if set(kinds) & telling.kinds and (section.kinds or above <= telling.kinds | {"summary"}):
            yield section


def _mainly(context: Context, section: Section, telling: Telling) -> bool:
    """Whether a section opens with the part, or a third of it says so outright, or half of a short one may."""
    document = context.document
    spans = own_sentences(document, section)
    weights = [telling.says(context, span) for span in spans]
    if len(spans) > 1 and any(True for pattern in telling.titles for _ in pattern.spans(document.prose, section.name)):
        return not section.kinds
    outright = weights.count(2)
    if outright and (weights[0] == 2 or outright * 3 >= len(weights)):
        return bool(section.kinds) or len(weights) > 1
    return _hints_do(section, weights, telling)


def _hints_do(section: Section, weights: Sequence[int], telling: Telling) -> bool:
    said = len(weights) - weights.count(0)
    half = said >= 2 and len(weights) <= min(2 * said, _SHORT)
    return half and bool(section.kinds) and section.kinds[0] in telling.hint_kinds
