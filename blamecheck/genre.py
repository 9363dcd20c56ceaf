"""What a document is: one postmortem, several in a file, or something that is none.

Only one postmortem lacks parts. Whatever is not recognised as something else is taken for one: the file was
given to be checked.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import PurePosixPath
from typing import Literal

from blamecheck.document import Document
from blamecheck.outline import Section
from blamecheck.signs import Signs, fold, is_form, left_out, load, speaks_in_general

Genre = Literal["postmortem", "several", "template", "index", "other"]
CORE = frozenset({"root_cause", "action_items", "timeline", "impact", "detection", "summary", "resolution"})

_CLOCK = re.compile(r"(?<![\d.])\d{1,2}(?:[:h]\d{2}|時\d{1,2}分|点\d{1,2}分)(?!\d)")
_DATE = re.compile(
    r"\b(?:19|20)\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?:19|20)\d{2}\b",
    re.IGNORECASE,
)
_BARE_TITLES = frozenset({"postmortems", "post mortems", "incidents", "outages", "incident reports", "retrospectives"})
_DATED_TITLE = re.compile(
    rf"{_DATE.pattern}|\b\d{{1,2}}[-/. ](?:[a-z]{{3,9}}|\d{{1,2}})[-/. ](?:19|20)\d{{2}}\b", re.IGNORECASE
)
_DATED_INCIDENTS = 3
_STORY = 8
"""Sentences of a story; an entry of an index has fewer."""
_LINKED_ENTRIES = 3


def genre(document: Document) -> Genre:
    """What a document is, by its name, its title, and what repeats in it."""
    signs = _signs()
    kinds = {section.kinds[0] for section in document.sections if section.kinds} & CORE
    title = fold(document.text[document.title.start : document.title.end]) if document.title else ""
    told = len(kinds) >= 2 and (len(_CLOCK.findall(document.prose)) >= 2 or bool(_DATE.search(document.prose)))
    if _has_several(document):
        return "several"
    if told:
        return "postmortem"
    if title and speaks_in_general(signs, title):
        return "template" if any(word in title.split() for word in signs.templates) else "other"
    path = PurePosixPath(document.source.path.replace("\\", "/"))
    stem = fold(path.stem)
    if is_form(signs, stem, fold(path.parent.name)):
        return "template"
    if (title in _BARE_TITLES and not _tells_one(document)) or _is_index(document, kinds):
        return "index"
    return "other" if left_out(signs, stem) and len(kinds) < 2 else "postmortem"


@cache
def _signs() -> Signs:
    from blamecheck.rulebook import rules_root

    return load(rules_root())


def _has_several(document: Document) -> bool:
    """Whether siblings repeat: two that each hold the same two core parts, or three dated titles."""
    children: dict[tuple[int, int], list[int]] = {}
    for index, section in enumerate(document.sections):
        if section.carrier in ("heading", "html"):
            children.setdefault((section.parent, section.level), []).append(index)
    held = _held(document.sections)
    for siblings in children.values():
        sections = [document.sections[i] for i in siblings]
        if any(section.kinds and section.kinds[0] in CORE - {"summary"} for section in sections):
            continue
        own = [i for i in siblings if not document.sections[i].kinds and not document.sections[i].entry]
        own = [i for i in own if not _above(document, i)]
        repeated = Counter(kind for i in own for kind in held[i])
        if sum(count >= 2 for count in repeated.values()) >= 2:
            return True
        if sum(bool(_DATE.search(document.sections[i].title)) for i in own) >= _DATED_INCIDENTS:
            return True
    return False


def _held(sections: tuple[Section, ...]) -> list[set[str]]:
    """The core kinds that stand directly or deeper under each section."""
    held: list[set[str]] = [set() for _ in sections]
    for index in range(len(sections) - 1, -1, -1):
        section = sections[index]
        if section.parent >= 0:
            held[section.parent] |= held[index] | (set(section.kinds[:1]) & CORE)
    return held


def _above(document: Document, index: int) -> tuple[str, ...]:
    parent = document.sections[index].parent
    return document.kinds_at(document.sections[parent].name.start) if parent >= 0 else ()


def _tells_one(document: Document) -> bool:
    """Whether a collection holds one incident only so far: a single dated title with a story below it."""
    dated = [section for section in document.sections if section.level > 1 and _DATED_TITLE.search(section.title)]
    return len(dated) == 1 and len(document.sentences_in(dated[0].body)) >= _STORY


def _is_index(document: Document, kinds: set[str]) -> bool:
    """Whether the document is mostly a list of links and tells nothing itself."""
    if kinds or len(document.markdown.links) < _LINKED_ENTRIES:
        return False
    linked = {document.source.position(link.start).line for link in document.markdown.links if not link.image}
    lines = {document.source.position(sentence.start).line for sentence in document.sentences}
    return len(linked) >= _LINKED_ENTRIES and len(lines - linked) <= len(linked)
