"""Compiled patterns, kept from one run to the next: compiling one takes a hundred times as long as loading it.

They are kept as regex itself pickles them, and loaded by an unpickler that can call nothing but regex's
own constructor. What cannot be loaded is compiled anew.
"""

from __future__ import annotations

import hashlib
import io
import marshal
import pickle
import sys
from functools import cache
from typing import Any

import regex

from blamecheck import cache as kept

_NAME = "patterns/" + hashlib.sha256(f"{sys.version} {regex.__version__}".encode()).hexdigest()[:16]
_MOST = 4096
"""More patterns than this are not kept: the shipped rules have some hundreds."""


class _Store:
    """The pickled patterns by flags and text; `fresh` holds those that this run compiled."""

    def __init__(self, known: dict[str, bytes]) -> None:
        self.known = known
        self.fresh: dict[str, bytes] = {}


def compile_once(source: str, flags: int) -> regex.Pattern[str]:
    """The compiled pattern, loaded when it is kept; raise regex.error when it is none."""
    store, key = _store(), f"{int(flags)} {source}"
    try:
        return _load(store.known[key])
    except (KeyError, pickle.UnpicklingError, EOFError, ValueError, TypeError):
        pattern: regex.Pattern[str] = regex.compile(source, flags)
    store.fresh[key] = pickle.dumps(pattern)
    return pattern


def keep() -> None:
    """Keep what this run compiled beside what was kept before; do nothing if that cannot be done."""
    store = _store()
    if store.fresh and len(store.known) + len(store.fresh) <= _MOST:
        kept.write(_NAME, marshal.dumps({**_read(), **store.fresh}))
        kept.forget("patterns/*", keep=4)
        store.fresh = {}


@cache
def _store() -> _Store:
    return _Store(_read())


def _read() -> dict[str, bytes]:
    try:
        known = marshal.loads(kept.read(_NAME) or b"")  # noqa: S302 - it can make plain data only
    except (EOFError, ValueError, TypeError):
        return {}
    return known if isinstance(known, dict) else {}


def _load(data: bytes) -> regex.Pattern[str]:
    pattern = _Unpickler(io.BytesIO(data)).load()
    if not isinstance(pattern, regex.Pattern):
        raise pickle.UnpicklingError("not a pattern")
    return pattern


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module.rpartition(".")[2], name) == ("_regex", "compile"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a pattern")
