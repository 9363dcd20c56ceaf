"""One place, one finding: where several rules see the same blame, the most specific one speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from blamecheck.finding import Finding

MERGED = frozenset({"language", "cause"})
"""The categories whose rules look at the same words; a name stays a finding of its own."""


def merge(findings: Iterable[Finding], ranks: Mapping[str, int]) -> list[Finding]:
    """The findings without those that overlap a weightier one of these categories, which then names their rules.

    `ranks` are the ranks of rules by id. The weightier one has the higher severity, then the higher rank, then
    the longer span. The order of what is left is that of `Finding.sort_key`.
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda one: _weight(one, ranks)):
        index = next((n for n, other in enumerate(kept) if _same(finding, other)), None)
        if index is None:
            kept.append(finding)
        elif finding.rule not in (kept[index].rule, *kept[index].merged):
            kept[index] = replace(kept[index], merged=(*kept[index].merged, finding.rule))
    return sorted(kept, key=Finding.sort_key)


def _weight(finding: Finding, ranks: Mapping[str, int]) -> tuple[int, int, int, tuple[str, int, int, str]]:
    span = finding.end - finding.start
    return -finding.severity, -ranks.get(finding.rule, 0), -span, finding.sort_key()


def _same(finding: Finding, other: Finding) -> bool:
    """Whether two findings of these categories are about the same words."""
    both = finding.category in MERGED and other.category in MERGED and finding.rule != other.rule
    return both and finding.path == other.path and finding.start < other.end and other.start < finding.end
