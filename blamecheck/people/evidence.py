"""The clues for and against a candidate: what is known of its words, and what stands around it."""

from __future__ import annotations

import re
from typing import NamedTuple

from blamecheck.people.candidates import Candidate
from blamecheck.people.lexicon import Lexicon, Mark, fold
from blamecheck.people.roster import Known, Roster
from blamecheck.people.words import Words


class Evidence(NamedTuple):
    """A clue that holds, and the word that it is about; `around` tells context from what the word is."""

    clue: str
    word: str = ""
    around: bool = False


_WORD_BEFORE = re.compile(r"\b([A-Z][\w-]+)[ \t]+$")
_PROPER = frozenset({"product", "event", "law", "place", "month", "day"})
"""The other lives of a name that are written with a capital too."""
_ANY_BEFORE = re.compile(r"\b([\w-]+),?[ \t]+$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CAMELS = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bDi)(?<!\bVan)(?<=[a-z])[A-Z]")
_LOCAL = re.compile(r"[.+_-]")


def of_word(candidate: Candidate, prose: str, roster: Roster, lexicon: Lexicon, words: Words) -> list[Evidence]:
    """The clues of the words themselves."""
    if candidate.shape in ("handle", "chat"):
        return _of_handle(candidate, prose, roster, lexicon, words)
    if candidate.shape == "email":
        return _of_address(candidate, roster, lexicon, words)
    known = known_of(candidate, roster)
    clues = [Evidence(known.clue)] if known else []
    if candidate.key in roster.things or fold(candidate.parts[0]) in roster.things:
        clues.append(Evidence("defined"))
    if not known and _CAMELS.search(candidate.parts[0]) and not lexicon.surname(candidate.parts[0]):
        clues.append(Evidence("camel"))
    if maker := _maker(candidate, prose, lexicon):
        clues.append(Evidence("phrase", maker, around=True))
    if candidate.shape == "initials":
        return [*clues, Evidence("initials")]
    if candidate.form == "login":
        return clues + _of_login(candidate, known, lexicon)
    return clues + _of_name(candidate, known, _within(candidate, prose), lexicon)


def known_of(candidate: Candidate, roster: Roster) -> Known | None:
    """What the roster knows of a candidate: of the whole name, or else of a part of it."""
    if candidate.shape == "initials":
        return roster.initials.get(candidate.parts[0]) or roster.words.get(candidate.key)
    if candidate.shape in ("handle", "chat"):
        return roster.words.get(candidate.key.strip("@<>[]~"))
    parts = [fold(part) for part in candidate.parts]
    if len(parts) > 1:
        whole = roster.names.get(" ".join(parts)) or roster.names.get(f"{parts[0]} {parts[-1]}")
        return whole or next((roster.words[part] for part in (parts[0], parts[-1]) if part in roster.words), None)
    return roster.words.get(parts[0])


def _maker(candidate: Candidate, prose: str, lexicon: Lexicon) -> str:
    """The product or company that stands just before a candidate as part of its name: "Linode Lassie"."""
    match = _WORD_BEFORE.search(prose, max(candidate.sentence.start, candidate.start - 30), candidate.start)
    if match is None or candidate.form != "name" or lexicon.given(match[1]) or lexicon.surname(match[1]):
        return ""
    return match[1] if lexicon.product(match[1]) else ""


def _of_handle(candidate: Candidate, prose: str, roster: Roster, lexicon: Lexicon, words: Words) -> list[Evidence]:
    if candidate.shape == "chat":
        return [Evidence("chat-id")]
    written = candidate.parts[0].strip("@")
    name = written.casefold()
    alias = candidate.parts[0].endswith("@") and lexicon.word(name) and not lexicon.given(name)
    if alias or is_group(_CAMEL.sub("-", written).casefold(), words):
        return [Evidence("group")]
    if not any(map(str.isalpha, name)) or name.count(".") > 1 or re.fullmatch(r"v\d[\w.]*", name):
        return []
    before = _ANY_BEFORE.search(prose, max(candidate.sentence.start, candidate.start - 40), candidate.start)
    if before and before[1].casefold() in words.sets["handle-things"]:
        return [Evidence("thing", before[1])]
    clues = [Evidence("handle")]
    if known := roster.words.get(fold(name)):
        clues.append(Evidence(known.clue))
    elif lexicon.product(name) and not lexicon.given(name):
        clues.append(Evidence("product"))
    return clues


