"""The clues that a word may be a person, their points, and the words that give them: `rules/people.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from blamecheck.kept import keep
from blamecheck.schema import DataError, Key, Lines, check_keys, read_yaml

_KEYS = {
    "threshold": Key("number", "Points from which a word is a person.", required=True),
    "clues": Key("mapping", "Clue to its points and what the evidence says.", required=True),
    "verbs": Key("mapping", "Kind of verb to the forms of each.", required=True),
    "words": Key("mapping", "Kind of word to its words.", required=True),
}


class Clue(NamedTuple):
    """What a clue weighs, and what the evidence says of it."""

    points: int
    says: str


@dataclass(frozen=True)
class Words:
    """The data of the recogniser. `verbs` maps each form of a verb to its kind, `plain` holds plain forms."""

    threshold: int
    clues: Mapping[str, Clue] = field(repr=False)
    verbs: Mapping[str, str] = field(repr=False)
    plain: frozenset[str] = field(repr=False)
    sets: Mapping[str, frozenset[str]] = field(repr=False)


@cache
def load() -> Words:
    """The shipped data; raise DataError when it is damaged."""
    data = keep("people", lambda: _read(_root() / "people.yml"))
    verbs: dict[str, str] = {}
    plain: set[str] = set()
    for kind, text in data["verbs"].items():
        for entry in text.split():
            forms = entry.split("|")
            verbs.update(dict.fromkeys(forms, kind))
            plain.update(forms[:1] if len(forms) > 3 else ())
    return Words(
        threshold=data["threshold"],
        clues={name: Clue(int(value[0]), str(value[1])) for name, value in data["clues"].items()},
        verbs=verbs,
        plain=frozenset(plain),
        sets={name: frozenset(text.split()) for name, text in data["words"].items()},
    )


def _read(path: Path) -> Lines:
    data = read_yaml(path)
    check_keys(path, data, _KEYS, "people.yml")
    return data


def _root() -> Path:
    package = Path(__file__).resolve().parent.parent
    for rules in (package / "rules", package.parent / "rules"):
        if (rules / "people.yml").is_file():
            return rules
    raise DataError(f"{package}: no rules/people.yml; the installation is damaged")
