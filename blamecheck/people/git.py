"""Who works on the repository that holds a document: what git and the repository's own files say.

Nothing that goes wrong here is an error: without git, a repository or commits, nobody is known. The history
of a commit is read once and kept; that of a commit that follows is read from there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from blamecheck import __version__, git
from blamecheck import cache as store
from blamecheck.people import Author
from blamecheck.people.identity import Identity, authors, merge
from blamecheck.people.naming import words_path
from blamecheck.people.owners import files, identities

_SECONDS_TO_READ = 10.0
_HEADS_KEPT = 8
_MOST_BYTES = 10_000_000
_FORMAT = "%aN%x1f%aE%n%cN%x1f%cE%n%(trailers:key=Co-authored-by,valueonly,unfold)"
_SEPARATOR = "\x1f"


class _Repository(NamedTuple):
    """Where a repository is, what HEAD is, and what else decides who is known."""

    root: Path
    common: str
    head: str
    stamp: str

    @property
    def entry(self) -> str:
        """Where in the cache its people are; the names of other heads differ in the end."""
        return f"people/{_digest(self.common)}-{self.head}.json"


def people_of(path: Path) -> tuple[Author, ...]:
    """The people known to the repository that holds a document, sorted; the document need not exist.

    Found from the document's folder, and asked once for each working tree in a run.
    """
    try:
        folder = path.parent.resolve()
        root = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)
    except (OSError, RuntimeError, ValueError):
        return ()
    return _people(root) if root else ()


@cache
def _people(root: Path) -> tuple[Author, ...]:
    repository = _repository(root)
    return merge([*_owners(root), *(_history(repository) if repository else ())])


def _repository(root: Path) -> _Repository | None:
    said = git.ask(root, "rev-parse", "--git-common-dir", "HEAD^{commit}")
    if said is None:
        return None
    *common, head = os.fsdecode(said).removesuffix("\n").split("\n")
    folder = (root / "\n".join(common)).resolve()
    shown = (_content(root / ".mailmap"), _content(folder / "shallow"), _dates())
    return _Repository(root, str(folder), head, _digest(repr(shown)))


def _content(path: Path) -> bytes:
    """What a small file holds; nothing for what is none. Git follows no link to a .mailmap either."""
    try:
        if path.is_symlink() or not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        return b""


@cache
def _dates() -> str:
    """What tells that this program would now read the same history in another way."""
    lists = [words_path(), *sorted((words_path().parent / "lexicons").glob("*.txt"))]
    code = sorted(Path(__file__).parent.glob("*.py"))
    return repr((__version__, [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in (*lists, *code)]))


def _history(repository: _Repository) -> tuple[Author, ...]:
    known = _kept(repository.entry, repository.stamp)
    if known is not None:
        return known
    base, heads = _nearest(repository)
    found, complete = _read(repository, heads)
    known = merge([*base, *found])
    _keep(repository.entry, repository.stamp, known, complete)
    store.forget(f"people/{_digest(repository.common)}-*.json", _HEADS_KEPT)
    return known


def _nearest(repository: _Repository) -> tuple[tuple[Author, ...], list[str]]:
    """The people of a kept commit that HEAD follows, and the commits that are still to be read."""
    for name in store.names(f"people/{_digest(repository.common)}-*.json"):
        head = name.rpartition("-")[2].removesuffix(".json")
        known = _kept(name, repository.stamp, complete=True)
        if (
            known is not None
            and git.ask(repository.root, "merge-base", "--is-ancestor", head, repository.head) is not None
        ):
            return known, [repository.head, f"^{head}"]
    return (), [repository.head]


def _read(repository: _Repository, heads: list[str]) -> tuple[tuple[Author, ...], bool]:
    """The people of the commits, and whether all commits could be read in time."""
    answer = git.ask_lines(
        repository.root, "log", "--encoding=UTF-8", f"--format={_FORMAT}", *heads, "--", seconds=_SECONDS_TO_READ
    )
    lines = [line.decode("utf-8", "replace") for line in answer.lines if line]
    found = [Identity(*line.split(_SEPARATOR, 1)) for line in lines if _SEPARATOR in line]
    trailers = _mapped(repository.root, [line for line in lines if _SEPARATOR not in line])
    found += [one for line in trailers if (one := _contact(line))]
    return authors(found, repository.root.name), answer.complete


def _contact(line: str) -> Identity | None:
    """Who is written as `Robin Ashgrove <robin@example.org>`; None for what is not of that form."""
    name, opening, address = line.strip().rpartition("<")
    if not opening or not address.endswith(">") or ">" in address[:-1]:
        return None
    return Identity(name.strip(), address[:-1])


def _mapped(root: Path, contacts: Iterable[str]) -> Iterator[str]:
    """Contacts as .mailmap has them; git applies it to authors and committers only."""
    whole = sorted(contact for contact in contacts if _contact(contact))
    if whole and (root / ".mailmap").exists():
        said = git.ask(root, "check-mailmap", "--stdin", stdin="".join(f"{one}\n" for one in whole).encode())
        return iter(said.decode("utf-8", "replace").splitlines() if said is not None else whole)
    return iter(whole)


def _owners(root: Path) -> tuple[Author, ...]:
    found = files(root)
    if not found:
        return ()
    name = f"people/{_digest(str(root))}.owners.json"
    stamp = _digest(repr((_dates(), [(str(path), _content(path)) for path in found])))
    known = _kept(name, stamp)
    if known is None:
        known = authors((one for path in found for one in identities(path)), root.name)
        _keep(name, stamp, known)
    return known


def _kept(name: str, stamp: str, complete: bool = False) -> tuple[Author, ...] | None:
    """The people of an entry of the cache; None if it is missing, of another stamp, damaged or not wanted."""
    try:
        data: Any = json.loads(store.read(name) or b"null")
        if data["stamp"] != stamp or (complete and not data["complete"]):
            return None
        known = tuple(Author(person, tuple(logins)) for person, logins in data["authors"])
        return known if all(isinstance(text, str) for one in known for text in (one.name, *one.logins)) else None
    except (ValueError, TypeError, KeyError):
        return None


def _keep(name: str, stamp: str, known: tuple[Author, ...], complete: bool = True) -> None:
    data = {"stamp": stamp, "complete": complete, "authors": known}
    store.write(name, json.dumps(data, separators=(",", ":")).encode())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:24]
