"""Who is known before the narrative is read: from the document, the repository and the user's list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from blamecheck.people import Author, PeopleSettings
from blamecheck.people.lexicon import Lexicon, fold

_SPLIT = re.compile(r"[\s.]+")
_RANK = (
    "yours",
    "declared",
    "author",
    "declared-part",
    "author-part",
    "declared-login",
    "declared-word",
    "author-word",
    "opener",
)


class Declared(NamedTuple):
    """A person as listed: the name, the logins and the initials; any of them may be empty.

    `unsure` says that the word may be that of a thing as well: it is in no list of names.
    """

    name: str
    logins: tuple[str, ...] = ()
    initials: str = ""
    unsure: bool = False


class Known(NamedTuple):
    """What is known of a word: which person it stands for, and the clue that it gives."""

    person: str
    clue: str
    role: str = ""


@dataclass(frozen=True)
class Roster:
    """The known names. `words` and `names` are folded, `initials` are in capitals, `things` are folded."""

    words: Mapping[str, Known] = field(repr=False)
    names: Mapping[str, Known] = field(repr=False)
    initials: Mapping[str, Known] = field(repr=False)
    things: frozenset[str] = frozenset()


def build(
    declared: Iterable[Declared],
    openers: Iterable[str],
    speakers: Iterable[str],
    things: Iterable[str],
    settings: PeopleSettings,
    authors: Iterable[Author],
    lexicon: Lexicon,
) -> Roster:
    """Everybody who is known, by each way of naming them; the surest source wins.

    `openers` are words and `speakers` initials that open entries as people do.
    """
    words: dict[str, Known] = {}
    names: dict[str, Known] = {}
    initials: dict[str, Known] = {}
    for name, role in settings.known.items():
        (names if len(_parts(name)) > 1 else words)[_key(name)] = Known(_key(name), "yours", role)
    for person in declared:
        _add(person, "declared", words, names, initials, lexicon)
    for author in authors:
        _add(_declared(author), "author", words, names, {}, lexicon)
    for word in openers:
        words.setdefault(word, Known(word, "opener"))
    known_things = frozenset(things)
    for letters in speakers:
        if letters.lower() not in known_things:
            initials.setdefault(letters, Known(letters.lower(), "speaker-initials"))
    return Roster(words, names, initials, known_things)


def _declared(author: Author) -> Declared:
    single = len(_parts(author.name)) == 1
    return Declared("" if single else author.name, (*author.logins, *((author.name,) if single else ())))


def _add(
    person: Declared,
    source: str,
    words: dict[str, Known],
    names: dict[str, Known],
    initials: dict[str, Known],
    lexicon: Lexicon,
) -> None:
    key = _key(person.name) or (person.logins[0].casefold() if person.logins else person.initials)
    parts = _parts(person.name)
    if len(parts) > 1:
        names.setdefault(" ".join(parts), Known(key, source))
        _word(words, parts[0], key, f"{source}-part", lexicon)
        _word(words, parts[-1], key, f"{source}-part", lexicon)
        letters = "".join(part[0] for part in parts).upper()
        initials.setdefault(letters, Known(key, "declared"))
        for login in _logins(parts):
            _word(words, login, key, "declared-login" if source == "declared" else "author-part", lexicon)
    elif parts:
        _word(words, parts[0], key, source, lexicon)
    for login in person.logins:
        _word(words, login.casefold(), key, "declared-word" if person.unsure else source, lexicon)
    if person.initials:
        initials[person.initials] = Known(key, "declared")


def _word(words: dict[str, Known], word: str, person: str, clue: str, lexicon: Lexicon) -> None:
    """Note a word unless a surer source knows it; common words are less sure."""
    word = fold(word)
    if len(word) < 2 or word.isdigit() or (lexicon.product(word) and not lexicon.given(word)):
        return
    given = lexicon.given(word)
    if (lexicon.word(word) and (given is None or given.ambiguous)) or (given and given.ambiguous):
        clue = "author-word" if clue.startswith("author") else "declared-word"
    old = words.get(word)
    if old is None or _RANK.index(clue) < _RANK.index(old.clue):
        words[word] = Known(old.person if old and old.person.startswith(person) else person, clue)


def _logins(parts: tuple[str, ...]) -> list[str]:
    """The logins that companies make of a name: jsmith, johns, john.smith, johnsmith, smithj, jdsmith."""
    first, last = parts[0], parts[-1].replace("'", "").replace("-", "")
    made = [first[0] + last, first + last[0], f"{first}.{last}", f"{first}_{last}", first + last, last + first[0]]
    if len(parts) > 2:
        made.append(first[0] + parts[1][0] + last)
    return [login for login in made if len(login) > 3]


def _parts(name: str) -> tuple[str, ...]:
    """The folded words of a name, without its points."""
    return tuple(part for part in _SPLIT.split(fold(name)) if part)


def _key(name: str) -> str:
    return " ".join(_parts(name))
