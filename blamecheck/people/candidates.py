"""Words that may name a person: capitalised words and names, logins, initials, handles, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from blamecheck.document import Document
from blamecheck.markdown import Span
from blamecheck.people import Form
from blamecheck.people.lexicon import Lexicon, fold
from blamecheck.people.roster import Roster
from blamecheck.people.shapes import Shape, shape_of
from blamecheck.people.words import Words

_TOKEN = re.compile(
    r"(?P<chat><@[UW][A-Z0-9]{6,}(?:\|[^<>\s]+)?>|\[~[\w.-]+\](?!\()|(?<![\w/])u/[A-Za-z][\w-]{2,19}\b)"
    r"|(?P<email>(?<![\w.+@/-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}(?![\w@-]))"
    r"|(?<![\w@/.`#$\\-])(?P<handle>@[A-Za-z0-9](?:[\w.-]*\w)?)(?:@[\w-]+(?:\.[\w-]+)+)?(?![\w/@(=]|-\w)"
    r"|(?<![\w@/.`#$\\+-])(?P<alias>[a-z][\w.-]{2,30}@)(?![\w@])"
    r"|(?P<word>[^\W_](?:[\w]|[.'’&-](?=\w))*)"
)
_GLUE_BEFORE = frozenset("@/\\#.:~$-=<_&%^`")
_GLUE_AFTER = re.compile(r"/\w|@\S|\(|=|::|_|\\|:\w|\[\d|-\w|\*\.|\.\w|\+\+|#")
_POSSESSIVE = re.compile(r"['’]s?$")
_PLACES = (
    "san ",
    "santa ",
    "los ",
    "las ",
    "new ",
    "fort ",
    "mount ",
    "port ",
    "lake ",
    "north ",
    "south ",
    "east ",
    "west ",
)
_JOINT = re.compile(r"\s{1,3}|\.\s")


class Token(NamedTuple):
    """A word of the prose, without a possessive ending."""

    start: int
    end: int
    text: str
    shape: Shape
    possessive: bool = False


class Candidate(NamedTuple):
    """What may be a mention. `parts` are its words as written, `sentence` where it stands."""

    start: int
    end: int
    form: Form
    shape: Shape
    parts: tuple[str, ...]
    possessive: bool
    sentence: Span

    @property
    def key(self) -> str:
        """The words, folded."""
        return fold(" ".join(self.parts))


def find(document: Document, roster: Roster, lexicon: Lexicon, words: Words) -> Iterator[Candidate]:
    """The candidates in order of place."""

    @cache
    def shape(text: str) -> Shape:
        return shape_of(text, roster, lexicon, words)

    for sentence in document.sentences:
        tokens = list(_tokens(document.prose, sentence, shape))
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.shape == "skip":
                index += 1
                continue
            count = _length(tokens, index, document.prose, roster, lexicon, words) if token.shape == "name" else 1
            if count > 0:
                yield _candidate(tokens[index : index + count], sentence)
            index += max(1, abs(count))


def _tokens(prose: str, sentence: Span, shape: Callable[[str], Shape]) -> Iterator[Token]:
    for match in _TOKEN.finditer(prose, *sentence):
        kind = match.lastgroup or "word"
        if kind != "word":
            start, end = match.span(kind)
            yield Token(start, end, match[kind], "handle" if kind == "alias" else kind)  # type: ignore[arg-type]
            continue
        start, end = match.span()
        text = match[0]
        possessive = _POSSESSIVE.search(text)
        owned = possessive is not None or (text.endswith("s") and prose[end : end + 1] in ("'", "’"))
        if possessive:
            end -= len(possessive[0])
            text = text[: -len(possessive[0])]
        glued = (start > 0 and prose[start - 1] in _GLUE_BEFORE) or _GLUE_AFTER.match(prose, match.end())
        found: Shape = "skip" if glued else shape(text)
        yield Token(start, end, text, found, owned)


def _candidate(tokens: list[Token], sentence: Span) -> Candidate:
    first, last = tokens[0], tokens[-1]
    form: Form = "name"
    if first.shape in ("handle", "chat"):
        form = "handle"
    elif first.shape in ("email", "login"):
        form = first.shape
    return Candidate(
        first.start, last.end, form, first.shape, tuple(token.text for token in tokens), last.possessive, sentence
    )


def _length(tokens: list[Token], index: int, prose: str, roster: Roster, lexicon: Lexicon, words: Words) -> int:
    """How many tokens from here make one name; negative when they name a known thing."""
    first = tokens[index]
    for count in (4, 3, 2):
        group = tokens[index : index + count]
        if len(group) == count and _phrase(prose[group[0].start : group[-1].end], lexicon):
            return -count
    if first.possessive:
        return 1
    count = 1
    opening = lexicon.given(first.text) or fold(first.text) in roster.words or len(first.text) == 1
    while index + count < len(tokens) and count < 5:
        token = tokens[index + count]
        if not _JOINT.fullmatch(prose, tokens[index + count - 1].end, token.start):
            break
        after = tokens[index + count + 1 : index + count + 2]
        if token.text.lower() in words.sets["particles"] and after and after[0].text[:1].isupper() and opening:
            count += 1
            continue
        if not _extends(token, bool(opening), roster, lexicon, words):
            break
        count += 1
        if token.possessive:
            break
    while count > 1 and tokens[index + count - 1].text.lower() in words.sets["particles"]:
        count -= 1
    if len(first.text) == 1 and count == 1 and first.text not in roster.words and fold(first.text) not in roster.words:
        return 0
    return count


def _extends(token: Token, opening: bool, roster: Roster, lexicon: Lexicon, words: Words) -> bool:
    """Whether a word goes on with the name that was begun."""
    text, key = token.text, fold(token.text)
    if not text[:1].isupper() or (text.isupper() and len(text) > 1 and (len(text) < 4 or not lexicon.surname(text))):
        return False
    if len(text) == 1:
        return opening
    if key in words.sets["things"] | words.sets["companies"] or words.verbs.get(key):
        return key in roster.words
    surname = lexicon.surname(text)
    if key in roster.words:
        return True
    if surname is not None:
        return opening or not surname.ambiguous
    return opening and token.shape == "name"


def _phrase(text: str, lexicon: Lexicon) -> bool:
    """Whether several words together are a product or a place."""
    if not text[:1].isupper():
        return False
    if text.casefold().startswith(_PLACES) and text.istitle():
        return True
    return bool(lexicon.product(text) or lexicon.place(text) or lexicon.product(re.sub(r"\s+", "", text)))
