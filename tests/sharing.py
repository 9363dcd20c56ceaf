"""What tests make once for all workers of pytest-xdist."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


def once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of a name, made by the first of the workers that asks for it; the others wait."""
    place, complete = folder / name, folder / f"{name}.complete"
    with FileLock(folder / f"{name}.lock"):
        if not complete.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            make(place)
            complete.touch()
    return place
