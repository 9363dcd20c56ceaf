"""Reading TOML without losing the lines: tomllib gives the values, a scan of the text where they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from blamecheck.schema import DataError, Items, Lines, unreadable

_TOKEN = re.compile(
    r"(?P<space>[ \t\r]+|\#[^\n]*)|(?P<newline>\n)|(?P<mark>[\[\]{}=,.])"
    r'|(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\')'
    r"|(?P<bare>[^\s\[\]{}=,.\"'#]+)",
    re.DOTALL,
)
_LINE_IN_ERROR = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")

Place = tuple[str | int, ...]


def read_toml(path: Path) -> Lines:
    """Read a TOML file; raise DataError, with its line, when it is none."""
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
        found = _with_lines(values, dict(_Scan(text.replace("\r\n", "\n")).places()), (), 1)
    except tomllib.TOMLDecodeError as error:
        where = _LINE_IN_ERROR.search(str(error))
        line = where[1] if where and where[1] else text.count("\n") + 1
        raise DataError(f"{path}:{line}: {_LINE_IN_ERROR.sub('', str(error)).lower()}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}:1: {unreadable(error)}") from error
    except RecursionError as error:
        raise DataError(f"{path}:1: is nested too deeply") from error
    assert isinstance(found, Lines)  # noqa: S101 - a TOML document is a table
    return found


def _with_lines(value: Any, lines: Mapping[Place, int], at: Place, line: int) -> Any:
    """The value, its tables and arrays knowing their lines."""
    line = lines.get(at, line)
    if isinstance(value, dict):
        inner = {key: _with_lines(one, lines, (*at, key), line) for key, one in value.items()}
        return Lines(inner, {key: lines.get((*at, key), line) for key in value}, line)
    if isinstance(value, list):
        places = [(*at, number) for number in range(len(value))]
        found = [_with_lines(one, lines, place, line) for one, place in zip(value, places, strict=True)]
        return Items(found, [lines.get(place, line) for place in places])
    return value


class _Scan:
    """Walks over the tokens of a text that tomllib has found to be TOML."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            if match.lastgroup != "space":
                self.tokens.append((str(match.lastgroup), match[0], line))
            line += match[0].count("\n")
        self.tokens.append(("end", "", line))
        self.at = 0
        self.tables: dict[Place, int] = {}

    def places(self) -> Iterator[tuple[Place, int]]:
        """The place of each key and item, first mention first, and its line."""
        table: Place = ()
        while self.kind != "end":
            if self.kind == "newline":
                self.at += 1
            elif self.text == "[":
                table = yield from self._header()
            else:
                yield from self._pair(table)

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def text(self) -> str:
        return self.tokens[self.at][1]

    @property
    def line(self) -> int:
        return self.tokens[self.at][2]

    def _header(self) -> Generator[tuple[Place, int], None, Place]:
        """`[a.b]`, or `[[a.b]]`, which begins the next item of an array of tables."""
        line, brackets = self.line, 0
        while self.text == "[":
            brackets, self.at = brackets + 1, self.at + 1
        place = self._keys()
        self.at += brackets
        if brackets > 1:
            self.tables[place] = self.tables.get(place, -1) + 1
            place = (*place, self.tables[place])
        yield from ((place[:depth], line) for depth in range(1, len(place) + 1))
        return place

    def _pair(self, table: Place) -> Iterator[tuple[Place, int]]:
        line, keys = self.line, self._keys()
        yield from (((*table, *keys[:depth]), line) for depth in range(1, len(keys) + 1))
        self.at += 1  # the =
        yield from self._value((*table, *keys))

    def _keys(self) -> Place:
        keys: list[str | int] = []
        while self.kind in ("bare", "string") or self.text == ".":
            if self.text != ".":
                keys.append(_key(self.text))
            self.at += 1
        return tuple(keys)

    def _value(self, place: Place) -> Iterator[tuple[Place, int]]:
        if self.text in ("[", "{"):
            closing, number = {"[": "]", "{": "}"}[self.text], 0
            self.at += 1
            while self.text != closing:
                if self.kind == "newline" or self.text == ",":
                    self.at += 1
                elif closing == "}":
                    yield from self._pair(place)
                else:
                    yield (*place, number), self.line
                    yield from self._value((*place, number))
                    number += 1
            self.at += 1
            return
        while self.kind in ("bare", "string") or self.text == ".":
            self.at += 1


def _key(text: str) -> str:
    """A key without its quotes."""
    if text[0] not in "\"'":
        return text
    return next(iter(tomllib.loads(f"{text} = 0")))
