"""Who a document says its people are: by-lines, rosters, owners of actions, thanks; and what it says is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from blamecheck.document import Document
from blamecheck.labels import columns
from blamecheck.markdown import LEAVES, Block, Span
from blamecheck.people.lexicon import Lexicon, fold
from blamecheck.people.roster import Declared
from blamecheck.people.shapes import is_dotted
from blamecheck.people.words import Words
from blamecheck.sections import load

_LISTED = frozenset({"metadata", "roster", "thanks", "actions"})
_OWNING = ("owner", "who", None)
"""Columns of action tables that name people; one of an unknown name may."""
_SPLIT = re.compile(r"[,;/&|+·•]|\s(?:and|und|et|y|e|with)\s|\s[-–—]+\s|:{1,2}\s|(?<=\w):$")
_ASIDE = re.compile(r"[(\[<]([^()\[\]<>]*)[)\]>]")
_HANDLE = re.compile(r"(?<![\w@/.])@([A-Za-z0-9][\w.-]*[\w])|\[~([\w.-]+)\]|<@([UW][A-Z0-9]{6,})>")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_LAST_FIRST = re.compile(r"\s*([^\W\d_][\w'’-]+),\s+([^\W\d_][\w'’-]+)\s*")
_OWNER = re.compile(
    r"(?:^|\s)(?:owners?|assignees?|assigned to|dri|responsible|lead)\s*[:=]\s*(?P<label>[^.;()\n]{2,60})"
    r"|^[\s*\-–x\[\]]*[(\[](?P<open>[^()\[\]\n]{2,40})[)\]]"
    r"|[(\[](?P<close>[^()\[\]\n]{2,40})[)\]][\s.]*$"
    r"|^\s*(?P<subject>[^\W\d_][\w'’.-]+(?:\s+[^\W\d_][\w'’-]+){0,2})(?:\s+(?:to|will|should)\s|\s*[:–—-]\s)",
    re.IGNORECASE | re.MULTILINE,
)
_PAIR = re.compile(
    r"(?P<name>[^\W\d_][\w'’-]{1,60}(?:\s+[^\W\d_][\w'’.-]{1,60}){1,3})\s*+,?\s*+[(\[]{1,3}(?P<short>@?[A-Za-z][\w.-]{0,60})[)\]]"
)
_APPOSITION = re.compile(
    r"\b([A-Z][\w-]{1,60})(?:,|\s+\(|\s+(?:is|was)\b|\s+[-–—])\s*(?:our|the|an?|my|their)\s+"
    r"((?:[\w-]{1,60}\s+){0,5}?[\w-]{1,60})(?=[,.;:)]|\s+(?:that|which)\b|\s*$)",
    re.MULTILINE,
)
_SHORT_FOR = re.compile(r"((?:[A-Za-z][\w'’]{0,40}[\s-]{1,3}){1,5}[A-Za-z][\w'’]{0,40})\s{1,3}\(([A-Z]{2,5})\)")
_BOTH = re.compile(r"\b([A-Z][\w-]{1,40}) and ([A-Z][\w-]{1,40}) (?:are|were) ((?:[\w-]{1,40}\s+){0,4}[\w-]{1,40})")
_NAMED = re.compile(r"\b(\w[\w-]{0,30}?)s?,?\s+(?:called|named|nicknamed|dubbed|codenamed)\s+[\"“'*]?([A-Z][\w-]+)")


def people(document: Document, lexicon: Lexicon, words: Words) -> Iterator[Declared]:
    """Each person that the document lists; the same one may come more than once."""
    reader = _Reader(lexicon, words)
    for section in document.sections:
        if section.carrier == "front-matter" and set(section.kinds) & {"authors", "roster"}:
            yield from reader.value(document.front_matter.get(section.title))
    kinds = columns(document.text, document.blocks, load())
    for block in document.blocks:
        if block.kind in LEAVES and block.kind != "heading":
            yield from _of_block(document, block, reader, kinds)
    for match in _PAIR.finditer(document.text):
        yield from reader.pair(match["name"], match["short"])


def things(document: Document, lexicon: Lexicon, words: Words) -> Iterator[str]:
    """Each name, folded, that the document gives to a thing: "Lassie, our watchdog", "Example Research (ER)"."""
    reader = _Reader(lexicon, words)
    for match in _SHORT_FOR.finditer(document.prose):
        if _stands_for(match[2], match[1]) and not any(reader.pair(match[1], match[2])):
            yield fold(match[2])
    kinds = words.sets["things"] | words.sets["devices"]
    for match in _APPOSITION.finditer(document.prose):
        if match[2].split()[-1].lower() in kinds:
            yield fold(match[1])
    for match in _BOTH.finditer(document.prose):
        if any(word.lower() in kinds for word in match[3].split()):
            yield from (fold(match[1]), fold(match[2]))
    for match in _NAMED.finditer(document.prose):
        if match[1].lower() in kinds:
            yield fold(match[2])


def _stands_for(short: str, long: str) -> bool:
    """Whether an abbreviation takes its letters from the words before it, the first from a word's beginning."""
    for count in range(1, len(short) + 2):
        rest = iter(" ".join(long.split()[-count:]).upper())
        if next(rest, "") == short[0] and all(letter in rest for letter in short[1:]):
            return True
    return False


