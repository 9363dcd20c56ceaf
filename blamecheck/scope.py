"""Which documents and findings a run is about: what a change touches, and what may be checked at all."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path

from blamecheck.changes import Changes, ChangesError, of_diff, since
from blamecheck.discovery import STDIN, Found, reason

Looks = Callable[[str], bool | None]
"""Whether a file looks like a postmortem; None when its neighbours would decide."""

UNTOUCHED = "no postmortem is part of the change"


def changed(arguments: Namespace) -> Changes | None:
    """The change that the arguments speak of; None when they speak of none. Raise ChangesError."""
    if arguments.changed_since is not None:
        changes = since(arguments.changed_since)
    elif arguments.diff is not None:
        changes = _read(arguments.diff, arguments.paths)
    else:
        return None
    return changes.whole() if arguments.whole_files else changes


def narrow(found: Found, arguments: Namespace, looks: Looks, changes: Changes | None) -> Found:
    """The documents that count. With a change, a folder without any is no failure: there is nothing to check."""
    named = {os.path.realpath(path) for path in arguments.paths if Path(path).is_file()}
    documents = (path for path in found.documents if _taken(path, named, arguments, looks))
    if changes is None:
        return Found(tuple(documents), found.failures, found.empty)
    names = {path: arguments.stdin_filename if path == STDIN else path for path in documents}
    failures = tuple(one for one in found.failures if one.path not in found.empty)
    return Found(tuple(path for path, name in names.items() if changes.touches(name)), failures, found.empty)


def notices(changes: Changes | None, documents: Iterable[str]) -> tuple[str, ...]:
    """What should be said about a change: how it was found out, or that it touches no document."""
    if changes is None:
        return ()
    said = (changes.notice, "" if any(True for _ in documents) else UNTOUCHED)
    return tuple(text for text in said if text)


def _taken(path: str, named: set[str], arguments: Namespace, looks: Looks) -> bool:
    """Whether a document that may have been named is to be checked: what a folder gave is."""
    if path == STDIN or not (arguments.force_exclude or arguments.postmortems_only):
        return True
    if os.path.realpath(path) not in named:
        return True
    verdict = looks(path)
    return bool(verdict) if arguments.postmortems_only else verdict is not False


def _read(file: str, paths: Iterable[str]) -> Changes:
    """The change in a diff file; raise ChangesError."""
    if file == STDIN and STDIN in paths:
        raise ChangesError("--diff - and the document - cannot both be standard input")
    try:
        text = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError as error:
        raise ChangesError(f"{file}: {reason(error)}") from error
    try:
        return of_diff(text)
    except ChangesError as error:
        raise ChangesError(f"{'standard input' if file == STDIN else file}: {error}") from error
