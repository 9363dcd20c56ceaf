"""The report in JUnit's XML, which most build servers show: a suite for each document, a case for each finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from blamecheck.finding import Finding, Severity
from blamecheck.report import Options, Run
from blamecheck.safe import one_line, plain


def render(run: Run, options: Options) -> Iterator[str]:  # noqa: ARG001 - formats share one signature
    """The lines of one XML document. A clean document is a case that passes; infos pass and are printed."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in run.open:
        found[finding.path].append(finding)
    failures = [one for one in run.open if one.severity is not Severity.INFO]
    cases = sum(max(len(found[path]), 1) for path in run.documents) + len(run.failures)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (f'<testsuites name="blamecheck" tests="{cases}" failures="{len(failures)}" errors="{len(run.failures)}">')
    for path in run.documents:
        yield from _suite(path, found[path])
    for path, message in run.failures:
        yield f'  <testsuite name={_quoted(path or "blamecheck")} tests="1" failures="0" errors="1">'
        yield f'    <testcase name="can be checked" classname={_quoted(path or "blamecheck")}>'
        yield f"      <error message={_quoted(message)}/>"
        yield "    </testcase>"
        yield "  </testsuite>"
    yield "</testsuites>"


def _suite(path: str, findings: list[Finding]) -> Iterator[str]:
    failures = sum(finding.severity is not Severity.INFO for finding in findings)
    yield (f'  <testsuite name={_quoted(path)} tests="{max(len(findings), 1)}" failures="{failures}" errors="0">')
    for finding in findings:
        yield from _case(finding)
    if not findings:
        yield f'    <testcase name="is clean" classname={_quoted(path)}/>'
    yield "  </testsuite>"


def _case(finding: Finding) -> Iterator[str]:
    name = f"{finding.rule} {finding.name} on line {finding.line}"
    path = _quoted(finding.path)
    yield f'    <testcase name={_quoted(name)} classname={path} file={path} line="{finding.line}">'
    if finding.severity is Severity.INFO:
        yield f"      <system-out>{_text(finding)}</system-out>"
    else:
        yield (
            f"      <failure type={_quoted(finding.rule)} message={_quoted(finding.message)}>{_text(finding)}</failure>"
        )
    yield "    </testcase>"


def _text(finding: Finding) -> str:
    parts = (f"{finding.path}:{finding.line}:{finding.column}", finding.message, finding.suggestion, finding.url)
    return escape(_legal(" ".join(part for part in parts if part)))


def _quoted(text: str) -> str:
    return quoteattr(_legal(text))


def _legal(text: str) -> str:
    """Text that XML may hold: no control characters, no halves of characters."""
    return plain(one_line(text)).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd").replace("##[", "## [")
