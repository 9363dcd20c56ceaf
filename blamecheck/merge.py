"""One place, one finding: where several rules see the same blame, the most specific one speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from blamecheck.finding import Finding

MERGED = frozenset({"language", "cause"})
"""The categories whose rules look at the same words; a name stays a finding of its own."""


def merge(findings: Iterable[Finding], ranks: Mapping[str, int]) -> list[Finding]:
    """The findings without those that overlap a weightier one of these categories, which then names their rules.

    `ranks` are the ranks of rules by id. The weightier one has the higher severity, then the higher rank, then
    the longer span. The order of what is left is that of `Finding.sort_key`.
    """
    ordered = sorted(findings, key=Finding.sort_key)
    kept = [one for one in ordered if one.category not in MERGED]
    for cluster in _clusters([one for one in ordered if one.category in MERGED]):
        kept += _merged(cluster, ranks) if len(cluster) > 1 else cluster
    return sorted(kept, key=Finding.sort_key)


def _clusters(ordered: Sequence[Finding]) -> Iterator[list[Finding]]:
    """The findings, which are in order, in parts none of which overlaps another.

    A finding does not reach beyond its sentence, so that a part is small however many findings there are.
    """
    cluster: list[Finding] = []
    end = 0
    for finding in ordered:
        if cluster and (finding.path != cluster[0].path or finding.start >= end):
            yield cluster
            cluster, end = [], 0
        cluster.append(finding)
        end = max(end, finding.end)
    if cluster:
        yield cluster


def _merged(cluster: Iterable[Finding], ranks: Mapping[str, int]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(cluster, key=lambda one: _weight(one, ranks)):
        index = next((n for n, other in enumerate(kept) if _same(finding, other)), None)
        if index is None:
            kept.append(finding)
        elif finding.rule not in (kept[index].rule, *kept[index].merged):
            kept[index] = replace(kept[index], merged=(*kept[index].merged, finding.rule))
    return kept


def _weight(finding: Finding, ranks: Mapping[str, int]) -> tuple[int, int, int, tuple[str, int, int, str]]:
    span = finding.end - finding.start
    return -finding.severity, -ranks.get(finding.rule, 0), -span, finding.sort_key()


def _same(finding: Finding, other: Finding) -> bool:
    """Whether two findings of one document, by different rules, are about the same words."""
    return finding.rule != other.rule and finding.start < other.end and other.start < finding.end
