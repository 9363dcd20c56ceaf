"""What is made of the data files, kept from one run to the next: reading YAML takes longer than a document does.

It is JSON, so that it can run no code, and belongs to one state of the installation: when any file of the
package or its rules changes, it is made anew. What is damaged counts for nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from blamecheck import __version__
from blamecheck import cache as folder

_STATES = 4
"""How many states of installations are kept; a machine may have some versions in turn."""


@dataclass
class _Store:
    """What is kept, by name, and whether there is something new."""

    entry: str
    data: dict[str, Any]
    changed: bool = False


def keep(name: str, make: Callable[[], Any], *, new: bool = True) -> Any:
    """What is kept under a name, or what `make` gives, as JSON would have it; that is kept too if it is `new`."""
    store = _store()
    if name not in store.data:
        made = json.loads(json.dumps(make()))
        if not new:
            return made
        store.data[name], store.changed = made, True
    return store.data[name]


def save() -> None:
    """Write what is new, for the next run; do nothing if that cannot be done."""
    store = _store()
    if not store.changed:
        return
    body = json.dumps(store.data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    folder.write(store.entry, _digest(body) + b"\n" + body)
    folder.forget("data/*.json", _STATES)
    store.changed = False


@cache
def _store() -> _Store:
    entry = f"data/{_state()}.json"
    digest, _, body = (folder.read(entry) or b"").partition(b"\n")
    if not body or digest != _digest(body):
        return _Store(entry, {})
    return _Store(entry, json.loads(body.decode("utf-8", "surrogatepass")))


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _state() -> str:
    """A digest of the names, sizes and times of all files of the package and its rules."""
    package = Path(__file__).resolve().parent
    state = hashlib.sha256(f"{__version__} {unicodedata.unidata_version} {package}".encode("utf-8", "surrogatepass"))
    for root in (package, package.parent / "rules"):
        for line in sorted(_files(root)):
            state.update(line.encode("utf-8", "surrogatepass"))
    return state.hexdigest()[:32]


def _files(root: Path) -> Iterator[str]:
    for place, folders, names in os.walk(root):
        folders[:] = [one for one in folders if one != "__pycache__"]
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118 - some hundred at each start
            found = os.stat(path)  # noqa: PTH116
            yield f"{path} {found.st_size} {found.st_mtime_ns}\n"