def _of_block(document: Document, block: Block, reader: _Reader, kinds: Mapping[int, str | None]) -> Iterator[Declared]:
    start = block.start
    lists_owners = not block.header and kinds.get(block.start) in _OWNING
    for line in document.text[block.start : block.end].splitlines(keepends=True):
        prose = _without_labels(document, Span(start, start + len(line)))
        at = start + len(prose) - len(prose.lstrip(" \t*_:"))
        zone = document.zone(at)
        start += len(line)
        if zone not in _LISTED or not prose.strip() or "status" in document.kinds_at(at):
            continue
        if zone == "actions":
            yield from _owners(prose, block, reader, lists_owners)
        elif len(prose.split()) <= (40 if zone != "thanks" else 6):
            yield from reader.listed(prose)
        else:
            yield from reader.handles(prose)


def _without_labels(document: Document, line: Span) -> str:
    """The prose of a line, blank where a section's name stands: "Author: Robin" without "Author"."""
    prose = document.prose[line.start : line.end]
    for section in document.sections_in(line):
        first, last = section.name.start - line.start, section.name.end - line.start
        prose = prose[:first] + " " * (last - first) + prose[last:]
    return prose


def _owners(prose: str, block: Block, reader: _Reader, lists_owners: bool) -> Iterator[Declared]:
    yield from reader.handles(prose)
    if block.kind == "cell":
        if lists_owners and len(prose.split()) <= 4:
            yield from reader.listed(prose, common=False)
        return
    for match in _OWNER.finditer(prose):
        if match["subject"] and load().column(match["subject"]):
            continue
        aside = match.lastgroup in ("open", "close")
        yield from reader.listed(match[match.lastgroup or 0], common=False, unknown=not aside)


