"""A progress bar on a terminal, for runs that take long enough to wonder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO, TypeVar

_DELAY = 0.5  # seconds of silence before the bar appears
_PERIOD = 0.1  # seconds between two drawings
_COLUMNS = 24
_ERASE = "\r\x1b[K"

Item = TypeVar("Item")


def track(items: Sequence[Item], stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Iterator[Item]:
    """Yield the items; on a terminal, show how far it is once that takes longer, and erase it at the end."""
    if not stream.isatty():
        yield from items
        return
    due, drawn = clock() + _DELAY, False
    try:
        for done, item in enumerate(items):
            if clock() >= due:
                stream.write(_ERASE + _bar(done, len(items)))
                stream.flush()
                due, drawn = clock() + _PERIOD, True
            yield item
    finally:
        if drawn:
            stream.write(_ERASE)
            stream.flush()


def _bar(done: int, total: int) -> str:
    filled = _COLUMNS * done // total
    return f"[{'=' * filled}{' ' * (_COLUMNS - filled)}] {done} of {total} documents"
