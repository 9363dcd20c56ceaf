"""Annotations for GitHub: workflow commands, which need no token and so work on pull requests from forks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from blamecheck.finding import Finding, Severity
from blamecheck.report import Options, Run
from blamecheck.report._merge import Group, also, merge
from blamecheck.report._place import in_repository, last_line
from blamecheck.safe import one_line

# A step shows 10 of each kind, first come; actions/runner, ExecutionContext.cs, _maxCountPerIssueType.
PER_LEVEL = 10
_TEXT = 700  # characters of a message; the runner cuts the whole silently at 4096 UTF-16 units
_PATHS_LISTED = 5
_PATH = 80  # characters of one of these
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(run: Run, options: Options) -> Iterator[str]:  # noqa: ARG001 - formats share one signature
    """A command for each group of findings, most severe first, at most ten of a level.

    The last of a full level says how many more there are. What could not be checked comes first.
    """
    groups = merge(run.open)
    for severity in sorted(Severity, reverse=True):
        level = _LEVELS[severity]
        said = list(_said(run, severity))
        yield from (command(level, message, file=path, title="blamecheck") for path, message in said[:PER_LEVEL])
        mine = [group for group in groups if group.finding.severity == severity]
        room = max(PER_LEVEL - len(said), 0)
        rest = mine[room:]
        for index, group in enumerate(mine[:room], start=1):
            yield _annotation(level, group, run, rest if index == room else ())


def command(level: str, message: str, **properties: object) -> str:
    """A workflow command, escaped as the runner reads it; empty properties are left out."""
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value not in ("", None))
    return f"::{level} {given}::{_message(message)}" if given else f"::{level}::{_message(message)}"


def _said(run: Run, severity: Severity) -> Iterator[tuple[str, str]]:
    """What is to be said besides findings: paths and messages."""
    if severity is Severity.ERROR:
        for path, message in run.failures:
            yield in_repository(path, run.root), one_line(f"{path}: {message}" if path else message)
    if severity is Severity.INFO:
        yield from (("", one_line(notice)) for notice in run.notices)


def _annotation(level: str, group: Group, run: Run, rest: Iterable[Group]) -> str:
    finding = group.finding
    more = _more(level, [one.finding for one in rest], run)
    body = [_short(finding.message), _short(finding.suggestion), also(group).capitalize(), more, finding.url]
    return command(
        level,
        "\n".join(text for text in body if text),
        file=in_repository(finding.path, run.root),
        **_place(finding),
        title=f"{finding.rule} {finding.name}",
    )


def _place(finding: Finding) -> dict[str, object]:
    """Lines, and columns on one line only: the runner drops them otherwise."""
    last = last_line(finding)
    lines: dict[str, object] = {"line": finding.line, "endLine": last}
    if last != finding.end_line or last != finding.line:
        return lines
    return {**lines, "col": finding.column, "endColumn": finding.end_column}


def _more(level: str, rest: list[Finding], run: Run) -> str:
    if not rest:
        return ""
    paths = Counter(in_repository(finding.path, run.root) for finding in rest).most_common()
    listed = ", ".join(f"{_short(path, _PATH)} ({number})" for path, number in paths[:_PATHS_LISTED])
    others = f" and {len(paths) - _PATHS_LISTED} more files" if len(paths) > _PATHS_LISTED else ""
    return f"{len(rest)} more {level}s are not shown, since GitHub shows {PER_LEVEL} of a kind: {listed}{others}."


def _short(text: str, characters: int = _TEXT) -> str:
    line = one_line(text)
    return line if len(line) <= characters else f"{line[: characters - 1]}…"


def _message(text: str) -> str:
    broken = text.replace("##[", "## [")  # which the runner obeys anywhere in a line
    return broken.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
