"""Which names, logins and mailboxes of a repository are a person's, and which words tell one in a sentence.

The lists are in `rules/authors.yml`. Frequent words, products and places come from the lexicon: a login
such as `build` or `redis` would make every mention of the thing one of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from blamecheck.kept import keep
from blamecheck.people.lexicon import fold, load
from blamecheck.rulebook import rules_root
from blamecheck.schema import Key, check_keys, read_yaml

_SHORTEST_LOGIN, _LONGEST_LOGIN = 3, 40
_SHORTEST_MIXED_LOGIN = 5
_MOST_WORDS = 6
_NAME = re.compile(r"[^\W\d_]+(?:[.'’ -]+[^\W\d_]+)*\.?")
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+\.?|[A-Z]+(?![a-z])\.?")
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?")
_LETTER, _TWO_LETTERS = re.compile(r"[A-Za-z]"), re.compile(r"[A-Za-z]{2}")
_HOST = re.compile(r".*\.(?:com|org|net|io|dev|co|eu|de|fr|uk|me)", re.IGNORECASE)
_BOT = re.compile(r"\S*(?:\Wbot|(?<!tal)(?<!ab)(?<!ca)bot)\]?", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """The lists of `rules/authors.yml`, folded."""

    bots: frozenset[str]
    bot_words: frozenset[str]
    group_words: frozenset[str]
    nobodies: frozenset[str]
    mailboxes: frozenset[str]


def words_path() -> Path:
    """Where the lists are; raise RuleError when the installation is damaged."""
    return rules_root() / "authors.yml"


@cache
def words() -> Words:
    """The lists shipped with the package; raise DataError when they are not what they should be."""
    names = [item.name for item in fields(Words)]
    data = keep("authors", lambda: _read(words_path(), names))
    return Words(*(frozenset(data[name]) for name in names))


def _read(path: Path, names: Iterable[str]) -> dict[str, list[str]]:
    """The lists by name, folded."""
    data = read_yaml(path)
    check_keys(path, data, {name: Key("texts", "", required=True) for name in names}, "the list of authors")
    return {name: sorted(set(map(fold, data[name]))) for name in names}


def is_program(text: str) -> bool:
    """Whether a name or login is that of a bot or another program."""
    return fold(text) in words().bots or bool(_BOT.fullmatch(text)) or not words().bot_words.isdisjoint(_words(text))


def is_group(text: str) -> bool:
    """Whether a name or login is that of a team, an organisation or a shared account."""
    return not words().group_words.isdisjoint(_words(text))


def _words(text: str) -> frozenset[str]:
    return frozenset({fold(word) for word in _WORD.findall(text)} | set(fold(text).split()))


def is_name(name: str) -> bool:
    """Whether a name can be read as one in prose, and hardly as anything else."""
    parts = name.split()
    if not _NAME.fullmatch(name) or len(parts) > _MOST_WORDS or fold(name) in words().nobodies:
        return False
    known = load()
    if len(parts) > 1:
        opening = known.given(parts[0]) or known.surname(parts[0]) or not known.frequent(parts[0])
        return bool(known.given(parts[0]) or (opening and not all(map(_is_thing, parts))))
    given = known.given(name)
    if given and (len(name) >= _SHORTEST_LOGIN or not given.ambiguous):
        return True
    typed = name.isascii() and (len(name) < _SHORTEST_LOGIN or not name[1:].islower() or name.islower())
    return not typed and not _is_thing(name)


def tells(login: str) -> bool:
    """Whether a login can be told from the words of a sentence."""
    letters = _TWO_LETTERS.search(login) or (len(login) >= _SHORTEST_MIXED_LOGIN and _LETTER.search(login))
    if not _LOGIN.fullmatch(login) or not _SHORTEST_LOGIN <= len(login) <= _LONGEST_LOGIN or not letters:
        return False
    if _HOST.fullmatch(login):
        return False
    plain = login.lower()
    if _is_general(plain) or _is_general(plain.rstrip("0123456789-_.")) or is_group(login):
        return False
    parts = [part for part in re.split(r"[-_.]", plain) if part]
    return not all(map(_is_thing, parts))


def _is_general(login: str) -> bool:
    lists = words()
    return any(login in one for one in (lists.mailboxes, lists.nobodies, lists.group_words, lists.bots))


def _is_thing(word: str) -> bool:
    """Whether a word is a frequent one of the language, a product, a place, a unit and so on, be it a name as well.

    Rare words are none: 21,000 of them, taken for logins all at once, are found in 83 postmortems 34 times where they
    are words; the 8,800 frequent ones more than 2,000 times.
    """
    known = load()
    given = known.given(word)
    lives = given.kinds - {"word"} if given else frozenset()
    return bool(known.frequent(word) or known.product(word) or known.place(word) or lives)
