"""One printed finding for all mentions of one person in a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from blamecheck.finding import Finding

_LINES_LISTED = 12


class Group(NamedTuple):
    """A finding to print, and the further mentions of the same person, in their order."""

    finding: Finding
    others: tuple[Finding, ...]


def merge(findings: Iterable[Finding]) -> list[Group]:
    """Group the mentions of one person by one rule in one document under the first of them."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        key = (finding.path, finding.rule, finding.severity, finding.person) if finding.person else id(finding)
        groups.setdefault(key, []).append(finding)
    return [Group(first, tuple(others)) for first, *others in groups.values()]


def also(group: Group) -> str:
    """Where else the person is mentioned, such as `also on lines 12, 40`; empty when nowhere."""
    lines = sorted({finding.line for finding in group.others})
    if not lines:
        return ""
    if lines == [group.finding.line]:
        return "also later on this line"
    listed = ", ".join(map(str, lines[:_LINES_LISTED]))
    more = len(lines) - _LINES_LISTED
    return f"also on line{'s' * (len(lines) > 1)} {listed}" + (f" and {more} more" if more > 0 else "")
