"""The report for code scanning: SARIF 2.1.0 with all that GitHub asks of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from blamecheck.finding import Finding, Severity
from blamecheck.report import Options, Run
from blamecheck.report._fingerprint import fingerprints
from blamecheck.report._place import in_repository
from blamecheck.safe import one_line, plain

if TYPE_CHECKING:
    from blamecheck.rulebook import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_URL = "https://github.com/blamecheck/blamecheck"
_RESULTS = 25_000  # GitHub refuses a run with more; github/docs, sarif-limits
_DESCRIPTION = 1024  # characters, from the same page
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"


def render(run: Run, options: Options) -> Iterator[str]:  # noqa: ARG001 - formats share one signature
    """The lines of one log with one run. What is suppressed is left out, since GitHub would show it.

    `primaryLocationLineHash` is left to GitHub's upload, which computes it from the file.
    """
    kept = sorted(run.open, key=lambda finding: -finding.severity)[:_RESULTS]
    chosen = set(map(id, kept))
    findings = [finding for finding in run.open if id(finding) in chosen]
    rules = _rules(run, findings)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(run.version, rules)},
                "invocations": [_invocation(run)],
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
                "results": [
                    _result(finding, mark, index[finding.rule], run.root) for finding, mark in fingerprints(findings)
                ],
            }
        ],
    }
    yield from json.dumps(log, indent=2).replace("##[", "#\\u0023[").splitlines()


def _driver(version: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "blamecheck",
        "version": version,
        "semanticVersion": version,
        "informationUri": _URL,
        "rules": rules,
    }


def _rules(run: Run, findings: list[Finding]) -> list[dict[str, Any]]:
    """The rules that were used, and those that only a finding knows of."""
    known = {rule.id: _rule(rule) for rule in run.catalogue}
    for finding in findings:
        known.setdefault(finding.rule, _unknown(finding))
    return [known[name] for name in sorted(known)]


def _rule(rule: Rule) -> dict[str, Any]:
    title = _title(rule.name)
    advice = one_line(f"{rule.why} {rule.suggestion}")
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": _short(one_line(rule.why))},
        "help": {"text": advice, "markdown": f"{advice}\n\n[{rule.name}]({rule.url}), after {one_line(rule.source)}."},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["postmortem", rule.category], "problem.severity": _problem(rule.severity)},
    }


def _unknown(finding: Finding) -> dict[str, Any]:
    """A rule of which no more is known than a finding says."""
    text = _short(one_line(finding.message)) or _title(finding.name)
    return {
        "id": finding.rule,
        "name": "".join(word.capitalize() for word in finding.name.split("-")),
        "shortDescription": {"text": _title(finding.name)},
        "fullDescription": {"text": text},
        "help": {"text": one_line(finding.suggestion) or text},
        "helpUri": finding.url or _URL,
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": ["postmortem", finding.category], "problem.severity": _problem(finding.severity)},
    }


def _result(finding: Finding, mark: str, index: int, root: str) -> dict[str, Any]:
    uri = quote(in_repository(finding.path, root).encode("utf-8", "surrogateescape"))
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": one_line(f"{finding.message} {finding.suggestion}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri, "uriBaseId": _ROOT},
                    "region": {
                        "startLine": finding.line,
                        "startColumn": finding.column,
                        "endLine": finding.end_line,
                        "endColumn": finding.end_column,
                        **({"snippet": {"text": plain(finding.excerpt)}} if finding.excerpt else {}),
                    },
                }
            }
        ],
        "partialFingerprints": {"blamecheck/v1": mark},
    }


def _invocation(run: Run) -> dict[str, Any]:
    said = [("error", f"{path}: {message}" if path else message) for path, message in run.failures]
    said += [("note", notice) for notice in run.notices]
    return {
        "executionSuccessful": not run.failures,
        "toolExecutionNotifications": [{"level": level, "message": {"text": one_line(text)}} for level, text in said],
    }


def _title(name: str) -> str:
    return f"{name.replace('-', ' ').capitalize()}."


def _problem(severity: Severity) -> str:
    return "recommendation" if severity is Severity.INFO else severity.label


def _short(text: str) -> str:
    return text if len(text) <= _DESCRIPTION else f"{text[: _DESCRIPTION - 1]}…"
