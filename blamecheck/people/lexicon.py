"""Which words are names of people, and which of those are something else as well.

The lists live in `rules/lexicons`, one folded entry a line below a comment header; their sources and
licences are in the README there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

Kind = Literal["acronym", "day", "event", "law", "month", "place", "product", "short", "unit", "word"]
KINDS: frozenset[str] = frozenset(get_args(Kind))

# Letters that Unicode does not decompose, and the two apostrophes people type.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ə": "a"}
    | {"ħ": "h", "ŋ": "ng", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "\N{NON-BREAKING HYPHEN}": "-"}
)


class Mark(NamedTuple):
    """A known name, and the other lives of its word; no kinds means that it is nothing but a name."""

    kinds: frozenset[str] = frozenset()

    @property
    def ambiguous(self) -> bool:
        """True if the word alone does not tell a person from something else."""
        return bool(self.kinds)


@dataclass(frozen=True)
class Lexicon:
    """The word lists, as text; lookups ignore case and accents, and take one token or phrase."""

    given_names: str = field(repr=False)
    surnames: str = field(repr=False)
    ambiguous_names: str = field(repr=False)
    products: str = field(repr=False)
    places: str = field(repr=False)
    common_words: str = field(repr=False)

    def given(self, name: str) -> Mark | None:
        """The mark of a given name or short form; None if unknown. Each part of a compound must be one."""
        return self._name(self.given_names, name)

    def surname(self, name: str) -> Mark | None:
        """The mark of a surname; None if unknown. Each part of a compound must be one."""
        return self._name(self.surnames, name)

    def product(self, phrase: str) -> Mark | None:
        """`product`, `law` or `event` for a tool, service, eponym, storm or code name; None if unknown."""
        kinds = _find(self.products, _phrase(phrase))
        return None if kinds is None else _mark(kinds or "product")

    def place(self, phrase: str) -> Mark | None:
        """`place` for a country, city, region or sea; None if unknown."""
        return None if _find(self.places, _phrase(phrase)) is None else _mark("place")

    def word(self, word: str) -> Mark | None:
        """`word` for an English word, also with an -s; None if unknown."""
        keys = (fold(word), fold(word).removesuffix("s"))
        return None if all(_find(self.common_words, key) is None for key in keys) else _mark("word")

    def frequent(self, word: str) -> bool:
        """Whether a word, also with an -s, is an English word that most texts have, or one of the trade."""
        return any(_find(self.common_words, key) == "often" for key in (fold(word), fold(word).removesuffix("s")))

    def _name(self, names: str, name: str) -> Mark | None:
        key = fold(name)
        if _find(names, key) is not None:
            return self._known(key)
        parts = key.split("-")
        if len(parts) == 1 or any(_find(names, part) is None for part in parts):
            return None
        return Mark(frozenset.intersection(*(self._known(part).kinds for part in parts)))

    def _known(self, key: str) -> Mark:
        return _mark(_find(self.ambiguous_names, key) or "")


@cache
def load() -> Lexicon:
    """The lexicon shipped with the package; raise FileNotFoundError if there is none."""
    return Lexicon(*(_body(_root() / f"{item.name.replace('_', '-')}.txt") for item in fields(Lexicon)))


def fold(text: str) -> str:
    """Case-folded text without accents, as the lists spell it ("Łukasz" is `lukasz`)."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _body(path: Path) -> str:
    """The lines of one list below its header, which ends at the first empty line."""
    return path.read_text(encoding="utf-8").partition("\n\n")[2]


@lru_cache(maxsize=1 << 16)
def _find(text: str, key: str) -> str | None:
    """What follows the tab on the line of a folded key, or ""; None if no line has it.

    Binary search in the text, whose lines are in the order of their folded keys: building sets of all
    lists costs more than a document's lookups.
    """
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        start = text.rfind("\n", low, middle) + 1 or low
        end = text.index("\n", middle)
        entry, _, value = text[start:end].partition("\t")
        if (found := fold(entry)) == key:
            return value
        low, high = (end + 1, high) if found < key else (low, start)
    return None


def _phrase(text: str) -> str:
    """A folded phrase on one line, whatever blanks or line wraps stood between its words."""
    return " ".join(fold(text).split())


@cache
def _mark(kinds: str) -> Mark:
    return Mark(frozenset(kinds.split()))


def _root() -> Path:
    package = Path(__file__).resolve().parent.parent
    for rules in (package / "rules", package.parent / "rules"):
        if (rules / "lexicons").is_dir():
            return rules / "lexicons"
    raise FileNotFoundError(f"no rules/lexicons beside or inside {package}")
