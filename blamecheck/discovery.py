"""Which documents the paths of a command line stand for."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import NamedTuple

from blamecheck import git
from blamecheck.signs import Signs, by_path, by_text

STDIN = "-"
_HEAD_BYTES = 65536
_SIBLINGS = 3


Choose = Callable[[str], bool | None]
"""Whether the settings take a file for a document; None when they leave that to the file."""


class Failure(NamedTuple):
    """A path that could not be checked, and why; the path is empty when it is about the run."""

    path: str
    message: str


@dataclass(frozen=True)
class Found:
    """The documents to lint, each once and in order, and the paths that gave none.

    `empty` are the folders among the failures that can be read and have no documents.
    """

    documents: tuple[str, ...]
    failures: tuple[Failure, ...]
    empty: frozenset[str] = frozenset()


class _Empty(LookupError):  # noqa: N818 - a run that a change narrows takes it for none
    """A folder without documents."""


class _Candidate(NamedTuple):
    path: str
    folder: str
    verdict: bool | None
    settled: bool = False


def find(paths: Iterable[str], signs: Signs, choose: Choose = lambda _: None) -> Found:
    """Turn files and folders into documents.

    A file that is named is a document whatever it holds, unless the settings leave it out. A folder gives
    the Markdown files beneath it that look like postmortems, or that the settings take for such, without
    what git ignores; a folder that gives none is a failure.
    """
    documents: dict[str, str] = {}
    failures: list[Failure] = []
    empty: set[str] = set()
    for path in paths:
        try:
            inside = _documents(path, signs, choose)
        except OSError as error:
            failures.append(Failure(path, reason(error)))
        except LookupError as error:
            failures.append(Failure(path, str(error)))
            empty |= {path} if isinstance(error, _Empty) else set()
        else:
            for document in inside:
                documents.setdefault(os.path.realpath(document), PurePath(document).as_posix())
    return Found(tuple(documents.values()), tuple(failures), frozenset(empty))


def looks(path: str, signs: Signs, choose: Choose = lambda _: None) -> bool | None:
    """What a search of the whole repository would make of a file: a postmortem, none, or as its neighbours are."""
    folder, name = os.path.split(path)
    settled = choose(path)
    return _verdict(path, PurePath(_below_root(folder or "."), name), (), signs) if settled is None else settled


def reason(error: OSError) -> str:
    """Why a path cannot be read, in the words of the operating system."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _documents(path: str, signs: Signs, choose: Choose) -> list[str]:
    """The documents that a path stands for; raise LookupError or OSError when there are none."""
    if path == STDIN:
        return [STDIN]
    if Path(path).is_dir():
        candidates = _in_folder(path, signs, choose)
        alike = _folders_of_postmortems(candidates)
        documents = [c.path for c in candidates if c.verdict or (c.verdict is None and c.folder in alike)]
        if not documents:
            raise _Empty(_nothing(len(candidates), sum(c.settled for c in candidates)))
        return documents
    if not Path(path).exists():
        raise LookupError("no such file or folder")
    return [path]


def _nothing(passed_over: int, settled: int) -> str:
    if not passed_over:
        return "no Markdown files in this folder"
    if settled:
        return f"no postmortems in this folder: the settings leave out {settled} of {passed_over} Markdown files"
    one = passed_over == 1
    files = "1 Markdown file does not look" if one else f"none of {passed_over} Markdown files looks"
    return f"no postmortems in this folder: {files} like one (a file that is named is always checked)"


def _in_folder(folder: str, signs: Signs, choose: Choose) -> list[_Candidate]:
    """The Markdown files of a folder."""
    os.scandir(folder).close()  # git and os.walk keep quiet about a folder that may not be read
    above, names = _listing(folder)
    markdown = [name for name in sorted(names) if _extension(name) in signs.extensions]
    return [_candidate(folder, above, name, signs, choose) for name in markdown]


def _candidate(folder: str, above: Sequence[str], name: str, signs: Signs, choose: Choose) -> _Candidate:
    path = os.path.normpath(Path(folder, name))
    settled = choose(path)
    if settled is not None:
        return _Candidate(path, "", settled, settled=True)
    return _Candidate(path, str(Path(path).parent), _verdict(path, PurePath(name), above, signs))


def _verdict(path: str, name: PurePath, above: Sequence[str], signs: Signs) -> bool | None:
    """Whether a file looks like a postmortem, by its name from where the search began, and by its text."""
    if any(part.startswith(".") for part in name.parts):
        return False
    verdict = by_path(signs, name.parts[:-1], name.stem, above)
    return _by_content(path, signs) if verdict is None else verdict


@cache
def _below_root(folder: str) -> str:
    """A folder relative to the repository's root; outside of a repository its own name."""
    prefix = git.ask(folder, "rev-parse", "--show-prefix")
    return Path(folder).resolve().name if prefix is None else os.fsdecode(prefix.rstrip(b"\n"))


def _by_content(path: str, signs: Signs) -> bool | None:
    try:
        with Path(path).open("rb") as file:
            return by_text(signs, file.read(_HEAD_BYTES).decode("utf-8", "replace"))
    except OSError:
        return True  # it may be one: linting it then says that it cannot be read


def _folders_of_postmortems(candidates: Iterable[_Candidate]) -> frozenset[str]:
    """Folders where most files are postmortems, so that the odd one without a heading is one too."""
    verdicts: dict[str, list[bool]] = defaultdict(list)
    for candidate in candidates:
        if candidate.verdict is not False:
            verdicts[candidate.folder].append(bool(candidate.verdict))
    return frozenset(
        folder for folder, told in verdicts.items() if sum(told) >= _SIBLINGS and 3 * sum(told) >= 2 * len(told)
    )


def _listing(folder: str) -> tuple[tuple[str, ...], Iterable[str]]:
    """The folders above that count as names, and the files beneath, as paths relative to the folder.

    Inside a repository the folders up to its root count, outside only the folder itself: where
    somebody keeps a checkout says nothing about its documents.
    """
    prefix = git.ask(folder, "rev-parse", "--show-prefix")
    if prefix is not None:
        listed = git.ask(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".") or b""
        names = [os.fsdecode(name) for name in listed.split(b"\0") if name]
        above = PurePath(os.fsdecode(prefix.rstrip(b"\n"))).parts
        if names or git.ask(folder, "check-ignore", "-q", ".") is None:
            return above, [name for name in dict.fromkeys(names) if Path(folder, name).is_file()]
        return above, _walk(folder)
    return (Path(folder).resolve().name,), _walk(folder)


def _walk(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        yield from (os.path.relpath(Path(place, name), folder) for name in names if Path(place, name).is_file())


def _extension(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")
