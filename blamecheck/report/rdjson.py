"""The report for reviewdog: its diagnostic format, rdjson, whose columns count UTF-8 bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from blamecheck.finding import Finding
from blamecheck.report import Options, Run
from blamecheck.report._place import byte_columns
from blamecheck.safe import one_line

_URL = "https://github.com/blamecheck/blamecheck"


def render(run: Run, options: Options) -> Iterator[str]:  # noqa: ARG001 - formats share one signature
    """The lines of one DiagnosticResult. Paths are relative to the working directory, as reviewdog wants them."""
    result = {
        "source": {"name": "blamecheck", "url": _URL},
        "diagnostics": [_failure(path, message) for path, message in run.failures if path]
        + [_diagnostic(finding) for finding in run.open],
    }
    yield from json.dumps(result, indent=2).replace("##[", "#\\u0023[").splitlines()


def _failure(path: str, message: str) -> dict[str, Any]:
    return {"message": one_line(message), "location": {"path": path}, "severity": "ERROR"}


def _diagnostic(finding: Finding) -> dict[str, Any]:
    start, end = byte_columns(finding)
    return {
        "message": one_line(f"{finding.message} {finding.suggestion}"),
        "location": {
            "path": finding.path,
            "range": {
                "start": {"line": finding.line, "column": start},
                "end": {"line": finding.end_line, "column": end},
            },
        },
        "severity": finding.severity.name,
        "code": {"value": f"{finding.rule} {finding.name}", **({"url": finding.url} if finding.url else {})},
    }