class _Reader:
    """Reads names out of short texts that list people."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self.lexicon, self.words = lexicon, words

    def value(self, value: object) -> Iterator[Declared]:
        """The names in a value of the front matter."""
        if isinstance(value, str):
            yield from self.listed(value)
        elif isinstance(value, list):
            for item in value:
                yield from self.value(item)
        elif isinstance(value, dict):
            for key, item in value.items():
                if str(key).lower() in ("name", "login", "github", "handle", "username", "author"):
                    yield from self.value(item)

    def handles(self, text: str) -> Iterator[Declared]:
        """The handles in a text."""
        for match in _HANDLE.finditer(text):
            login = next(filter(None, match.groups()))
            if login.casefold() not in self.words.sets["groups"]:
                yield Declared("", (login,))

    def listed(self, text: str, common: bool = True, unknown: bool = True) -> Iterator[Declared]:
        """The names, logins and initials in a list.

        `common` takes a common word for a login too, `unknown` a word with a capital that is in no list.
        """
        yield from self.handles(text)
        text = _HANDLE.sub(" ", text)
        asides = [match[1] for match in _ASIDE.finditer(text)]
        bare = _ASIDE.sub(" , ", text)
        if (match := _LAST_FIRST.fullmatch(bare)) and self.lexicon.given(match[2]):
            bare = f"{match[2]} {match[1]}"
        pieces = [piece.strip(" \t*_.:\"'`#") for piece in [*_SPLIT.split(bare), *asides]]
        capitals = {piece.lower() for piece in pieces if re.fullmatch(r"[A-Z]{2,3}", piece)}
        among = len(capitals - self.words.sets["acronyms"]) > 1
        for piece in pieces:
            found = self._piece(piece, common, among)
            yield from (one for one in found if unknown or not one.unsure)

    def pair(self, name: str, short: str) -> Iterator[Declared]:
        """A name with a handle, a login or initials in parentheses behind it."""
        tokens = name.split()
        while len(tokens) > 1:
            if self._full(tokens):
                letters = "".join(token[0] for token in tokens).upper()
                if short.isupper() and short == letters:
                    yield Declared(" ".join(tokens), (), short)
                elif short.startswith("@") and short[1:].casefold() not in self.words.sets["groups"]:
                    yield Declared(" ".join(tokens), (short[1:],))
                return
            tokens = tokens[1:]

    def _piece(self, piece: str, common: bool, among_initials: bool) -> Iterator[Declared]:
        tokens = piece.split()
        if not 1 <= len(tokens) <= 5 or not all(_NAME_WORD.fullmatch(token) for token in tokens):
            return
        if len(tokens) > 1:
            while len(tokens) > 1 and tokens[0].lower() in self.words.sets["titles"]:
                tokens = tokens[1:]
            if len(tokens) > 1 and self._full(tokens):
                yield Declared(" ".join(tokens))
                return
            if len(tokens) > 1:
                return
        yield from self._single(tokens[0], common, among_initials)

    def _single(self, token: str, common: bool, among_initials: bool) -> Iterator[Declared]:
        sets, key = self.words.sets, token.casefold()
        if re.fullmatch(r"[A-Z]{2,3}", token):
            if common and key not in sets["nobody"] and (among_initials or key not in sets["acronyms"]):
                yield Declared("", (), token)
            return
        if "." in token.strip(".") and not is_dotted(token, self.lexicon):
            return
        if key in sets["nobody"] or key in sets["groups"] or key in sets["titles"] or token.isupper() or len(token) < 2:
            return
        if self.lexicon.product(token) and not self.lexicon.given(token):
            return
        if token[0].isupper():
            name = self.lexicon.given(token) or self.lexicon.surname(token)
            if name and not (name.ambiguous and not common):
                yield Declared(token)
            elif not name and not self._common(token) and token[1:].islower():
                yield Declared("", (token,), unsure=True)
        elif common or not self._common(token):
            yield Declared("", (token,))

    def _full(self, tokens: list[str]) -> bool:
        """Whether the words are a full name: capitalised, some of them no common words, none of a group."""
        sets = self.words.sets
        real = [token for token in tokens if token.lower() not in sets["particles"]]
        if (
            len(real) < 2
            or not all(token[0].isupper() for token in real)
            or any(len(t) > 3 and t.isupper() for t in real)
        ):
            return False
        if any(token.lower() in sets["companies"] | sets["things"] | sets["titles"] | sets["nobody"] for token in real):
            return False
        if self.lexicon.product(" ".join(tokens)) or self.lexicon.place(" ".join(tokens)):
            return False
        first = self.lexicon.given(real[0]) or (len(real[0].rstrip(".")) == 1 and self.lexicon.surname(real[-1]))
        known = first or (not self._common(real[0]) and self.lexicon.surname(real[-1]))
        return bool(known) and not all(self._common(token) and not self.lexicon.given(token) for token in real)

    def _common(self, token: str) -> bool:
        return bool(self.lexicon.word(token) or self.lexicon.product(token) or self.lexicon.place(token))
