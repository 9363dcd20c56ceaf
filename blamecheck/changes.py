"""What a change touched: only findings on its lines count, and those about a document it touched."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from blamecheck import diff, git
from blamecheck.finding import Finding
from blamecheck.source import Source

_SECONDS = 120.0  # for git to compare a large repository
_LONE_RETURN = re.compile(r"\r(?!\n)")
# No setting of the user and no .gitattributes of the repository may change what a diff says.
_DIFF = (
    "diff",
    "--unified=0",
    "--inter-hunk-context=0",
    "--text",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--ignore-submodules=all",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--find-renames",
    "--diff-filter=ACMRT",
)


class ChangesError(Exception):
    """A change that cannot be found out; the message says why."""


@dataclass(frozen=True)
class Changes:
    """The changed lines of each changed file; None stands for all lines. Keys are absolute paths.

    `notice` says what was not as asked for, such as whole files for want of a common ancestor.
    """

    lines: Mapping[str, frozenset[int] | None] = field(repr=False)
    notice: str = ""

    def touches(self, path: str) -> bool:
        """Whether a file was changed or added."""
        return self._file(path) is not None

    def keep(self, findings: Iterable[Finding], source: Source) -> list[Finding]:
        """The findings that count: about the whole of a changed document, or with a changed line in their span.

        A lone carriage return ends a line for blamecheck but not for git: such a document is kept whole.
        """
        key = self._file(source.path)
        if key is None:
            return []
        lines = self.lines[key]
        if lines is None or _LONE_RETURN.search(source.text):
            return list(findings)
        return [one for one in findings if one.scope == "document" or not lines.isdisjoint(_span(one))]

    def _file(self, path: str) -> str | None:
        """The changed file that a path names, by itself or as a link to it."""
        return next((key for key in (_key(path), _key(os.path.realpath(path))) if key in self.lines), None)

    def whole(self) -> Changes:
        """The same files, with all of their lines."""
        return Changes(dict.fromkeys(self.lines), self.notice)


def since(ref: str, folder: str = ".") -> Changes:
    """What is new in the files on disk since the common ancestor with a commit; raise ChangesError."""
    root = _root(folder, f"--changed-since {ref}")
    if git.ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}") is None:
        raise ChangesError(f'no commit "{ref}" in this clone; if it is shallow, fetch more history')
    base = git.ask(root, "merge-base", "--end-of-options", ref, "HEAD")
    untracked = dict.fromkeys(_untracked(root))
    if base is None:
        notice = f'no common ancestor of "{ref}" and HEAD in this clone: changed files are checked whole'
        return Changes({**dict.fromkeys(_differing(root, ref)), **untracked}, notice)
    text = git.ask(root, *_DIFF, base.decode().strip(), "--", seconds=_SECONDS)
    if text is None:
        raise ChangesError(f'git cannot compare with "{ref}"')
    changed = {_inside(root, diff.without_prefix(one.name)): one.lines for one in diff.parse(text)}
    return Changes({**changed, **untracked})


def of_diff(text: bytes, folder: str = ".") -> Changes:
    """What a unified diff changes; raise ChangesError.

    Names are taken as relative to the repository's root, as git writes them, else to the folder.
    """
    try:
        files = diff.parse(text)
    except diff.DiffError as error:
        raise ChangesError(str(error)) from error
    places = [place for place in (git.root(folder), os.path.realpath(folder)) if place]
    return Changes({_existing(places, one.name): one.lines for one in files})


def _span(finding: Finding) -> range:
    """The lines of a finding; its end is exclusive, so an end before the first column is on the line above."""
    last = finding.end_line - (finding.end_column == 1 and finding.end_line > finding.line)
    return range(finding.line, last + 1)


def _root(folder: str, purpose: str) -> str:
    root = git.root(folder)
    if root is None:
        raise ChangesError(f"{purpose} needs git and a git repository")
    return root


def _untracked(root: str) -> Iterable[str]:
    """The files that git does not know and does not ignore: all of their lines are new."""
    names = git.ask(root, "ls-files", "-z", "--others", "--exclude-standard", seconds=_SECONDS) or b""
    return (_inside(root, name) for name in names.split(b"\0") if name)


def _differing(root: str, ref: str) -> Iterable[str]:
    names = git.ask(root, *_DIFF, "--name-only", "-z", "--end-of-options", ref, "--", seconds=_SECONDS)
    if names is None:
        raise ChangesError(f'git cannot compare with "{ref}"')
    return (_inside(root, name) for name in names.split(b"\0") if name)


def _existing(places: Iterable[str], name: bytes) -> str:
    """The file that a name of a diff means: with or without git's prefix, whichever is there."""
    candidates = [_inside(place, text) for place in places for text in (diff.without_prefix(name), name)]
    return next((path for path in candidates if Path(path).is_file()), candidates[0])


def _inside(root: str, name: bytes) -> str:
    return _key(os.path.join(root, os.fsdecode(name)))  # noqa: PTH118 - a name may be odd, and is only joined


def _key(path: str) -> str:
    """An absolute path whose folder has no links and whose letters are composed, as one of two spellings."""
    folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100 - a document may itself be a link
    return unicodedata.normalize("NFC", os.path.join(os.path.realpath(folder), name))  # noqa: PTH118
