"""What tells that a file of a folder is a postmortem: its path, its title, its sections.

The words live in `rules/discovery.yml`; this module only knows how they are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from blamecheck.kept import keep

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(
    r"^[ \t]*(?:title|subject|type|kind|layout|tags|category|categories)\s*[:=]\s*(.*(?:\n\s*-\s.*)*)",
    re.MULTILINE | re.IGNORECASE,
)
_HEADING = re.compile(
    r"^ {0,3}\#{1,6}[ \t]+(?P<atx>.+)"
    r"|^(?P<setext>[^\s\-=>|].*)\n(?:=+|-+)[ \t]*$"
    r"|<h[1-6][^>\n]{0,200}>(?P<html>.{0,300}?)</h[1-6]>",
    re.MULTILINE | re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[ \t>|*+-]{0,20}(?:\d+[.)][ \t]+)?(?:\*\*|__|<b>|<u>)(.{3,60}?)(?:\*\*|__|</b>|</u>)"
    r"|^[ \t>]*(?:[*+-][ \t]+)?([^\W\d][^:|\n]{2,60}):(?:\s|$)"
    r"|^\|([^|\n]{3,60})\|",
    re.MULTILINE,
)
_CLOCK = re.compile(r"^[ \t>|*+#~-]{0,20}(?:\S{1,20}[ T])?\*{0,2}\d{1,2}[:.h]\d{2}\b", re.MULTILINE)
_MARKER = re.compile(r"^[\s*_]*(?:\d+(?:\.\d+)*[.)]\s+)?(?:\s*:[a-z0-9_+-]+:)*", re.IGNORECASE)
_TITLE_CHARACTERS = 4096
_CLOCK_LINES = 3


@dataclass(frozen=True)
class Signs:
    """The words of `rules/discovery.yml`, folded for comparison."""

    extensions: frozenset[str]
    skipped_folders: frozenset[str]
    left_out_names: frozenset[str]
    templates: tuple[str, ...]
    about: tuple[str, ...]
    about_titles: tuple[str, ...]
    paths: tuple[str, ...]
    titles: tuple[str, ...]
    sections: tuple[tuple[bool, tuple[str, ...]], ...]
    """For each kind of section: whether it is telling, and the names it goes by."""

    @cached_property
    def clock_kind(self) -> int:
        """A number for `lines that start with a time of day`, beside the kinds of section."""
        return len(self.sections)


def load(rules: Path) -> Signs:
    """Read `discovery.yml` of the rules folder."""
    path = rules / "discovery.yml"
    data: dict[str, Any] = keep(f"discovery {path}", lambda: _read(path))
    return Signs(
        extensions=frozenset(data["extensions"]),
        skipped_folders=frozenset(data["skipped_folders"]),
        left_out_names=frozenset(data["left_out_names"]),
        templates=tuple(data["templates"]),
        about=tuple(data["about"]),
        about_titles=tuple(data["about_titles"]),
        paths=tuple(data["paths"]),
        titles=tuple(data["titles"]),
        sections=tuple((telling, tuple(names)) for telling, names in data["sections"]),
    )


def _read(path: Path) -> dict[str, Any]:
    import yaml

    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    sections = [[kind["telling"], _folded(kind["names"])] for kind in data.pop("sections").values()]
    return {name: words if name == "extensions" else _folded(words) for name, words in data.items()} | {
        "sections": sections
    }


def fold(text: str) -> str:
    """Lower case without accents; whatever is neither letter nor digit becomes one blank."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in plain)
    return " ".join("".join(kept).split())


def by_path(signs: Signs, folders: Sequence[str], stem: str, above: Sequence[str] = ()) -> bool | None:
    """Whether a file is a postmortem by its name and folders; None when they do not tell.

    Folders `above` the searched one can make it one, but do not leave it out: they were asked for.
    """
    name, *places = (fold(part) for part in (stem, *folders, *above))
    inner = places[: len(folders)]
    if left_out(signs, name):
        return False
    if not signs.skipped_folders.isdisjoint(inner) or not set(signs.templates).isdisjoint(inner):
        return False
    if _speaks_about(signs, name, signs.paths):
        return False
    return True if any(_is_sign(signs, place) for place in (name, *places)) else None


def by_text(signs: Signs, text: str) -> bool | None:
    """Whether a file is a postmortem by its title and sections; None when they do not tell."""
    prose = _FENCE.sub("", text.replace("\r\n", "\n"))
    titles = [fold(title) for title in _titles(prose)]
    if any(speaks_in_general(signs, title) for title in titles):
        return False
    if any(_has(title, signs.titles) for title in titles):
        return True
    kinds = set(_section_kinds(signs, prose))
    telling = any(kind < len(signs.sections) and signs.sections[kind][0] for kind in kinds)
    return True if len(kinds) >= (2 if telling else 3) else None


def left_out(signs: Signs, name: str) -> bool:
    """Whether a folded file name is that of a file beside postmortems, such as `readme`, or of a form."""
    return name in signs.left_out_names or any(_starts_with(name, word) for word in signs.templates)


def is_form(signs: Signs, name: str, folder: str) -> bool:
    """Whether a folded file name, or that of its folder, is that of a form to fill in."""
    named = (f"{sign} {word}" for sign in signs.paths for word in signs.templates)
    return folder in signs.templates or any(_starts_with(name, word) for word in signs.templates) or _has(name, named)


def speaks_in_general(signs: Signs, title: str) -> bool:
    """Whether a folded title is about postmortems and not that of one, such as `postmortem template`."""
    return _speaks_about(signs, title, signs.titles) or _has(title, signs.about_titles)


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(str(word)) for word in words)


def _has(text: str, words: Iterable[str]) -> bool:
    """Whether a folded text holds one of the folded words."""
    return any(_start(text, word) >= 0 for word in words)


def _start(text: str, word: str) -> int:
    """Where a word stands in a text, or -1. Only scripts with blanks have whole words."""
    return f" {text} ".find(f" {word} ") if word.isascii() else text.find(word)


def _is_sign(signs: Signs, place: str) -> bool:
    return not _speaks_about(signs, place, signs.paths) and _has(place, signs.paths)


def _speaks_about(signs: Signs, text: str, words: Iterable[str]) -> bool:
    """Whether a text is about postmortems in general, such as `incident response`."""
    found = [word for word in words if _start(text, word) >= 0]
    return any(_start(text, f"{word} {topic}") >= 0 for word in found for topic in signs.about)


def _titles(prose: str) -> Iterator[str]:
    head = prose[:_TITLE_CHARACTERS]
    yield from (match[1] for match in _FIELD.finditer(head))
    if heading := _HEADING.search(head):
        yield _heading_text(heading)


def _heading_text(match: re.Match[str]) -> str:
    return match["atx"] or match["setext"] or match["html"] or ""


def _section_kinds(signs: Signs, prose: str) -> Iterator[int]:
    headings = (_heading_text(match) for match in _HEADING.finditer(prose))
    labels = (match[1] or match[2] or match[3] for match in _LABEL.finditer(prose))
    names = {fold(_MARKER.sub("", name)) for name in (*headings, *labels)}
    for kind, (_, words) in enumerate(signs.sections):
        if any(_starts_with(name, word) for name in names for word in words):
            yield kind
    if len(_CLOCK.findall(prose)) >= _CLOCK_LINES:
        yield signs.clock_kind


def _starts_with(name: str, word: str) -> bool:
    return f"{name} ".startswith(f"{word} ") if word.isascii() else name.startswith(word)
