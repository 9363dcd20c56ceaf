"""What a run found, and the formats it can be printed in: one module of this folder for each.

A format is a module with `render(run, options)`, which yields the lines to print, without line ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # the parser of the command line only wants to know the formats
    from blamecheck.discovery import Failure
    from blamecheck.finding import Finding, Severity
    from blamecheck.rulebook import Rule
    from blamecheck.settings import FailOn


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of one run: what was checked, by which rules (their ids), and what came of it.

    `documents` are the paths that were checked; a path in `failures` was not, so it is no pass. `fail_on` is
    the severity from which on a document fails. `notices` are what should be known about the run besides;
    `catalogue` has what is known of the rules; `root` is the top folder of the repository, without which paths
    are printed as they are.
    """

    findings: tuple[Finding, ...]
    documents: tuple[str, ...]
    failures: tuple[Failure, ...]
    rules: frozenset[str]
    version: str
    fail_on: Mapping[str, FailOn] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    catalogue: tuple[Rule, ...] = ()
    root: str = ""

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nothing suppresses."""
        return tuple(finding for finding in self.findings if not finding.suppressed)

    @property
    def suppressed(self) -> int:
        """How many findings are hidden by a comment, a baseline or the like."""
        return len(self.findings) - len(self.open)

    def count(self, severity: Severity) -> int:
        """How many open findings have a severity."""
        return sum(finding.severity == severity for finding in self.open)


@dataclass(frozen=True, slots=True)
class Options:
    """How to print: with colours, how many columns a line may take, without the summary, with the evidence."""

    color: bool = False
    width: int = 120
    quiet: bool = False
    evidence: bool = False


Render = Callable[[Run, Options], Iterator[str]]


def formats() -> list[str]:
    """The names of the formats, in order: the modules of this folder that people may ask for."""
    modules = (path.stem for path in Path(__file__).parent.glob("*.py"))
    return sorted(name for name in modules if not name.startswith("_"))


def renderer(name: str) -> Render:
    """The `render` of a format; raise ModuleNotFoundError when there is none of this name."""
    return cast(Render, import_module(f"{__name__}.{name}").render)
