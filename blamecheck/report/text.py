"""The report for people: each finding with its source line, the place in it, and a way to rewrite it."""

from __future__ import annotations

from collections.abc import Iterator

from blamecheck.finding import Finding
from blamecheck.report import Options, Run
from blamecheck.report._merge import Group, also, merge
from blamecheck.report._style import dim, paint
from blamecheck.report._summary import summary
from blamecheck.report._width import window
from blamecheck.report.concise import headline
from blamecheck.safe import one_line


def render(run: Run, options: Options) -> Iterator[str]:
    """A block for each finding, with a blank line after it, then the summary."""
    for group in merge(run.open):
        yield headline(group, options)
        yield from _snippet(group.finding, options)
        yield from _notes(group, options)
        yield ""
    if not options.quiet:
        yield summary(run)


def _snippet(finding: Finding, options: Options) -> Iterator[str]:
    """The source line under its number, and carets under the span; a longer span is cut to its first line."""
    number = str(finding.line)
    gutter = " " * len(number)
    end = finding.end_column - 1 if finding.end_line == finding.line else len(finding.source_line)
    columns = max(options.width - len(number) - 3, 20)
    line, carets = window(finding.source_line, finding.column - 1, end, columns)
    bar = dim("|", options.color)
    yield f"{gutter} {bar}"
    yield f"{dim(number, options.color)} {bar} {line}".rstrip()
    blanks = len(carets) - len(carets.lstrip())
    yield f"{gutter} {bar} {' ' * blanks}{paint(carets.strip(), finding.severity, options.color)}"


def _notes(group: Group, options: Options) -> Iterator[str]:
    finding = group.finding
    notes = [("help", one_line(finding.suggestion)), ("note", also(group))]
    if finding.merged:
        notes.append(("note", f"also found by {', '.join(finding.merged)}"))
    if options.evidence:
        notes += [("because", one_line(text)) for text in finding.evidence]
    for kind, text in notes:
        if text:
            yield f"{' ' * len(str(finding.line))} {dim('=', options.color)} {kind}: {text}"
