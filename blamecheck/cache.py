"""A folder of what would be costly to find out again. It may be missing, full or damaged: then nothing is known.

It is the platform's folder for such things, or the one that BLAMECHECK_CACHE_DIR names. What is kept may
be about people, so nobody but the user may read it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

_DAYS = 60
_SECONDS_OF_A_DAY = 86_400


def folder() -> Path | None:
    """Where things are kept; None if this user has no such place. It may not exist yet."""
    if named := os.environ.get("BLAMECHECK_CACHE_DIR"):
        return Path(named).absolute()
    try:
        return _platform_folder() / "blamecheck"
    except RuntimeError:  # no home folder
        return None


def read(name: str) -> bytes | None:
    """What was kept under a name; None if there is nothing."""
    place = folder()
    if place is None:
        return None
    try:
        return (place / name).read_bytes()
    except OSError:
        return None


def write(name: str, data: bytes) -> None:
    """Keep something under a name of one or more parts, in one step; do nothing if that cannot be done."""
    place = folder()
    if place is None:
        return
    target = place / name
    with contextlib.suppress(OSError):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")  # its mode is 0600
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
                file.write(data)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def names(pattern: str) -> list[str]:
    """The names that fit a glob pattern, the one written last first."""
    place = folder()
    if place is None:
        return []
    try:
        return [path.relative_to(place).as_posix() for path in sorted(place.glob(pattern), key=_written, reverse=True)]
    except OSError:
        return []


def forget(pattern: str, keep: int, days: int = _DAYS) -> None:
    """Remove what fits a pattern, but for the `keep` last written of it that are younger than `days`."""
    place, oldest = folder(), time.time() - days * _SECONDS_OF_A_DAY
    for number, name in enumerate(names(pattern)):
        with contextlib.suppress(OSError):
            path = Path(place or "", name)
            if number >= keep or _written(path) < oldest:
                path.unlink()


def _written(path: Path) -> float:
    return path.stat().st_mtime


def _platform_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches"
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".cache"
