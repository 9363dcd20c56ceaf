"""Action items: what a postmortem wants done, by whom, by when, under which ticket.

They stand in lists, numbered or with boxes, in tables with any order of columns, under a heading each, or in
prose. An item's details (nested lists, further paragraphs) belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from blamecheck.action_shapes import Shape, shapes
from blamecheck.document import Document
from blamecheck.markdown import Span
from blamecheck.matching import Pattern, compile_pattern
from blamecheck.outline import Section
from blamecheck.patterns import PERSON
from blamecheck.references import has_date, has_ticket
from blamecheck.rulebook import Rulebook
from blamecheck.sections import SectionNames

_LONGEST = 4000
"""Characters of an item; what is longer is not read to its end."""
_URL = re.compile(r"https?://")
_FIELD = re.compile(
    r"(?:^|[\n.;,(|（、・\]]|\*\*|\s[-–—]\s)[ \t>*_+-]{0,80}"
    r"(?P<label>[^\W\d_][^:：\n.;,()（）、。|]{0,24}?)[*_ ]*(?:[:：]|(?<= )=(?= ))[*_ ]*"
    r"(?P<value>(?:(?!\s[-–—]\s)[^\n.;,)|）、])*)"
)
_TAG = re.compile(r"^\W*\[(?P<name>[^\W\d_][\w .'-]{1,30})\](?![(\[:])")
_TEAM = re.compile(r"^[\s*_-]*\((?P<name>[^()]{0,40}\b(?:team|teams|squad|SRE))\)")
_PERSON = re.compile(PERSON + "+")
_TRACKED = re.compile(r"track|ticket|issue|board|epic|milestone|follow|jira|project|backlog", re.IGNORECASE)
_DONE_TITLE = re.compile(r"\b(?:completed?|done|finished|already|taken)\b", re.IGNORECASE)
_INSIDE = re.compile(r"[(（]([^()（）]{1,60})[)）][\s.,;]*$")
_AFTER = re.compile(r"\s(?:[-–—]|->|→)\s+([^\n.:;]{2,60}?)[\s.,;]*$")
_PIECES = re.compile(r"[,;、/]\s*|\s(?:[-–—]|->|→)\s+")
_NAME = re.compile(r"(?:the )?(?:[A-Z][\w'’-]*|[A-Z]{2,6})(?:[ &/](?:[A-Z][\w'’-]*|and|of|team)){0,3}(?: team)?")
_ONE_HANDLE = r"@[A-Za-z0-9][\w-]*(?:/[\w-]+)?"
_HANDLE = re.compile(rf"(?<![\w@./]){_ONE_HANDLE}(?:\s*(?:[,/&+]|and)\s*{_ONE_HANDLE})*")
_NO_OWNER = frozenset(
    "p0 p1 p2 p3 p4 prio high medium low done todo optional wip new open blocked future maybe ok".split()
)
_DONE = ("{not_yet}{done_word}", "(?<!未){done_word_cjk}")
_DONE_FIRST = (r"[(\[]?{done_word}[)\]]?(?: ?[:.]|$| \d)", r"[(\[（【]?{done_word_cjk}[)\]）】]?(?: ?[:：.]|$| \d)")
_CHECKS = re.compile(r"✅|✔|☑|:white_check_mark:|:heavy_check_mark:|~~")


@dataclass(frozen=True, slots=True)
class Action:
    """One item. `text` is what is to be done, `whole` also its details and other cells.

    `owner` is as written, empty when nobody owns it; `referenced` says whether it has a ticket, a link or a
    date, `ticket` whether one of the first two; `kind` is what its type column says.
    """

    text: Span
    whole: Span
    owner: str
    ticket: bool
    referenced: bool
    done: bool
    kind: str


@dataclass(frozen=True, slots=True)
class ActionList:
    """The items of one section, all parts of it together; `fields` says what holds for all of them."""

    section: Section
    items: tuple[Action, ...]


def action_lists(document: Document, names: SectionNames, prose: str, rulebook: Rulebook) -> list[ActionList]:
    """The action items of a document by section; `prose` is the mask with people marked."""
    reader = _Reader(document, names, prose, rulebook)
    return [ActionList(section, tuple(reader.items(section))) for section in _top(document)]


def _top(document: Document) -> Iterator[Section]:
    """The sections of actions that do not stand in another one."""
    end = -1
    for section in document.sections_of("action_items"):
        if section.kinds[0] == "action_items" and section.name.start >= end and section.carrier != "front-matter":
            yield section
            end = section.body.end


@dataclass(frozen=True)
class _Reader:
    """Reads items out of their shapes. `_tracked` remembers whether a section says where its items are tracked."""

    document: Document
    names: SectionNames
    prose: str
    rulebook: Rulebook
    _tracked: dict[Section, bool] = field(default_factory=dict)

    def items(self, section: Section) -> Iterator[Action]:
        """The items of a section, each with what its titles and introductions say for all."""
        for shape in map(_readable, shapes(self.document, self.names, section)):
            titles = list(self._titles(section, shape.text.start))
            owner = next(filter(None, (self._field(one.title, "owner") for one in titles)), "")
            done = any(_DONE_TITLE.search(one.title) for one in titles)
            yield self._item(shape, owner, done, self._is_tracked(titles))

    def _titles(self, section: Section, offset: int) -> Iterator[Section]:
        """The sections around an offset from the inside out, the given one last."""
        one = self.document.section_at(offset)
        while one is not None and one is not section and one.parent >= 0:
            yield one
            one = self.document.sections[one.parent]
        yield section

    def _is_tracked(self, titles: list[Section]) -> bool:
        """Whether a title links to something, or text before the items says where they are tracked."""
        for one in titles:
            if one not in self._tracked:
                first = self.document.source.position(one.name.start).line
                line = Span(*self.document.source.line_span(first))
                self._tracked[one] = self._linked(line) or has_ticket(one.title) or self._is_introduced(one)
            if self._tracked[one]:
                return True
        return False

    def _is_introduced(self, section: Section) -> bool:
        for block in self.document.blocks_in(section.body):
            if block.kind in ("list", "table", "heading"):
                return False
            words = self.document.text[block.start : block.end]
            linked = self._linked(Span(block.start, block.end)) or has_ticket(words)
            if block.kind == "paragraph" and linked and _TRACKED.search(words):
                return self.document.blocks_in(Span(block.end, section.body.end)) != ()
        return False

    def _item(self, shape: Shape, shared: str, done: bool, tracked: bool) -> Action:
        whole = self.document.text[shape.whole.start : shape.whole.end]
        linked = self._linked(shape.whole) or bool(_URL.search(whole))
        ticket = tracked or linked or has_ticket(whole) or self._filled(shape.cells.get("ticket", ""))
        due = shape.cells.get("due") or shape.cells.get("time") or ""
        owner = shape.cells.get("owner") or shape.cells.get("who") or ""
        owner = owner if self._filled(owner) else self._owner(shape, whole) or shared
        return Action(
            text=shape.text,
            whole=shape.whole,
            owner=owner,
            ticket=ticket,
            referenced=ticket or has_date(whole) or has_date(due),
            done=done or shape.done or self._done(shape, whole),
            kind=shape.cells.get("kind", ""),
        )

    def _linked(self, span: Span) -> bool:
        return any(not link.target.startswith(("#", "mailto:")) for link in self.document.links_in(span))

    def _filled(self, owner: str) -> bool:
        return bool(owner.strip()) and not full(self.rulebook, "{no_owner}", owner.strip(" *_`"))

    def _owner(self, shape: Shape, whole: str) -> str:
        """Who owns an item by its words, empty when nobody does."""
        if found := self._field(whole, "owner") or self._field(whole, "who"):
            return found
        if match := _HANDLE.search(whole):
            return match[0]
        text = self.document.text[shape.text.start : shape.text.end]
        if match := _TAG.match(text):
            return "" if match["name"].casefold() in _NO_OWNER else match["name"]
        if match := _TEAM.match(text):
            return match["name"]
        place = shape.text if {"owner", "who"} & set(shape.cells) else shape.whole
        if person := _PERSON.search(self.prose, place.start, place.end):
            return self.document.text[person.start() : person.end()]
        return self._team(text) or self._tail(text)

    def _team(self, text: str) -> str:
        """The team that an item begins with, as in "The storage team will add a replica"."""
        opening = pattern(self.rulebook, "(?P<team>{owning_team}){owning_verb}").compiled
        match = opening.match(text.lstrip(" *_[]-"))
        return match["team"] if match else ""

    def _tail(self, text: str) -> str:
        """The team, person or role at the end of an item, in parentheses or after a dash."""
        for match in [match for match in (_INSIDE.search(text), _AFTER.search(text)) if match]:
            for piece in map(str.strip, _PIECES.split(match[1])):
                named = _NAME.fullmatch(piece) and len(piece.split()) <= 4
                other = piece.casefold() in _NO_OWNER or has_date(piece) or has_ticket(piece)
                if not other and (named or full(self.rulebook, "{owning_role}", piece)):
                    return piece
        return ""

    def _field(self, text: str, column: str) -> str:
        """The value of a label such as "Owner: Storage" in a text; empty when there is none or a placeholder."""
        for match in _FIELD.finditer(text):
            if self.names.column(match["label"]) == column and self._filled(match["value"]):
                return match["value"].strip(" *_`")
        return ""

    def _done(self, shape: Shape, whole: str) -> bool:
        state = shape.cells.get("state", "")
        opening = self.prose[shape.text.start : shape.text.end].strip(" *_-–—:\t\r\n")
        return (
            bool(_CHECKS.search(whole))
            or any(True for one in _DONE for _ in pattern(self.rulebook, one).spans(state, Span(0, len(state))))
            or full(self.rulebook, "{done_opening}", opening.split("\n")[0])
            or any(pattern(self.rulebook, one).compiled.match(opening) for one in _DONE_FIRST)
            or bool(re.search(r"[(\[](?:done|completed?|fixed|merged|shipped|closed)\b", whole, re.IGNORECASE))
        )


def _readable(shape: Shape) -> Shape:
    """An item of which no more is read than anybody would."""
    text, whole = (Span(span.start, min(span.end, span.start + _LONGEST)) for span in (shape.text, shape.whole))
    return shape if (text, whole) == (shape.text, shape.whole) else replace(shape, text=text, whole=whole)


@lru_cache(maxsize=64)
def pattern(rulebook: Rulebook, text: str) -> Pattern:
    """A pattern of this module, compiled once for a rulebook."""
    return compile_pattern(text, rulebook)


def full(rulebook: Rulebook, text: str, value: str) -> bool:
    """Whether all of a value is what a pattern says."""
    return bool(pattern(rulebook, text).compiled.fullmatch(value))
