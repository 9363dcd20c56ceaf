"""Findings about the same words become one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from blamecheck.finding import Finding, Severity
from blamecheck.merge import MERGED, merge

RANKS = {"BC201": 2, "BC202": 1, "BC301": 3}


def _finding(path: str, start: int, length: int, rule: str, category: str, severity: Severity) -> Finding:
    return Finding(
        path, start, start + length, 1, start + 1, 1, start + length + 1, rule, rule.lower(), category, severity,
        "message", "suggestion", "x" * length, "line",
    )  # fmt: skip


FINDINGS = st.lists(
    st.builds(
        _finding,
        st.sampled_from(["a.md", "b.md"]),
        st.integers(0, 60),
        st.integers(1, 12),
        st.sampled_from(["BC101", "BC201", "BC202", "BC301", "BC302"]),
        st.sampled_from(["language", "cause", "people"]),
        st.sampled_from(Severity),
    ),
    max_size=40,
)


def _plainly(findings: list[Finding]) -> list[Finding]:
    """The definition: from the weightiest on, each is kept unless it overlaps one that is, which then names it."""
    kept: list[Finding] = []
    weight = {
        id(one): (-one.severity, -RANKS.get(one.rule, 0), one.start - one.end, one.sort_key()) for one in findings
    }
    for one in sorted(findings, key=lambda one: weight[id(one)]):
        over = next((n for n, other in enumerate(kept) if _about_the_same(one, other)), None)
        if over is None:
            kept.append(one)
        elif one.rule not in (kept[over].rule, *kept[over].merged):
            kept[over] = replace(kept[over], merged=(*kept[over].merged, one.rule))
    return sorted(kept, key=Finding.sort_key)


def _about_the_same(one: Finding, other: Finding) -> bool:
    if one.rule == other.rule or one.path != other.path or not MERGED.issuperset({one.category, other.category}):
        return False
    return one.start < other.end and other.start < one.end


@given(FINDINGS)
def test_merging_is_what_its_definition_says(findings: list[Finding]) -> None:
    expected = _plainly(findings)
    assert sorted(map(repr, merge(findings, RANKS))) == sorted(map(repr, expected))


@given(FINDINGS)
def test_what_is_left_is_in_order(findings: list[Finding]) -> None:
    left = merge(findings, RANKS)
    assert left == sorted(left, key=Finding.sort_key)
