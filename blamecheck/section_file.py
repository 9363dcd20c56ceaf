"""Reading rules/sections.yml, strictly, into the tables that look-up needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from blamecheck.schema import DataError, Lines, nearest, read_yaml
from blamecheck.titles import TOKEN, key

LANGUAGES = ("en", "de", "fr", "es", "pt", "ja", "zh")
COLUMNS = ("action", "owner", "due", "ticket", "state", "priority", "kind", "time", "event", "who")
KINDS = (
    *("root_cause", "trigger", "action_items", "timeline", "impact", "detection", "investigation", "summary"),
    *("resolution", "lessons", "went_well", "went_wrong", "improvements", "lucky", "what_happened"),
    *("conclusion", "roster", "authors", "thanks", "references", "glossary", "background", "contents"),
    *("status", "appendix", "supporting"),
)


@dataclass
class Tables:
    """What SectionNames is made of, while it grows; its documentation says what each table holds."""

    whole: dict[str, str] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    listed: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    counts_as: dict[str, list[str]] = field(default_factory=dict)
    yields: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, name: str, *, language: str = "", inside: bool = True) -> None:
        """Add a name, in place of the same name of another kind; raise ValueError for one without words."""
        compared = " ... ".join(map(key, name.split("..."))) if "..." in name else key(name)
        first = TOKEN.match(compared)
        if not first:
            raise ValueError(f'"{name}" has no words')
        self.whole[compared] = kind
        self.listed.setdefault(kind, {}).setdefault(language, []).append(name)
        if language:
            self.spoken[compared] = f"{self.spoken.get(compared, '')} {language}".strip()
        if inside:
            others = [other for other in self.inside.get(first[0], ()) if other != compared]
            self.inside[first[0]] = sorted([*others, compared], key=len, reverse=True)


def read(path: Path) -> Tables:
    """Read a file of names; raise DataError, a ValueError that begins with file and line.

    Errors are a key that is unknown, missing or repeated, a name that is no text, a name that is there
    twice for a language, and one that stands for two kinds or two columns.
    """
    top = read_yaml(path)
    _known(path, top, ("kinds", "columns"), "the file", complete=True)
    tables = Tables()
    kinds = _known(path, top["kinds"], KINDS, "kinds", complete=True, line=top.lines["kinds"])
    for kind, entry in kinds.items():
        _known(path, entry, ("counts_as", "yields", *LANGUAGES), kind, line=kinds.lines[kind])
        _traits(path, entry, kind, tables)
        for language in LANGUAGES:
            for line, mode, name in _names(path, entry, kind, language):
                _check(path, line, f"{kind}.{language}.{mode}", tables, kind, language, name)
                tables.add(kind, name, language=language, inside=mode == "inside")
    _columns(path, _known(path, top["columns"], COLUMNS, "columns", complete=True, line=top.lines["columns"]), tables)
    return tables


def _known(path: Path, data: Any, keys: tuple[str, ...], what: str, *, complete: bool = False, line: int = 1) -> Lines:
    """The mapping, its keys checked."""
    if not isinstance(data, Lines):
        raise DataError(f"{path}:{line}: {what} should be a mapping")
    for name in data:
        if name not in keys:
            raise DataError(f'{path}:{data.lines[name]}: unknown key "{name}" in {what}{nearest(name, keys)}')
    if complete and (missing := [name for name in keys if name not in data]):
        raise DataError(f'{path}:{data.line}: missing key "{missing[0]}" in {what}')
    return data


def _traits(path: Path, entry: Lines, kind: str, tables: Tables) -> None:
    """Note what a kind counts as, and whether it yields to others."""
    more, yields = entry.get("counts_as", []), entry.get("yields", False)
    if not isinstance(more, list) or not set(more) <= set(KINDS):
        raise DataError(f"{path}:{entry.lines['counts_as']}: {kind}.counts_as should be a list of kinds")
    if not isinstance(yields, bool):
        raise DataError(f"{path}:{entry.lines['yields']}: {kind}.yields should be true or false")
    tables.listed[kind] = {}
    tables.counts_as.update({kind: more} if more else {})
    tables.yields.extend([kind] if yields else [])


def _names(path: Path, entry: Lines, kind: str, language: str) -> Iterator[tuple[int, str, str]]:
    """The line, the mode and the name of each name of a kind in a language."""
    if language in entry:
        where, line = f"{kind}.{language}", entry.lines[language]
        data = _known(path, entry[language], ("inside", "whole"), where, line=line)
        for mode, names in data.items():
            for name in _texts(path, data.lines[mode], f"{where}.{mode}", names):
                yield data.lines[mode], mode, name


def _texts(path: Path, line: int, where: str, names: Any) -> list[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise DataError(f"{path}:{line}: {where} should be a list of names; quote one that YAML reads otherwise")
    return names


def _check(path: Path, line: int, where: str, tables: Tables, kind: str, language: str, name: str) -> None:
    """Raise DataError for a name that is there already."""
    compared = key(name) if "..." not in name else ""
    if not key(name):
        raise DataError(f'{path}:{line}: {where}: "{name}" has no words')
    other = tables.whole.get(compared, kind)
    if other != kind:
        raise DataError(f'{path}:{line}: {where}: "{name}" is a name of {other} already')
    if language in tables.spoken.get(compared, "").split():
        raise DataError(f'{path}:{line}: {where}: "{name}" is there twice (as "{compared}")')


def _columns(path: Path, data: Lines, tables: Tables) -> None:
    for column, entry in data.items():
        for language, names in _known(path, entry, LANGUAGES, column, line=data.lines[column]).items():
            line = entry.lines[language]
            for name in _texts(path, line, f"columns.{column}.{language}", names):
                if tables.columns.setdefault(key(name), column) != column:
                    other = tables.columns[key(name)]
                    raise DataError(f'{path}:{line}: columns.{column}: "{name}" is a name of {other} already')
