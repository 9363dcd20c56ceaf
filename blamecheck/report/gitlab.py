"""The report for GitLab's merge requests: a Code Quality artifact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from blamecheck.finding import Finding, Severity
from blamecheck.report import Options, Run
from blamecheck.report._fingerprint import fingerprints
from blamecheck.report._place import in_repository, last_line
from blamecheck.safe import one_line

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run, options: Options) -> Iterator[str]:  # noqa: ARG001 - formats share one signature
    """The lines of one JSON array; what could not be checked is in it as a blocker."""
    entries = [_entry(finding, mark, run.root) for finding, mark in fingerprints(run.open)]
    blockers = [_blocker(path, message, run.root) for path, message in run.failures]
    yield from json.dumps(blockers + entries, indent=2).replace("##[", "#\\u0023[").splitlines()


def _entry(finding: Finding, mark: str, root: str) -> dict[str, Any]:
    return {
        "description": one_line(f"{finding.message} {finding.suggestion}"),
        "check_name": f"{finding.rule} {finding.name}",
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": in_repository(finding.path, root),
            "lines": {"begin": finding.line, "end": last_line(finding)},
        },
    }


def _blocker(path: str, message: str, root: str) -> dict[str, Any]:
    return {
        "description": one_line(f"Could not be checked: {message}"),
        "check_name": "blamecheck",
        "fingerprint": f"{path}: {message}",
        "severity": "blocker",
        "location": {"path": in_repository(path, root) or ".", "lines": {"begin": 1, "end": 1}},
    }
