"""The report as GitHub's Markdown, for the summary of a job: a table for each document, with excerpts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from blamecheck.finding import Severity
from blamecheck.report import Options, Run
from blamecheck.report._merge import Group, also, merge
from blamecheck.report._place import in_repository
from blamecheck.report._summary import counted, summary
from blamecheck.safe import one_line, plain

BYTES = 1_000_000  # a step's summary is refused above 1 MiB; actions/runner, AttachmentSizeLimit
_AROUND = 60  # characters of the line before and after a span
_TEXT = 600  # characters of a message or a suggestion
# Signs of ASCII that Markdown, HTML or GitHub's links know, and the dot that makes a link of www.example.org.
_MEANS_SOMETHING = re.compile(r"[!#&*:<>@\[\\\]^_`{|}~+$]|(?<=www)\.", re.IGNORECASE)
_SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}
_HOW = (
    "<details><summary>How to ignore a finding</summary>",
    "",
    "Put a comment with its rule and a reason on its line, or on the line before:",
    "",
    "```markdown",
    "<!-- blamecheck-ignore BC101 -- why this is right here -->",
    "```",
    "",
    "</details>",
)


def render(run: Run, options: Options) -> Iterator[str]:  # noqa: ARG001 - formats share one signature
    """The summary, a table for each document, and how to ignore. Most severe first when there is too much."""
    yield "### blamecheck"
    yield ""
    yield escaped(summary(run))
    for path, message in run.failures:
        yield from ("", f"❌ {_code(path)} {escaped(message)}" if path else f"❌ {escaped(message)}")
    for notice in run.notices:
        yield from ("", f"ℹ️ {escaped(notice)}")
    rows = [(group, _row(group)) for group in merge(run.open)]
    shown, left_out = _fitting(rows)
    yield from _tables(shown, run.root)
    if left_out:
        yield from ("", f"{counted(left_out, 'finding')} more would not fit here.")
    if rows:
        yield from ("", *_HOW)


def escaped(text: str) -> str:
    """Text that Markdown and HTML show as it is: every sign that may mean something is a character reference."""
    return _referenced(one_line(text))


def _referenced(text: str) -> str:
    return _MEANS_SOMETHING.sub(lambda match: f"&#{ord(match[0])};", text)


def _fitting(rows: list[tuple[Group, str]]) -> tuple[list[tuple[Group, str]], int]:
    """The rows that fit into a summary, the most severe ones first served, and how many do not."""
    room = BYTES * 9 // 10  # the rest is for headings and what else is said
    chosen: set[int] = set()
    for number, (_, row) in sorted(enumerate(rows), key=lambda item: -item[1][0].finding.severity):
        room -= len(row.encode("utf-8", "replace")) + 1
        if room < 0:
            break
        chosen.add(number)
    shown = [row for number, row in enumerate(rows) if number in chosen]
    return shown, len(rows) - len(shown)


def _tables(rows: Iterable[tuple[Group, str]], root: str) -> Iterator[str]:
    documents: dict[str, list[str]] = defaultdict(list)
    for group, row in rows:
        documents[group.finding.path].append(row)
    for path, lines in documents.items():
        yield from ("", f"#### {_code(in_repository(path, root))}", "")
        yield from ("| | Line | Rule | Text | Instead |", "|---|---|---|---|---|")
        yield from lines


def _row(group: Group) -> str:
    finding = group.finding
    rule = f"{finding.rule} {finding.name}"
    elsewhere = also(group)
    cells = (
        _SIGNS[finding.severity],
        str(finding.line),
        f"[{rule}]({finding.url})" if finding.url else rule,
        f"{_excerpt(group)}{escaped(finding.message[:_TEXT])}" + (f"<br>{escaped(elsewhere)}" if elsewhere else ""),
        escaped(finding.suggestion[:_TEXT]),
    )
    return f"| {' | '.join(cells)} |"


def _excerpt(group: Group) -> str:
    """The source line around the span, which is bold; of a span over several lines, the part on its first."""
    finding = group.finding
    line, start = finding.source_line, finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    if not line.strip():
        return ""
    before, span, after = line[:start], line[start:end], line[end:]
    before = before if len(before) <= _AROUND else f"…{before[-_AROUND:]}"
    after = after if len(after) <= _AROUND else f"{after[:_AROUND]}…"
    bold = f"<b>{_shown(span[:_TEXT])}</b>" if span.strip() else ""
    return f"<code>{_shown(before)}{bold}{_shown(after)}</code><br>"


def _shown(text: str) -> str:
    """A part of a line, whose outer blanks matter."""
    return _referenced(plain(text.replace("\t", " ")))


def _code(text: str) -> str:
    return f"<code>{escaped(text)}</code>"
