"""From the names and addresses of a repository to people.

What a repository calls an author is not made for readers of prose: here it is taken apart, put in order, and put
together with what else the repository calls the same person.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from blamecheck.people import Author
from blamecheck.people.lexicon import fold
from blamecheck.people.naming import is_group, is_name, is_program, tells

_LONGEST = 320
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>)")
_LOGIN_THEN_NAME = re.compile(r"([a-z0-9][\w.-]*)\s*\(([^()]+\s[^()]+)\)")
_NICKNAME = re.compile(r"(?<=\s)[\"“'‘(]([\w.-]+)[\"”'’)]\s")
_SURNAME_FIRST = re.compile(r"(\S+(?:\s\S+)?),\s*(\S+(?:\s\S+)?)")
_EMPLOYER = re.compile(r"\s(?:via|from|at|of|@|[|/–—-])\s.*")
_NOREPLY = re.compile(r"(?:\d+\+|\d+-(?=.*gitlab))?([^@+]+)@(?:[\w-]+\.)*no-?reply\.[\w.-]+", re.IGNORECASE)


class Identity(NamedTuple):
    """How a repository spells somebody; each part may be empty."""

    name: str
    email: str = ""
    login: str = ""


def authors(identities: Iterable[Identity], but: str = "") -> tuple[Author, ...]:
    """The people among identities, one for each name, sorted; `but` is the repository's own name."""
    return merge(author for one in identities if (author := person(one, but)))


def merge(known: Iterable[Author]) -> tuple[Author, ...]:
    """One author for each name, with all logins of that name; who has no name and a known login is left out."""
    logins: dict[str, dict[str, str]] = {}
    spelled: dict[str, str] = {}
    nameless: dict[str, str] = {}
    for author in known:
        key = fold(author.name)
        spelled[key] = min(spelled.get(key, author.name), author.name)
        target = logins.setdefault(key, {}) if key else nameless
        target.update((login.lower(), login) for login in author.logins)
    of_names = frozenset(login for of_name in logins.values() for login in of_name)
    named = [Author(spelled[key], tuple(sorted(found.values()))) for key, found in logins.items() if key]
    return tuple(sorted([*named, *(Author("", (login,)) for key, login in nameless.items() if key not in of_names)]))


def person(one: Identity, but: str = "") -> Author | None:
    """The person behind an identity; None for a program, a group, or somebody whom no word tells."""
    one = Identity(*(text[:_LONGEST] for text in one))
    name, *nicknames = _parts(_decoded(one.name))
    hidden = _NOREPLY.fullmatch(one.email)
    mailbox = hidden[1] if hidden else one.email.partition("@")[0].partition("+")[0]
    handles = [one.login, *([mailbox] if hidden else [])]
    if any(is_program(text) for text in (one.name, *handles)) or is_group(name or one.login):
        return None
    candidates = (mailbox, *nicknames, *handles, name)
    logins = {login.lower(): login for login in candidates if login.lower() != but.lower() and tells(login)}
    known = _cased(name) if is_name(name) and name.lower() != but.lower() else ""
    return Author(known, tuple(sorted(logins.values()))) if known or logins else None


def _decoded(name: str) -> str:
    """A name as it is read: composed, without mail encoding, symbols and repeated blanks."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return " ".join(name.split())
    if "=?" in name:
        from email.errors import MessageError
        from email.header import decode_header, make_header

        with contextlib.suppress(MessageError, ValueError, LookupError):
            name = str(make_header(decode_header(name)))
    composed = unicodedata.normalize("NFC", name)
    kept = (" " if c.isspace() else c for c in composed if c.isspace() or c in "|+" or not _is_ornament(c))
    return " ".join("".join(kept).split()).strip("\"'“”‘’*_,;: ")


def _is_ornament(character: str) -> bool:
    """Whether a character is a symbol, a control or the variation selector of a symbol."""
    return unicodedata.category(character)[0] in "SC" or "\ufe00" <= character <= "\ufe0f"


def _parts(name: str) -> tuple[str, ...]:
    """A name without employer, brackets and nickname, given name first; then the logins it held."""
    if "@" in name and " " not in name:
        return "", name.removeprefix("@").partition("@")[0]
    logins: list[str] = []
    if match := _LOGIN_THEN_NAME.fullmatch(name):
        name = match[2]
        logins.append(match[1])
    elif match := _NICKNAME.search(name):
        name = name[: match.start()] + name[match.end() :]
        logins.append(match[1])
    name = _EMPLOYER.sub("", _BRACKETS.sub("", name)).strip()
    if match := _SURNAME_FIRST.fullmatch(name):
        name = f"{match[2]} {match[1]}"
    return name, *logins


def _cased(name: str) -> str:
    """A name in capitals or small letters as prose spells it."""
    plain = name.islower() or (name.isupper() and " " in name)
    return " ".join(part.capitalize() for part in name.split()) if plain else name
