"""The report on one line for each finding, as editors and `grep` like it."""

from __future__ import annotations

from collections.abc import Iterator

from blamecheck.report import Options, Run
from blamecheck.report._merge import Group, also, merge
from blamecheck.report._style import bold, paint
from blamecheck.report._summary import summary
from blamecheck.safe import one_line, plain


def render(run: Run, options: Options) -> Iterator[str]:
    """`path:line:column: severity[ID] name: message` for each finding, then the summary."""
    for group in merge(run.open):
        elsewhere = also(group)
        yield headline(group, options) + (f" ({elsewhere})" if elsewhere else "")
    if not options.quiet:
        yield summary(run)


def headline(group: Group, options: Options) -> str:
    """Where a finding is, how much it weighs, its rule and its message."""
    finding = group.finding
    place = f"{plain(finding.path)}:{finding.line}:{finding.column}"
    rule = paint(f"{finding.severity.label}[{finding.rule}]", finding.severity, options.color)
    return f"{bold(place, options.color)}: {rule} {finding.name}: {one_line(finding.message)}"
