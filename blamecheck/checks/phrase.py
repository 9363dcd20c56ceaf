"""Rules of kind phrase: patterns over the sentences of a document.

A hundred patterns do not cost a hundred scans: the words of the document wake the patterns that
need them, each only in the sentences that hold such a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from blamecheck.checks import Context, Hit
from blamecheck.document import Document
from blamecheck.markdown import Span
from blamecheck.marks import trimmed
from blamecheck.matching import Pattern, compile_pattern
from blamecheck.patterns import PatternError
from blamecheck.rulebook import Rule, Rulebook, rules_root
from blamecheck.schema import DataError, Key
from blamecheck.sections import LANGUAGES
from blamecheck.zones import ZONES

KEYS: dict[str, Key] = {
    "patterns": Key("texts", "What is looked for; a group named span marks the part to report.", required=True),
    "unless": Key("texts", "Excuses a match that such a pattern overlaps."),
    "unless-sentence": Key("texts", "Excuses a match in a sentence that holds such a pattern."),
    "unless-block": Key("texts", "Excuses a match in a paragraph, list item or cell that holds such a pattern."),
    "zones": Key("texts", "Where it looks; narrative and actions when not said.", allowed=ZONES),
    "sections": Key("texts", "Only in sections of these kinds."),
    "not-sections": Key("texts", "Never in sections of these kinds."),
    "once": Key("flag", "Only the first match of the document; false when not said."),
    "first-sentences": Key("number", "Only in so many sentences at the beginning of a section."),
    "languages": Key("texts", "Only in documents whose section names speak one of these.", allowed=LANGUAGES),
    "headings": Key("flag", "Whether headings are looked at; true when not said."),
    "quoted": Key("flag", "Whether words in quotation marks count; false when not said."),
    "case-sensitive": Key("flag", "Whether upper and lower case differ; false when not said."),
}
DEFAULT_ZONES = ("narrative", "actions")


@dataclass(frozen=True, eq=False)
class _Phrase:
    """A rule's patterns, ready to wake."""

    rule: Rule
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    unless_sentence: tuple[Pattern, ...]
    unless_block: tuple[Pattern, ...]


def check(rules: Sequence[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """Each place where a rule's pattern matches and nothing excuses it; a rule's hits do not overlap."""
    taken: dict[str, dict[Span, list[Span]]] = {rule.id: {} for rule in rules}
    for phrase, pattern, sentence in _woken(_phrases(tuple(rules), context.rulebook), context):
        for span in pattern.spans(context.prose, sentence):
            others = taken[phrase.rule.id].setdefault(sentence, [])
            if not any(_overlap(span, other) for other in others) and _counts(phrase, span, sentence, context):
                others.append(span)
    for rule in rules:
        most = 1 if rule.options.get("once", False) else None
        for span in sorted(chain.from_iterable(taken[rule.id].values()))[:most]:
            yield rule, _hit(span, context)


def _hit(span: Span, context: Context) -> Hit:
    """A hit on the longest line of a match: an annotation stands on one line, the message quotes it all."""
    text = context.document.text[span.start : span.end]
    at, best = span.start, Span(span.start, span.start)
    for line in text.splitlines(keepends=True):
        part = trimmed(context.document.prose, at, at + len(line))
        best = part if part.end - part.start > best.end - best.start else best
        at += len(line)
    return Hit(best.start, best.end, values={"match": " ".join(text.split())})


@lru_cache(maxsize=16)
def _phrases(rules: tuple[Rule, ...], rulebook: Rulebook) -> tuple[_Phrase, ...]:
    return tuple(_phrase(rule, rulebook) for rule in rules)


def _phrase(rule: Rule, rulebook: Rulebook) -> _Phrase:
    ignore_case = not rule.options.get("case-sensitive", False)

    def ready(key: str) -> tuple[Pattern, ...]:
        try:
            found = tuple(compile_pattern(text, rulebook, ignore_case) for text in rule.options.get(key, ()))
            if not rule.path.is_relative_to(rules_root()):  # the shipped ones are compiled by the tests
                _ = [pattern.compiled for pattern in found]
            return found
        except PatternError as error:
            raise DataError(f'{rule.path}:1: key "{key}": {error}') from error

    return _Phrase(rule, ready("patterns"), ready("unless"), ready("unless-sentence"), ready("unless-block"))


def _woken(phrases: Iterable[_Phrase], context: Context) -> Iterator[tuple[_Phrase, Pattern, Span]]:
    """Each pattern with each sentence in which it may match."""
    for phrase in phrases:
        if context.language in phrase.rule.options.get("languages", (context.language,)):
            for pattern in phrase.patterns:
                for number in sorted(context.sentences_for(pattern)):
                    yield phrase, pattern, context.document.sentences[number]


def _counts(phrase: _Phrase, span: Span, sentence: Span, context: Context) -> bool:
    """Whether the match stands where the rule looks, and nothing excuses it."""
    options, document = phrase.rule.options, context.document
    if document.zone(span.start) not in options.get("zones", DEFAULT_ZONES):
        return False
    if not options.get("quoted", False) and document.is_quoted(span.start, span.end):
        return False
    if not options.get("headings", True) and document.is_heading(span.start):
        return False
    kinds = document.kinds_at(span.start)
    if "sections" in options and not set(kinds) & set(options["sections"]):
        return False
    if set(kinds) & set(options.get("not-sections", ())):
        return False
    if "first-sentences" in options and _place(span.start, document) >= options["first-sentences"]:
        return False
    return not _excused(phrase, span, sentence, context)


def _place(offset: int, document: Document) -> int:
    """How many sentences stand between the beginning of the innermost section's body and the offset."""
    section = document.section_at(offset)
    before = document.sentence_index(section.body.start - 1) if section else -1
    return document.sentence_index(offset) - before - 1


def _excused(phrase: _Phrase, span: Span, sentence: Span, context: Context) -> bool:
    """Whether a pattern around the match excuses it."""
    whole = context.document.passage_at(span.start) if phrase.unless_block else sentence
    for patterns, around in ((phrase.unless_sentence, sentence), (phrase.unless_block, whole)):
        if any(context.spans(pattern, around) for pattern in patterns):
            return True
    return any(_overlap(one, span) for pattern in phrase.unless for one in context.spans(pattern, sentence))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
