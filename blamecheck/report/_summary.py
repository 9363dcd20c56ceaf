"""The closing line of the formats for people: what was found, in how much, and what was hidden."""

from __future__ import annotations

from blamecheck.finding import Severity
from blamecheck.report import Run


def summary(run: Run) -> str:
    """Such as `Found 3 errors, 2 warnings in 2 of 4 documents (1 suppressed).`"""
    parts = [_opening(run)]
    if failed := sum(bool(failure.path) for failure in run.failures):
        parts.append(f"; {counted(failed, 'path')} could not be checked")
    if run.suppressed:
        parts.append(f" ({run.suppressed} suppressed)")
    return "".join(parts) + "."


def counted(number: int, noun: str) -> str:
    """Such as `1 document`, `2 documents`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _opening(run: Run) -> str:
    documents = len(run.documents)
    if run.open:
        counts = [(run.count(severity), severity.label) for severity in sorted(Severity, reverse=True)]
        kinds = ", ".join(counted(number, label) for number, label in counts if number)
        touched = len({finding.path for finding in run.open})
        share = f"{touched} of {documents}" if touched < documents else str(documents)
        return f"Found {kinds} in {share} document{'s' * (documents != 1)}"
    if not documents:
        return "Nothing was checked"
    if run.failures:
        return f"Nothing found in {counted(documents, 'document')}"
    return "The document is clean" if documents == 1 else f"All {documents} documents are clean"
