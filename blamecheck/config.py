"""Settings files: what they are called, and where they are looked for."""

from __future__ import annotations

import os
from pathlib import Path

from blamecheck.schema import DataError
from blamecheck.toml_lines import read_toml

YAML, TOML, PYPROJECT = ".blamecheck.yml", "blamecheck.toml", "pyproject.toml"
FILES = (YAML, TOML, PYPROJECT)
_MISNAMED = {".blamecheck.yaml": YAML, "blamecheck.yml": YAML, "blamecheck.yaml": YAML, ".blamecheck.toml": TOML}
_ROOTS = (".git", ".hg", ".jj")


class ConfigError(DataError):
    """Settings that cannot be used; the message begins with file and line."""


def find(folder: Path) -> Path | None:
    """The settings file nearest to a folder, upward to the root of its repository; None when there is none.

    Raise ConfigError for two in one folder, and for one whose name is nearly right.
    """
    for place in (folder, *folder.parents):
        found = [place / name for name in FILES if _is_settings(place / name)]
        if len(found) > 1:
            raise ConfigError(f"{shown(found[1])}:1: settings are in {shown(found[0])} too; keep one of the two")
        if found:
            return found[0]
        for wrong, right in _MISNAMED.items():
            if (place / wrong).is_file():
                raise ConfigError(f"{shown(place / wrong)}:1: is not read under this name; rename it to {right}")
        if any((place / root).exists() for root in _ROOTS):
            return None
    return None


def _is_settings(path: Path) -> bool:
    if path.name != PYPROJECT:
        return path.is_file()
    try:
        return "blamecheck" in read_toml(path).get("tool", {}) if "blamecheck" in path.read_text("utf-8") else False
    except OSError:
        return False
    except DataError:
        return "[tool.blamecheck" in path.read_text("utf-8", "replace")


def shown(path: Path) -> Path:
    """A path as messages show it: relative to the working directory where that is possible."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # another drive
        return path
