"""Ignores in documents: comments and front matter that hide findings.

<!-- blamecheck-ignore BC101, role-at-fault -- reason -->    on its line, or before the next one
<!-- blamecheck-disable people -- reason --> … <!-- blamecheck-enable people -->
<!-- blamecheck-ignore-file BC401 -- reason -->
{/* blamecheck-ignore BC101 -- reason */}                    in MDX
blamecheck: {ignore: ["BC101 -- reason"]}                    in the front matter
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from blamecheck.document import Document
from blamecheck.markdown import Span
from blamecheck.rulebook import Rulebook, UnknownRule

VERBS = ("ignore", "disable", "enable", "ignore-file")

_COMMENT = re.compile(
    r"(?:<!--|\{/\\?\*)\s*(?P<word>blamecheck(?P<dash>-|[:\s]{1,3})(?P<verb>\w+(?:-\w+)*))(?P<rest>.*?)(?:-->|\\?\*/\}|\Z)",
    re.DOTALL,
)
_REASON = re.compile(r"(?:^|\s)(?:--|—|–)(?:\s+(?P<reason>.*)|$)", re.DOTALL)
_SELECTOR = re.compile(r"[^\s,]+")
_FRONT_KEY = re.compile(r"^\W{0,2}(?P<word>blamecheck)\b", re.MULTILINE)


class Fault(NamedTuple):
    """Something wrong with an ignore, and where; `choices` are what could be written instead."""

    kind: Literal["unknown", "unused", "unreasoned"]
    start: int
    end: int
    problem: str = ""
    choices: str = ""


class Selector(NamedTuple):
    """A word of an ignore, where it stands, and the ids of the rules that it stands for."""

    text: str
    start: int
    end: int
    ids: frozenset[str]


@dataclass(frozen=True, eq=False)
class Directive:
    """One comment, or one item of the front matter's list; `origin` names it, as in `a comment on line 4`.

    `comment` is the whole comment, `start` and `end` what it says before its reason.
    """

    verb: str
    start: int
    end: int
    comment: Span
    selectors: tuple[Selector, ...]
    reason: str
    origin: str


def read(document: Document, rulebook: Rulebook) -> tuple[tuple[Directive, ...], tuple[Fault, ...]]:
    """The ignores of a document in order, and what cannot be read of them."""
    if "blamecheck" not in document.text:
        return (), ()
    found: list[Directive | Fault] = [*_front_matter(document, rulebook), *_comments(document, rulebook)]
    directives = tuple(one for one in found if isinstance(one, Directive))
    return directives, tuple(one for one in found if isinstance(one, Fault))


def _comments(document: Document, rulebook: Rulebook) -> Iterator[Directive | Fault]:
    for match in _COMMENT.finditer(document.text):
        if document.in_code(match.start()):
            continue
        verb, place = match["verb"].lower(), Span(*match.span())
        if match["dash"] == "-" and verb in VERBS:
            origin = f"a comment on line {document.source.position(place.start).line}"
            yield from _directive(rulebook, verb, place, Span(*match.span("word")), match["rest"], origin)
            continue
        near = difflib.get_close_matches(verb, VERBS, n=1, cutoff=0.7)
        if match["dash"] == "-" or near:
            choices = " or ".join(f'"blamecheck-{one}"' for one in near or VERBS)
            yield Fault("unknown", *match.span("word"), "no comment of blamecheck begins like that", choices)


def _front_matter(document: Document, rulebook: Rulebook) -> Iterator[Directive | Fault]:
    """The ignores of the key `blamecheck` of the front matter."""
    block = next((block for block in document.blocks if block.kind == "metadata"), None)
    said = document.front_matter.get("blamecheck")
    if block is None or said is None:
        return
    key = _FRONT_KEY.search(document.text, block.start, block.end)
    word = Span(*key.span("word")) if key else Span(block.start, block.end)
    items = said.get("ignore") if isinstance(said, Mapping) and set(said) == {"ignore"} else None
    items = [items] if isinstance(items, str) else items
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        yield Fault("unknown", *word, "its one key is ignore, a list of rules", '"blamecheck: {ignore: [BC101]}"')
        return
    at = word.end
    for item in items:
        start = document.text.find(item, at, block.end)
        place = Span(start, start + len(item)) if start >= 0 else word
        at = max(at, place.end)
        origin = "the front matter"
        yield from _directive(rulebook, "ignore-file", place, Span(place.start, place.start), item, origin)


def _directive(
    rulebook: Rulebook, verb: str, comment: Span, word: Span, rest: str, origin: str
) -> Iterator[Directive | Fault]:
    """The directive of a verb at `word`, with the `rest` behind it, and the first word in it that is no rule."""
    reason = _REASON.search(rest)
    said = rest[: reason.start()] if reason else rest
    selectors: list[Selector] = []
    fault: Fault | None = None
    for match in _SELECTOR.finditer(said):
        place = Span(word.end + match.start(), word.end + match.end())
        try:
            selectors.append(Selector(match[0], *place, rulebook.resolve(match[0])))
        except UnknownRule:
            fault = fault or Fault(
                "unknown", *place, "no rule has this id, name or category", _near(rulebook, match[0])
            )
    if not selectors and not fault and verb != "enable":
        fault = Fault("unknown", *word, "it names no rule", '"all", or the rules to hide')
    if fault:
        yield fault
    if selectors or (verb == "enable" and not fault):
        end = word.end + len(said.rstrip())
        text = " ".join((reason["reason"] or "").split()) if reason else ""
        yield Directive(verb, word.start, end, comment, tuple(selectors), text, origin)


def _near(rulebook: Rulebook, word: str) -> str:
    known = [name for rule in rulebook.rules for name in (rule.id, rule.name, rule.category)]
    near = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return f'"{near[0]}"' if near else 'a rule that "blamecheck rules" lists, and a reason after two dashes'
