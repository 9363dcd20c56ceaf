"""Which settings and rules hold for which document: its settings file, and what the command line says over it."""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from blamecheck.config import find
from blamecheck.rulebook import UnknownRule
from blamecheck.schema import DataError
from blamecheck.settings import FailOn, Settings, active, chosen
from blamecheck.settings_file import read, rulebook, with_profile

COMMAND_LINE = "command line"


@dataclass(frozen=True)
class Overrides:
    """What the command line says; it wins over settings files. `config` is a file to use for all documents."""

    config: str | None = None
    files: bool = True
    profile: str | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    ignores: bool = True


def overrides(arguments: Namespace) -> Overrides:
    """What parsed arguments say."""
    select, extend, ignore = (
        tuple(one.strip() for text in texts for one in text.split(",") if one.strip())
        for texts in (arguments.select, arguments.extend_select, arguments.ignore)
    )
    return Overrides(
        config=arguments.config,
        files=not arguments.no_config,
        profile=arguments.profile,
        select=select,
        extend_select=extend,
        ignore=ignore,
        fail_on=arguments.fail_on,
        ignores=not arguments.no_ignores,
    )


class Policies:
    """The settings of each document; a settings file is read once, and each fault is kept once in `failures`."""

    def __init__(self, overrides: Overrides) -> None:
        self.overrides = overrides
        self.failures: dict[str, None] = {}
        self._by_folder: dict[str, Settings | None] = {}
        self._by_file: dict[Path | None, Settings | None] = {}

    def settings(self, path: str) -> Settings | None:
        """What holds for a document; None when its settings cannot be used."""
        folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120 - without following links
        if folder not in self._by_folder:
            self._by_folder[folder] = self._of_folder(Path(folder))
        return self._by_folder[folder]

    def chosen(self, path: str) -> bool | None:
        """Whether the settings take a file for a document; None when they say nothing."""
        settings = self.settings(path)
        return chosen(settings, path) if settings else None

    def active(self, settings: Settings, path: str) -> frozenset[str]:
        """The ids of the rules to run over a document."""
        return active(settings, rulebook(settings.rules), path)

    def _of_folder(self, folder: Path) -> Settings | None:
        try:
            file = self._file(folder)
        except DataError as error:
            self.failures[str(error)] = None
            return None
        if file not in self._by_file:
            self._by_file[file] = self._read(file)
        return self._by_file[file]

    def _file(self, folder: Path) -> Path | None:
        if self.overrides.config is not None:
            return Path(self.overrides.config)
        return find(folder) if self.overrides.files else None

    def _read(self, file: Path | None) -> Settings | None:
        try:
            settings = overridden(Settings() if file is None else read(file), self.overrides)
            self.active(settings, "")
        except (DataError, UnknownRule) as error:
            self.failures[str(error)] = None
            return None
        return settings


def overridden(settings: Settings, overrides: Overrides) -> Settings:
    """The settings under the options of a command line; what an option replaces is gone."""
    changes: dict[str, Any] = {}
    if overrides.profile:
        settings = with_profile(settings, overrides.profile, rulebook(settings.rules))
        changes["profile"] = overrides.profile
    if overrides.select:
        changes |= {"select": overrides.select, "extend_select": (), "ignore": (), "required": None}
    if overrides.extend_select:
        changes["extend_select"] = (*changes.get("extend_select", settings.extend_select), *overrides.extend_select)
    if overrides.ignore:
        changes["ignore"] = (*changes.get("ignore", settings.ignore), *overrides.ignore)
    if overrides.fail_on:
        changes["fail_on"] = overrides.fail_on
    keys = {name: name.replace("_", "-") for name in changes if name != "required"}
    origins = {**settings.origins, **dict.fromkeys(keys.values(), COMMAND_LINE)}
    values = {**settings.values, **{key: changes[name] for name, key in keys.items()}}
    return replace(settings, **changes, ignores=overrides.ignores, origins=origins, values=values)
