"""What a team has settled for a document, and which rules are active under it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from blamecheck.finding import Severity
from blamecheck.globs import matches
from blamecheck.people import PeopleSettings
from blamecheck.zones import ZONES, Zone

if TYPE_CHECKING:
    from blamecheck.rulebook import Rulebook
    from blamecheck.sections import SectionNames

FailOn = Literal["error", "warning", "info", "never"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "info", "never")


@dataclass(frozen=True)
class Settings:
    """Everything that can be settled, by default nothing.

    `file` is what they were read from; `folder` is absolute and what the globs are relative to. `severity`
    is by rule id; `rules` are absolute folders. `select`, `include`, `required` and `allow_in` are None when
    not said. `names` are the names of sections when the team has some of its own. `ignores` says whether
    those in documents count. `values` and `origins` say what was said and where, by dotted key; what was
    not said is not there.
    """

    file: str = ""
    folder: str = ""
    profile: str = "default"
    categories: tuple[str, ...] | None = None
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    required: tuple[str, ...] | None = None
    names: SectionNames | None = None
    allow_in: tuple[Zone, ...] | None = None
    people: PeopleSettings = field(default_factory=PeopleSettings)
    rules: tuple[str, ...] = ()
    language: str = "auto"
    fail_on: FailOn = "error"
    ignores: bool = True
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)

    def report_names_in(self, zones: Iterable[Zone] | None) -> frozenset[Zone]:
        """The zones where a rule reports names; `zones` are its own, None when it leaves them to the settings."""
        if self.allow_in is None:
            return frozenset(("narrative",) if zones is None else zones)
        return frozenset(ZONES if zones is None else zones).difference(self.allow_in)


def active(settings: Settings, rulebook: Rulebook, path: str) -> frozenset[str]:
    """The ids of the rules to run over a document at a path; raise UnknownRule for a selector without rules."""
    chosen = _selected(settings, rulebook) | resolve(rulebook, settings.extend_select)
    if settings.required is not None:
        needs = {rule.id: rule.options["requires"] for rule in rulebook.rules if "requires" in rule.options}
        wanted = {rule for rule, kind in needs.items() if kind in settings.required}
        chosen = chosen.difference(needs) | wanted
    ignored = [
        *settings.ignore,
        *(one for glob, more in settings.per_file_ignores.items() if covers(settings, glob, path) for one in more),
    ]
    return chosen - resolve(rulebook, ignored)


def _selected(settings: Settings, rulebook: Rulebook) -> frozenset[str]:
    if settings.select is not None:
        return resolve(rulebook, settings.select)
    if settings.categories is None:
        return rulebook.defaults
    return frozenset(r.id for r in rulebook.rules if r.default and r.category in settings.categories)


def resolve(rulebook: Rulebook, selectors: Iterable[str]) -> frozenset[str]:
    """The ids that any of the selectors stands for; raise UnknownRule for one without rules."""
    return frozenset[str]().union(*(rulebook.resolve(selector) for selector in selectors))


def chosen(settings: Settings, path: str) -> bool | None:
    """Whether the settings take a file for a document; None when they leave that to the file."""
    if excluded(settings, path):
        return False
    if settings.include is None:
        return None
    return any(covers(settings, glob, path) for glob in settings.include)


def excluded(settings: Settings, path: str) -> bool:
    """Whether the settings leave a file out, even one that is named."""
    return any(covers(settings, glob, path) for glob in settings.exclude)


def covers(settings: Settings, glob: str, path: str) -> bool:
    """Whether a glob of the settings covers a path, which is relative to the working directory or absolute."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - Path.resolve follows links, which says another place
    try:
        relative = os.path.relpath(absolute, settings.folder or None)
    except ValueError:  # another drive
        relative = absolute
    return matches(glob, PurePath(relative).as_posix())
