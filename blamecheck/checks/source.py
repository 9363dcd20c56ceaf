"""Rules of kind source: patterns over the source of each heading, paragraph, cell and front matter, markup and all.

They are for what is no prose: placeholders in brackets, tags and braces, values that were never filled in. Code,
comments, quotations and the targets of links do not count. Only a postmortem, or a file of several, is looked at:
in a form the placeholders are what it is for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from blamecheck.checks import Context, Hit
from blamecheck.document import Document
from blamecheck.labels import columns
from blamecheck.markdown import LEAVES, Block, Span
from blamecheck.marks import trimmed
from blamecheck.matching import Pattern, compile_pattern
from blamecheck.patterns import UNSPACED, PatternError, holds_unspaced
from blamecheck.rulebook import Rule, Rulebook
from blamecheck.schema import DataError, Key
from blamecheck.sections import COLUMNS
from blamecheck.status import status
from blamecheck.triggers import LONGEST_PREFIX, SHORTEST_PREFIX, Trigger
from blamecheck.zones import ZONES

KEYS: dict[str, Key] = {
    "patterns": Key("texts", "What is looked for; a group named span marks the part to report.", required=True),
    "not-in-actions": Key("texts", "Further patterns, for all places but action items."),
    "unless": Key("texts", "Excuses a match that such a pattern overlaps."),
    "unless-block": Key("texts", "Excuses a match in a heading, paragraph or cell that holds such a pattern."),
    "unless-status": Key("texts", "Not in documents whose status or title holds such a pattern."),
    "not-columns": Key("texts", "Not in the cells of such columns.", allowed=COLUMNS),
    "zones": Key("texts", "Where it looks; everywhere but in code and quotations when not said.", allowed=ZONES),
    "once": Key("flag", "Only the first match of each line; false when not said."),
    "case-sensitive": Key("flag", "Whether upper and lower case differ; false when not said."),
}
DEFAULT_ZONES = tuple(zone for zone in ZONES if zone not in ("code", "quote"))
_LONG = 2000
"""Characters that patterns look through at once; of a longer line only so many are looked at."""
_WORD = re.compile(r"[^\W_]+")


def check(rules: Sequence[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """Each place where a rule's pattern matches and nothing excuses it; a rule's hits do not overlap."""
    if context.genre not in ("postmortem", "several"):
        return
    text = _Text(context)
    for rule in rules:
        if not _settled(rule, context):
            yield from ((rule, _hit(span, context.document)) for span in _reported(rule, _found(rule, text), context))


def _reported(rule: Rule, spans: Sequence[Span], context: Context) -> Iterator[Span]:
    """The matches in order, or the first one of each line."""
    seen: set[int] = set()
    for span in spans:
        line = context.document.source.position(span.start).line
        if line not in seen or not rule.options.get("once", False):
            seen.add(line)
            yield span


@dataclass(frozen=True)
class _Text:
    """A document's blocks of source, and the words that they hold."""

    context: Context
    _excuses: dict[tuple[Pattern, int], list[Span]] = field(default_factory=dict, repr=False)

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks that hold text of the document's own, long ones in pieces of whole lines."""
        blocks = (one for one in self.context.document.blocks if one.kind in LEAVES or one.kind == "metadata")
        return [piece for block in blocks for piece in _pieces(self.context.document.text, block)]

    @cached_property
    def words(self) -> dict[str, set[int]]:
        """Each word of the source, case-folded, and the indexes of the blocks that hold it.

        UNSPACED stands for any letter of a script that writes no words apart.
        """
        found: dict[str, set[int]] = {}
        for number, block in enumerate(self.blocks):
            text = self.context.document.text[block.start : block.end].casefold()
            for word in (*_WORD.findall(text), *([UNSPACED] if holds_unspaced(text) else ())):
                found.setdefault(word, set()).add(number)
        return found

    @cached_property
    def beginnings(self) -> dict[str, list[str]]:
        """What words begin with, as long as triggers are, and the words that do."""
        found: dict[str, list[str]] = {}
        for word in self.words:
            for length in range(SHORTEST_PREFIX, min(len(word), LONGEST_PREFIX) + 1):
                found.setdefault(word[:length], []).append(word)
        return found

    @cached_property
    def columns(self) -> dict[int, str | None]:
        """What the column of each cell is for, by where the cell starts."""
        document = self.context.document
        return columns(document.text, document.blocks, self.context.names)

    def spans(self, pattern: Pattern, block: Block) -> list[Span]:
        """The matches of an excuse in a block, looked for once."""
        key = pattern, block.start
        if key not in self._excuses:
            text = self.context.document.text
            self._excuses[key] = list(pattern.spans(text, Span(block.start, block.end)))
        return self._excuses[key]

    def holding(self, pattern: Pattern) -> list[Block]:
        """The blocks that have a word of each set that the pattern needs, in order."""
        numbers = set(range(len(self.blocks)))
        for needed in pattern.needs:
            numbers &= {number for trigger in needed for word in self._words(trigger) for number in self.words[word]}
        return [self.blocks[number] for number in sorted(numbers)]

    def _words(self, trigger: Trigger) -> list[str]:
        """The words of the source that a trigger stands for."""
        if trigger.prefix:
            return self.beginnings.get(trigger.word, [])
        return [trigger.word] if trigger.word in self.words else []


