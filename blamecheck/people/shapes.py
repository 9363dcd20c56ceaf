"""What a single word may be by itself: part of a name, a login, initials, or none of these."""

from __future__ import annotations

import re
from typing import Literal

from blamecheck.people.lexicon import Lexicon, fold
from blamecheck.people.roster import Known, Roster
from blamecheck.people.words import Words

Shape = Literal["name", "login", "initials", "handle", "chat", "email", "skip"]

_SHORTEST_SMALL = 3
_CONTRACTION = re.compile(r"['’](?:ll|ve|re|d|m|t|em)$", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z]{2,4}s?")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# What ends words that no list has, and hardly ever a login.
_ENDING = re.compile(
    r"(?<=.{4})(?:ly|ing|ings|[ai]ble|tions?|ments?|ness|i[sz]ed?|i[sz]er|ers|ors|at(?:ed|es|or)|wares?|less|ful|ity|ives?"
    r"|ous|als?|ests?|isms?|sets?|names?|paths?|types?|lists?|files?|sts|ed|base|server|client|node|side|time|space)$"
)
_LOGIN = re.compile(r"[A-Za-z]+(?:[._-][A-Za-z]+)*\d{0,4}")


def shape_of(text: str, roster: Roster, lexicon: Lexicon, words: Words) -> Shape:
    """What a word may be, whatever stands around it."""
    key = fold(text)
    if _CAPITALS.fullmatch(text):
        return _initials(text, roster, lexicon, words)
    if key in roster.words and not _only_a_word(key, text, roster.words[key], lexicon, words):
        return "name" if text[0].isupper() and _LETTERS.fullmatch(text) else "login"
    if key in words.sets["nobody"] or key in words.sets["adverbs"] or _CONTRACTION.search(text):
        return "skip"
    return _capitalised(text, lexicon) if text[0].isupper() else _lower(text, lexicon, words)


def _only_a_word(key: str, text: str, known: Known, lexicon: Lexicon, words: Words) -> bool:
    """Whether part of a name is too frequent a word to be one: "will" is not Will, and neither is "He" one of Yu He.

    A frequent word that the document lists as a login is one; authors with such logins are not known by them.
    """
    common = known.clue.endswith("-word")
    if known.clue != "author-word" and (" " not in known.person or key not in known.person.split()):
        return False
    small = text.islower() and (len(text) < _SHORTEST_SMALL or (common and lexicon.frequent(text)))
    return small or (common and key in words.sets["nobody"])


def _initials(text: str, roster: Roster, lexicon: Lexicon, words: Words) -> Shape:
    if text in roster.initials:
        return "initials"
    if len(text) > 3 or text.endswith("s") or text.lower() in words.sets["acronyms"] or lexicon.product(text):
        return "skip"
    return "initials"


def _capitalised(text: str, lexicon: Lexicon) -> Shape:
    if not _LETTERS.fullmatch(text):
        return "login" if text.isalnum() and _LOGIN.fullmatch(text) and any(map(str.islower, text)) else "skip"
    if lexicon.given(text):
        return "name"
    if not all(part[0].isupper() for part in text.split("-")):
        return "skip"
    if "-" in text:
        return "name" if lexicon.surname(text) else "skip"
    if lexicon.product(text) or lexicon.place(text) or lexicon.word(text):
        return "skip"
    if len(text) == 1:
        return "name" if text not in "AI" else "skip"
    if text.isupper() or (_ENDING.search(text.lower()) and not lexicon.surname(text)):
        return "skip"
    return "name" if _one_capital(text) or lexicon.surname(text) else "login"


def _one_capital(text: str) -> bool:
    """Whether only the first letter of each part is a capital, as in Lind-Jönsson and O'Brien."""
    return all(part[1:].islower() or len(part) == 1 for part in re.split("['’-]", text))


def is_dotted(text: str, lexicon: Lexicon) -> bool:
    """Whether a word with a point is a login made of a name: dana.ortiz, d.ortiz, dana.o."""
    first, _, last = text.partition(".")
    if not (first.isalpha() and last.isalpha()):
        return False
    given, surname = lexicon.given(first), lexicon.surname(last)
    if len(first) == 1 or len(last) == 1:
        mark = surname if len(first) == 1 else given
        return mark is not None and not mark.ambiguous and len(text) > 4
    return given is not None and surname is not None and not (given.ambiguous and surname.ambiguous)


def _lower(text: str, lexicon: Lexicon, words: Words) -> Shape:
    if text in words.verbs or len(text) < 3 or not text.islower():
        return "skip"
    if "." in text:
        return "login" if is_dotted(text, lexicon) else "skip"
    if not text.isalnum() or not _LOGIN.fullmatch(text):
        return "skip"
    if (given := lexicon.given(text)) is not None:
        return "skip" if given.ambiguous else "login"
    if _ENDING.search(text) or lexicon.word(text) or lexicon.product(text) or lexicon.place(text):
        return "skip"
    return "login"