def _of_address(candidate: Candidate, roster: Roster, lexicon: Lexicon, words: Words) -> list[Evidence]:
    local = candidate.parts[0].partition("@")[0].casefold().split("+")[-1]
    parts = [part for part in _LOCAL.split(local) if part]
    if is_group(local, words) or "noreply" in candidate.parts[0].casefold() or not parts:
        return [Evidence("group")]
    names = any(
        lexicon.given(part) or lexicon.surname(part) or fold(part) in roster.words for part in parts if len(part) > 2
    )
    common = any(lexicon.word(part) and not lexicon.given(part) for part in parts)
    if all(lexicon.word(part) for part in parts) and not names:
        return [Evidence("group")]
    shaped = login_shape(local, lexicon) or fold(local) in roster.words
    if (names and not common) or shaped:
        return [Evidence("address"), Evidence("address-name")]
    return [Evidence("address")]


def is_group(name: str, words: Words) -> bool:
    """Whether a handle or the local part of an address stands for several people, or for none."""
    groups = words.sets["groups"]
    parts = re.split(r"[._-]", name)
    return name in groups or parts[-1] in groups or parts[0] in groups or name.endswith(("bot", "team", "oncall"))


def _of_login(candidate: Candidate, known: Known | None, lexicon: Lexicon) -> list[Evidence]:
    text = candidate.parts[0]
    if known:
        return [Evidence("dictionary")] if known.clue == "opener" else []
    if (given := lexicon.given(text)) and not given.ambiguous:
        return [Evidence("login-given")]
    if lexicon.word(text):
        return [Evidence("dictionary")]
    shaped = login_shape(text.casefold(), lexicon)
    return [
        Evidence("unknown-word" if text[-1].isdigit() and not text.islower() else "unknown-login"),
        *([Evidence("login-shape")] if shaped else []),
    ]


def login_shape(login: str, lexicon: Lexicon) -> bool:
    """Whether a login is an initial with a surname (`jsmith`), or a given name with something (`dana2`, `dana.o`)."""
    if "." in login:
        return True
    bare = login.rstrip("0123456789")
    surname = lexicon.surname(bare[1:]) if len(bare) > 4 else None
    if surname is not None and not surname.ambiguous and lexicon.word(bare) is None:
        return True
    return bare != login and (given := lexicon.given(bare)) is not None and not given.ambiguous


def _within(candidate: Candidate, prose: str) -> bool:
    """Whether a word of the same line or sentence stands before the candidate."""
    before = prose[max(candidate.sentence.start, candidate.start - 40) : candidate.start].rpartition("\n")[2]
    return bool(re.search(r"[^\W\d_]{2}[^.:|!?]*$", before))


def _of_name(candidate: Candidate, known: Known | None, within: bool, lexicon: Lexicon) -> list[Evidence]:
    first, last = candidate.parts[0], candidate.parts[-1]
    given, surname = lexicon.given(first), lexicon.surname(last)
    clues: list[Evidence] = []
    if given:
        clues.append(Evidence("given-ambiguous" if given.ambiguous else "given", first))
    elif surname and len(candidate.parts) == 1:
        clues.append(Evidence("surname-ambiguous" if surname.ambiguous else "surname", last))
    elif not lexicon.word(first) and not known:
        clues.append(Evidence("unknown-word"))
    if len(candidate.parts) > 1:
        if surname and not given:
            clues.append(Evidence("surname-ambiguous" if surname.ambiguous else "surname", last))
        if (given and not given.ambiguous) or len(first) == 1 or (surname and not surname.ambiguous):
            clues.append(Evidence("full-name"))
        elif surname:
            clues.append(Evidence("full-name-ambiguous"))
            clues += [Evidence("capital")] if within else []
        return clues
    if within and (given or surname) and (known or _capital_tells(given or surname)):
        clues.append(Evidence("capital"))
    if first.isupper() and len(first) > 2:
        clues.append(Evidence("shouting"))
    sure = known is not None and (known.clue in ("yours", "author") or known.clue.startswith("declared"))
    return clues if sure else clues + _against(given or surname)


def _capital_tells(mark: Mark | None) -> bool:
    """Whether a capital sets the name apart from its other lives: those of Mark, not those of Jordan or Travis."""
    return mark is not None and mark.ambiguous and not mark.kinds & _PROPER


def _against(mark: Mark | None) -> list[Evidence]:
    kinds = mark.kinds if mark else frozenset()
    clues = []
    if kinds & {"product", "event"}:
        clues.append(Evidence("eponym"))
    if "law" in kinds:
        clues.append(Evidence("eponym"))
    if "place" in kinds:
        clues.append(Evidence("place"))
    if kinds & {"month", "day", "unit", "acronym"}:
        clues.append(Evidence("calendar"))
    if "word" in kinds:
        clues.append(Evidence("dictionary"))
    return list(dict.fromkeys(clues))
