"""The template that a house follows: the parts that its documents need, by a known name or from its own form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from blamecheck.document import parse
from blamecheck.kept import keep
from blamecheck.rulebook import rules_root
from blamecheck.schema import DataError, Key, check_keys, nearest, read_yaml
from blamecheck.section_file import KINDS
from blamecheck.sections import SectionNames
from blamecheck.source import SourceError, decode

_KEYS: dict[str, Key] = {
    "about": Key("text", "One sentence for the documentation.", required=True),
    "parts": Key("texts", "Kinds of sections that it has.", required=True, allowed=KINDS),
}


@cache
def templates() -> Mapping[str, Mapping[str, Any]]:
    """The known templates by name, from rules/templates.yml."""
    return cast(Mapping[str, Mapping[str, Any]], keep("templates", _read))


def _read() -> Mapping[str, Any]:
    path = rules_root() / "templates.yml"
    data = read_yaml(path)
    for name, template in data.items():
        check_keys(path, template, _KEYS, f'template "{name}"')
    return data


def parts(value: str, folder: Path, names: SectionNames) -> tuple[str, ...]:
    """The kinds of sections of a known template, or of a form at a path relative to a folder.

    Raise DataError, without a place, when it is neither or the form cannot be read.
    """
    if value in templates():
        return tuple(templates()[value]["parts"])
    try:
        source = decode(value, (folder / value).read_bytes())
    except SourceError as error:
        raise DataError(f'"{value}" {error}') from error
    except (OSError, ValueError) as error:
        hint = nearest(value, templates())
        raise DataError(f'"{value}" is no known template, nor a file beside the settings file{hint}') from error
    sections = parse(source, names).sections
    return tuple(dict.fromkeys(kind for section in sections for kind in section.kinds))
