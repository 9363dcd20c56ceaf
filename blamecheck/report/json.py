"""The report for programs: version 1 of the JSON contract.

Within version 1, fields are added but never renamed or removed. Every mention is its own finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from blamecheck.finding import Finding, Severity
from blamecheck.report import Options, Run

_COPIED = ("path", "line", "column", "end_line", "end_column", "rule", "name", "category")


def render(run: Run, options: Options) -> Iterator[str]:  # noqa: ARG001 - formats share one signature
    """The lines of one JSON object; plain ASCII, so that no terminal or log can break it."""
    report = {
        "version": 1,
        "tool": {"name": "blamecheck", "version": run.version},
        "summary": _summary(run),
        "findings": [_finding(finding) for finding in run.findings],
        "errors": [failure._asdict() for failure in run.failures],
    }
    # A GitHub runner obeys "##[…]" anywhere in a log line; the escape is the same string to a reader.
    yield from json.dumps(report, indent=2).replace("##[", "#\\u0023[").splitlines()


def _summary(run: Run) -> dict[str, int]:
    return {
        "documents": len(run.documents),
        "rules": len(run.rules),
        "findings": len(run.open),
        "errors": run.count(Severity.ERROR),
        "warnings": run.count(Severity.WARNING),
        "infos": run.count(Severity.INFO),
        "suppressed": run.suppressed,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        **{name: getattr(finding, name) for name in _COPIED},
        "severity": finding.severity.label,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "excerpt": finding.excerpt,
        "evidence": list(finding.evidence),
        "merged": list(finding.merged),
        "scope": finding.scope,
        "url": finding.url,
        "suppressed": finding.suppressed or None,
    }
