"""Who a document says its people are: by-lines, rosters, owners of actions, thanks; and what it says is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from blamecheck.document import Document
from blamecheck.labels import columns
from blamecheck.markdown import LEAVES, Block
from blamecheck.people.lexicon import Lexicon, fold
from blamecheck.people.roster import Declared
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
    r"(?P<name>[^\W\d_][\w'’-]+(?:\s+[^\W\d_][\w'’.-]+){1,3})\s*,?\s*[(\[]+(?P<short>@?[A-Za-z][\w.-]*)[)\]]"
)
_THING = re.compile(
    r"\b([A-Z][\w-]+),?\s+(?:is\s+)?(?:our|the|an?)\s+(?:\w+[\s-]){0,3}"
    r"(?:bot|watchdog|tool|service|server|script|robot|daemon|cluster|database|system|machine|host|scheduler|monitor"
    r"|platform|framework|library|app|application|product|project|dashboard|environment|vm|node)\b"
    r"|\b(?:bot|server|service|tool|cluster|host|machine|script|node|system|project|database)s?,?\s+"
    r"(?:called|named|nicknamed|dubbed|codenamed)\s+[\"“'*]?([A-Z][\w-]+)"
)


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


def things(document: Document) -> Iterator[str]:
    """Each name, folded, that the document gives to a thing: "Lassie, our watchdog"."""
    for match in _THING.finditer(document.prose):
        yield fold(match[1] or match[2])


def _of_block(document: Document, block: Block, reader: _Reader, kinds: Mapping[int, str | None]) -> Iterator[Declared]:
    start = block.start
    lists_owners = not block.header and kinds.get(block.start) in _OWNING
    for line in document.text[block.start : block.end].splitlines(keepends=True):
        zone = document.zone(start + len(line) - len(line.lstrip()))
        prose = document.prose[start : start + len(line)]
        start += len(line)
        if zone not in _LISTED or not prose.strip() or "status" in document.kinds_at(block.start):
            continue
        if zone == "actions":
            yield from _owners(prose, block, reader, lists_owners)
        elif len(prose.split()) <= (40 if zone != "thanks" else 6):
            yield from reader.listed(prose)
        else:
            yield from reader.handles(prose)


def _owners(prose: str, block: Block, reader: _Reader, lists_owners: bool) -> Iterator[Declared]:
    yield from reader.handles(prose)
    if block.kind == "cell":
        if lists_owners and len(prose.split()) <= 4:
            yield from reader.listed(prose, common=False)
        return
    for match in _OWNER.finditer(prose):
        if match["subject"] and load().column(match["subject"]):
            continue
        yield from reader.listed(match[match.lastgroup or 0], common=False)


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

    def listed(self, text: str, common: bool = True) -> Iterator[Declared]:
        """The names, logins and initials in a list; `common` takes a common word for a login too."""
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
            yield from self._piece(piece, common, among)

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
            if key not in sets["nobody"] and (among_initials or key not in sets["acronyms"]):
                yield Declared("", (), token)
            return
        if key in sets["nobody"] or key in sets["groups"] or key in sets["titles"] or token.isupper() or len(token) < 2:
            return
        if self.lexicon.product(token) and not self.lexicon.given(token):
            return
        if token[0].isupper():
            name = self.lexicon.given(token) or self.lexicon.surname(token)
            if (name and not (name.ambiguous and not common)) or not self._common(token):
                yield Declared(token)
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
