"""What a mapping in a data file may hold, and reading YAML without losing the lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Type = Literal["text", "texts", "flag", "number", "examples", "mapping"]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TYPE_NAMES: dict[Type, str] = {
    "text": "text",
    "texts": "a list of texts",
    "flag": "true or false",
    "number": "a whole number",
    "examples": "a mapping with the lists flag and pass",
    "mapping": "a mapping",
}


class DataError(ValueError):
    """A data file that does not hold what it should; the message begins with file and line."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping: its type, whether it must be there, the values it may take, what it does.

    A mapping may have `keys`, a closed set, or `values`, what each of its values is; a list may be `empty`.
    """

    type: Type
    doc: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    keys: Mapping[str, Key] | None = None
    values: Key | None = None
    empty: bool = False


class Lines(dict[str, Any]):
    """A mapping read from YAML that knows the 1-based line of each key."""

    def __init__(self, values: Mapping[str, Any], lines: Mapping[str, int], line: int) -> None:
        super().__init__(values)
        self.lines, self.line = dict(lines), line


class Items(list[Any]):
    """A list read from a file that knows the 1-based line of each item."""

    def __init__(self, values: Iterable[Any], lines: Iterable[int]) -> None:
        super().__init__(values)
        self.lines = tuple(lines)


def read_yaml(path: Path, *, empty: bool = False) -> Lines:
    """Read a YAML file that holds one mapping; raise DataError for anything else or a repeated key.

    An `empty` file may be one that says nothing.
    """
    from blamecheck.yaml_file import read

    return read(path, empty=empty)


def unreadable(error: OSError | UnicodeDecodeError) -> str:
    """Why a file cannot be read as text."""
    reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "it is not UTF-8"
    return f"cannot be read: {reason}"


def check_keys(path: Path, data: Lines, keys: Mapping[str, Key], what: str, within: str = "") -> None:
    """Raise DataError for an unknown or missing key, or a value of the wrong type; `within` is a key and a dot."""
    for name, value in data.items():
        if name not in keys:
            raise DataError(f'{path}:{data.lines[name]}: unknown key "{name}" in {what}{nearest(name, keys)}')
        _check_value(path, data.lines[name], within + name, value, keys[name])
    for name, key in keys.items():
        if key.required and name not in data:
            raise DataError(f'{path}:{data.line}: missing key "{name}" in {what}')


def nearest(word: str, choices: Iterable[str], where: str = "") -> str:
    """A remark that offers the nearest right word, or all of them when none is near; `where` tells them instead."""
    choices = sorted(choices)
    near = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else f"; {where or 'known are ' + ', '.join(choices)}"


def _check_value(path: Path, line: int, name: str, value: Any, key: Key) -> None:
    where = f'{path}:{line}: key "{name}"'
    if not _fits(value, key.type) and not (key.empty and value == []):
        what = f"one of {', '.join(key.allowed)}" if key.type == "text" and key.allowed else _TYPE_NAMES[key.type]
        raise DataError(f"{where} should be {what}, not {_describe(value)}")
    if key.keys is not None:
        check_keys(path, value, key.keys, f'"{name}"', f"{name}.")
    if key.values is not None:
        for inner, one in value.items():
            _check_value(path, value.lines[inner], f"{name}.{inner}", one, key.values)
    for number, text in enumerate(_texts(value)):
        if isinstance(value, Items):
            where = f'{path}:{value.lines[number]}: key "{name}"'
        if _CONTROL.search(text):
            raise DataError(f"{where} holds a control character; write patterns in single quotes")
        if key.allowed and text not in key.allowed:
            raise DataError(f'{where}: "{text}" is not one of {", ".join(key.allowed)}{_hint(text, key.allowed)}')


def _hint(text: str, allowed: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(text, allowed, n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def _fits(value: Any, kind: Type) -> bool:
    if kind == "text":
        return isinstance(value, str) and bool(value.strip())
    if kind == "texts":
        return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "examples":
        return (
            isinstance(value, dict)
            and set(value) == {"flag", "pass"}
            and all(_fits(v, "texts") for v in value.values())
        )
    return isinstance(value, dict)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _describe(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, list):
        odd = [one for one in value if not isinstance(one, str) or not one]
        return f"a list that holds {_describe(odd[0])}" if odd else "a list" if value else "an empty list"
    if isinstance(value, dict):
        return "a mapping"
    return (f'"{value}"' if value else "an empty text") if isinstance(value, str) else str(value).lower()