def _pieces(text: str, block: Block) -> Iterator[Block]:
    """A block cut after lines, so that no piece is longer than a pattern can look through at once."""
    start, end = block.start, block.start
    for line in text[block.start : block.end].splitlines(keepends=True) if block.end - block.start > _LONG else ():
        if end - start + len(line) > _LONG and end > start:
            yield block._replace(start=start, end=end)
            start = end
        end += len(line)
    yield block._replace(start=start, end=min(block.end, start + _LONG))


def _found(rule: Rule, text: _Text) -> list[Span]:
    """The matches that count, in order, none of which overlaps another one."""
    found: list[Span] = []
    for key in ("patterns", "not-in-actions"):
        for pattern in _patterns(rule, key, text.context.rulebook):
            for block in text.holding(pattern):
                for span in pattern.spans(text.context.document.text, Span(block.start, block.end)):
                    at = bisect_left(found, span)
                    free = not any(_overlap(span, other) for other in found[max(0, at - 1) : at + 1])
                    if free and _counts(rule, span, block, text, actions_too=key == "patterns"):
                        found.insert(at, span)
    return found


def _counts(rule: Rule, span: Span, block: Block, text: _Text, *, actions_too: bool) -> bool:
    """Whether a match stands where the rule looks, and nothing excuses it."""
    document = text.context.document
    zone, zones = document.zone(span.start), rule.options.get("zones", DEFAULT_ZONES)
    if zone not in zones or (zone == "actions" and not actions_too) or document.in_code(span.start):
        return False
    if document.is_quoted(span.start, span.end) or _in_target(document, span):
        return False
    if block.kind == "cell" and text.columns.get(block.start) in rule.options.get("not-columns", ()):
        return False
    return not _excused(rule, span, block, text)


def _in_target(document: Document, span: Span) -> bool:
    """Whether a match lies in a link or image, behind the words that are shown."""
    for link in document.links_in(Span(max(0, span.start - 2000), span.end)):
        if link.start <= span.start < link.end and not document.prose[span.start : span.end].strip():
            return True
    return False


def _excused(rule: Rule, span: Span, block: Block, text: _Text) -> bool:
    unless, around = (_patterns(rule, key, text.context.rulebook) for key in ("unless", "unless-block"))
    return any(text.spans(one, block) for one in around) or any(
        _overlap(span, other) for one in unless for other in text.spans(one, block)
    )


def _settled(rule: Rule, context: Context) -> bool:
    """Whether what the document says of its own state excuses all of it."""
    patterns = _patterns(rule, "unless-status", context.rulebook)
    return bool(patterns) and any(one.compiled.search(status(context.document)) for one in patterns)


@lru_cache(maxsize=256)
def _patterns(rule: Rule, key: str, rulebook: Rulebook) -> tuple[Pattern, ...]:
    folded = key == "unless-status" or not rule.options.get("case-sensitive", False)
    try:
        return tuple(compile_pattern(text, rulebook, folded) for text in rule.options.get(key, ()))
    except PatternError as error:
        raise DataError(f'{rule.path}:1: key "{key}": {error}') from error


def _hit(span: Span, document: Document) -> Hit:
    """A hit on the first line of a match; the message quotes all of it."""
    text = document.text[span.start : span.end]
    line = trimmed(document.text, span.start, span.start + len(text.splitlines()[0]))
    return Hit(*line, values={"match": " ".join(text.split())})


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
