"""Places as other programs count them: paths within the repository, last lines, columns in bytes."""

from __future__ import annotations

import os
from pathlib import PurePath

from blamecheck.finding import Finding


def in_repository(path: str, root: str) -> str:
    """A path relative to the repository's root, with `/`; as it is when outside, or without a root."""
    if not path or not root:
        return path
    folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100 - a document may itself be a link
    try:
        relative = os.path.relpath(os.path.join(os.path.realpath(folder), name), root)  # noqa: PTH118
    except ValueError:  # another drive
        return path
    return path if relative.startswith(os.pardir) else PurePath(relative).as_posix()


def last_line(finding: Finding) -> int:
    """The last line with a part of a finding; its end is exclusive, so it may stand before a line's first column."""
    return finding.end_line - (finding.end_column == 1 and finding.end_line > finding.line)


def byte_columns(finding: Finding) -> tuple[int, int]:
    """First and end column of a finding in UTF-8 bytes, 1-based, the end exclusive."""
    before = finding.source_line[: finding.column - 1]
    start = len(before.encode("utf-8", "surrogatepass")) + 1
    *above, last = finding.excerpt.splitlines(keepends=True) or [""]
    if last.endswith(("\n", "\r")):
        return start, 1
    length = len(last.encode("utf-8", "surrogatepass"))
    return start, length + 1 if above else start + length
