"""Unified diffs: which lines of which files are new in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\([0-7]{3}|[abtnvfr"\\])')
_LETTERS = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))
_NOWHERE = b"/dev/null"
_PREFIX = re.compile(rb"[abciow]/(?=.)")


class DiffError(Exception):
    """A text that is no unified diff, or one that cannot be used; the message says why."""


class Changed(NamedTuple):
    """A file after a change: its name as the diff has it, and the new or changed lines, 1-based."""

    name: bytes
    lines: frozenset[int]


def parse(diff: bytes) -> list[Changed]:
    """The files that a diff changes or adds; raise DiffError.

    Deleted files, mere renames and changes of the mode are none. A file that only loses lines is one, without lines.
    """
    files = list(_files(BytesIO(diff)))  # only a line feed ends a line here, as git counts them
    if not files and diff.strip() and not re.search(rb"^(?:diff |--- |index )", diff, re.MULTILINE):
        raise DiffError("is not a unified diff")
    return files


def without_prefix(name: bytes) -> bytes:
    """A name without the `a/`, `b/` or the like that git puts before it."""
    return _PREFIX.sub(b"", name, count=1) if _PREFIX.match(name) else name


def _files(lines: Iterator[bytes]) -> Iterator[Changed]:
    """One file for each header; the counts of the hunks say what is a header, since text may look like one."""
    name, added, header = b"", set[int](), b""
    for line in lines:
        if line.startswith(b"@@@"):
            raise DiffError("is the combined diff of a merge: compare with one parent instead")
        if line.startswith(b"diff --git "):
            yield from _done(name, added)
            name, added, header = b"", set(), line
        elif line.startswith(b"new file mode") and header:
            name = _new_name(header)  # an empty file has no hunk and no +++ line
        elif line.startswith(b"+++ "):
            if not header:  # what diff prints without git
                yield from _done(name, added)
                added = set()
            name, header = _name(line[4:]), b""
        elif hunk := _HUNK.match(line):
            old, start, new = (1 if count is None else int(count) for count in hunk.groups())
            added |= _added(lines, old, start, new)
    yield from _done(name, added)


def _done(name: bytes, added: set[int]) -> Iterator[Changed]:
    if name and name != _NOWHERE:
        yield Changed(name, frozenset(added))


def _added(lines: Iterator[bytes], old: int, start: int, new: int) -> set[int]:
    """The numbers of the `+` lines of a hunk; raise DiffError when it ends too early."""
    added, number = set(), start
    while old > 0 or new > 0:
        line = next(lines, b"")
        if line.startswith(b"+"):
            added.add(number)
            number, new = number + 1, new - 1
        elif line.startswith(b"-"):
            old -= 1
        elif line.startswith(b" ") or line in (b"\n", b"\r\n"):
            number, old, new = number + 1, old - 1, new - 1
        elif not line.startswith(b"\\"):
            raise DiffError("is cut off, or no unified diff")
    return added


def _name(text: bytes) -> bytes:
    """The name after `+++ `: git quotes odd ones, and ends one with a blank by a tab; diff adds a date."""
    text = text.rstrip(b"\r\n")
    return _unquoted(text) if text.startswith(b'"') else text.partition(b"\t")[0]


def _new_name(header: bytes) -> bytes:
    """The second name of `diff --git a/NAME b/NAME`, where both are the same, as in a new file."""
    names = header.removeprefix(b"diff --git ").rstrip(b"\r\n")
    if names.endswith(b'"'):
        return _unquoted(names[names.index(b' "') + 1 :])
    return names[len(names) // 2 + 1 :]


def _unquoted(text: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) if len(code) == 3 else _LETTERS[code[0]]])

    return _ESCAPE.sub(plain, text.removeprefix(b'"').removesuffix(b'"'))
