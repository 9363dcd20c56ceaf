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

_SHORT = 4
"""Sentences of a section where one hint is a good part of what it says."""
_SHARE = 5
"""In a section whose title names nothing, one sentence in so many has to tell the part."""
UNNAMED = "unnamed"
"""Stands for the sections whose title names no kind."""


@dataclass(frozen=True)
class Telling:
    """How a part is told: the sections that may do so, and what their titles and sentences hold.

    A section in `kinds` tells the part when it mainly does; one in `once_kinds` when a single sentence does so
    outright, one in `hint_kinds` also when it keeps hinting at it. `outright` sentences say what the part is
    for, `hints` may; one of `denials` says that it is not known.
    """

    kinds: frozenset[str]
    once_kinds: frozenset[str]
    hint_kinds: frozenset[str]
    outright: tuple[Pattern, ...]
    hints: tuple[Pattern, ...]
    denials: tuple[Pattern, ...]
    titles: tuple[Pattern, ...]

    def says(self, context: Context, span: Span) -> int:
        """2 for a sentence that says the part outright, 1 for one that may, 0 for others."""
        for weight, patterns in ((0, self.denials), (2, self.outright), (1, self.hints)):
            awake = (pattern for pattern in patterns if context.may_hold(pattern, span))
            if any(True for pattern in awake for _ in pattern.spans(context.document.prose, span)):
                return weight
        return 0


def section_that_tells(context: Context, telling: Telling) -> Section | None:
    """The first section whose text is the part, or enough of it that it can be argued."""
    candidates = _candidates(context.document, telling)
    return next((section for section in candidates if _tells(context, section, telling)), None)


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
    wanted = telling.kinds | telling.once_kinds | telling.hint_kinds
    title = document.title or _only_heading(document)
    for section in document.sections:
        if section.name == title or section.entry:
            continue
        above = set(document.kinds_at(section.name.start)[:1])
        if _kind(section) in wanted and (section.kinds or above <= wanted | {"summary"}):
            yield section


def _kind(section: Section) -> str:
    return section.kinds[0] if section.kinds else UNNAMED


def _only_heading(document: Document) -> Span | None:
    """The one heading of a document, which is its title whatever its level."""
    headings = [section for section in document.sections if section.carrier in ("heading", "html")]
    return headings[0].name if len(headings) == 1 and not headings[0].kinds else None


def _tells(context: Context, section: Section, telling: Telling) -> bool:
    """Whether a section opens with the part, a third of it says so outright, or its kind needs less than that."""
    document, kind = context.document, _kind(section)
    spans = own_sentences(document, section)
    weights = [telling.says(context, span) for span in spans]
    if len(spans) > 1 and any(True for pattern in telling.titles for _ in pattern.spans(document.prose, section.name)):
        return not section.kinds
    outright = weights.count(2)
    if outright and kind in telling.once_kinds:
        return True
    if kind in telling.kinds and outright and (weights[0] == 2 or outright * 3 >= len(weights)):
        return bool(section.kinds) or len(weights) > 1
    return kind in telling.hint_kinds and _hints_do(section, weights)


def _hints_do(section: Section, weights: Sequence[int]) -> bool:
    """Whether two sentences hint at the part, or one of a short section; a share of those under an unknown title."""
    said, length = len(weights) - weights.count(0), len(weights)
    if not section.kinds and (section.carrier not in ("heading", "html") or length < 2 or said * _SHARE < length):
        return False
    return said >= 2 or (said == 1 and length <= _SHORT)
