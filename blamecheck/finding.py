"""What a rule reports, stamped by the engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Literal

from blamecheck.source import Source

Scope = Literal["line", "document"]


class Severity(IntEnum):
    """How much a finding weighs; they compare in this order."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word that people and formats use: info, warning or error."""
        return self.name.lower()

    @classmethod
    def of(cls, label: str) -> Severity:
        """The severity of a word; raise KeyError for another word."""
        return cls[label.upper()]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule does not hold.

    Offsets and columns count Unicode code points; lines and columns are 1-based, ends are exclusive.
    `scope` says whether the finding is about its line or about the document as a whole (a missing
    part). `person` is the same text for all mentions of one individual, and empty otherwise.
    `merged` names other rules that saw the same thing. `suppressed` says what hides the finding, and
    is empty when nothing does.
    """

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    name: str
    category: str
    severity: Severity
    message: str
    suggestion: str
    excerpt: str
    source_line: str
    evidence: tuple[str, ...] = ()
    url: str = ""
    scope: Scope = "line"
    person: str = ""
    merged: tuple[str, ...] = ()
    suppressed: str = ""

    def hide(self, reason: str) -> Finding:
        """The same finding, suppressed for a reason such as `ignored by a comment on line 4`."""
        return replace(self, suppressed=reason)

    def sort_key(self) -> tuple[str, int, int, str]:
        """Findings are reported by path, then place, then rule."""
        return self.path, self.start, self.end, self.rule


def locate(source: Source, start: int, end: int) -> dict[str, Any]:
    """The place fields of a finding; raise ValueError for a span that is empty or outside the source.

    A span may be empty only in an empty source: there is nothing else to point at.
    """
    if not 0 <= start <= end <= len(source.text) or (start == end and source.text):
        raise ValueError(f"span {start}..{end} is empty or outside {source.path}")
    first, last = source.position(start), source.position(end)
    return {
        "path": source.path,
        "start": start,
        "end": end,
        "line": first.line,
        "column": first.column,
        "end_line": last.line,
        "end_column": last.column,
        "excerpt": source.text[start:end],
        "source_line": source.line(first.line),
    }
