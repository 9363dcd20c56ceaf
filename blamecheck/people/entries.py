"""Entries of a timeline: where the time ends and the story of the entry begins."""

from __future__ import annotations

import re
from typing import Literal

from blamecheck.document import Document

Entry = Literal["timed", "listed"]

_TIME = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}T?|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|[~≈+T-]{0,2}\d{1,2}(?:[:.h]\d{2}){1,2}(?:\.\d+)?Z?"
    r"|\d{1,2}\s?(?:am|pm)\b|am\b|pm\b|a\.m\.|p\.m\.|\d{3,4}(?=Z|\s*(?:UTC|hrs?|h)\b)Z?|[+-]\d{2}:?\d{2}\b"
    r"|(?:UTC|GMT|[CEMP][SD]?T|BST|CES?T|IST|JST|AES?T|WEST|WET|EES?T|MSK|SGT|HKT|Z)\b(?:[+-]\d{1,2})?|approx\.?|approximately|about|circa|ca\.?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b\.?|\d{1,2}(?:st|nd|rd|th)?\b|\d{4}\b"
    r"|t[+-]\d+\w*|day \d+|to\b|at\b|on\b|~)"
)
_ENTRY = re.compile(rf"(?:(?>{_TIME})|[\s|*_\[\](){{}}>,.:;–—=-])*+", re.IGNORECASE)
_HAS_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\d\s?[ap]\.?m\b|\d{4}-\d\d-\d\d|\d{4}Z|T?\+\d", re.IGNORECASE)


def opening_end(prose: str, start: int, end: int) -> int:
    """Where the time and the punctuation at the start of a line end; its start when it has no time."""
    match = _ENTRY.match(prose, start, end)
    return match.end() if match and _HAS_TIME.search(match[0]) else start


def entry_at(opening: str, offset: int, document: Document) -> Entry | None:
    """What kind of entry begins at the offset, of which `opening` is what its line has before: none as a rule.

    An entry is timed when its time stands on its line, in the cells before its own, or in the heading that
    it is; it is listed when it only opens a line of the timeline.
    """
    if not _ENTRY.fullmatch(opening):
        return None
    if _HAS_TIME.search(opening):
        return "timed"
    text = document.text
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    if line.lstrip().startswith("|"):
        return "timed" if _HAS_TIME.search(line) and line.count("|") <= 3 else None
    section = document.section_at(offset)
    if section and section.entry:
        return "timed"
    return "listed" if "timeline" in document.kinds_at(offset) else None
