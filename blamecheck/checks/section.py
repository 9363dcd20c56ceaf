"""Rules of kind section: a part that a postmortem should have, or that stands there empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from blamecheck.carriers import is_foreign, is_named
from blamecheck.checks import Context, Hit
from blamecheck.contents import bare_text
from blamecheck.document import Document
from blamecheck.markdown import Span
from blamecheck.marks import trimmed
from blamecheck.matching import Pattern, compile_pattern
from blamecheck.outline import Section
from blamecheck.patterns import PatternError
from blamecheck.rulebook import Rule, Rulebook
from blamecheck.schema import DataError, Key
from blamecheck.section_file import KINDS
from blamecheck.told import UNNAMED, Telling, section_that_tells, sentence_that_tells

_SHORT = 300
"""No placeholder is longer than this many characters."""
KEYS: dict[str, Key] = {
    "requires": Key("text", "Kind of section that the document should have.", allowed=KINDS),
    "not-alone": Key("texts", "Kinds of sections that do not do, though they count as required.", allowed=KINDS),
    "told-in": Key(
        "texts",
        "Kinds of sections that may tell the part under another name; unnamed for titles of no kind.",
        allowed=(*KINDS, UNNAMED),
    ),
    "told-once-in": Key("texts", "Kinds of sections where one sentence that says it outright does.", allowed=KINDS),
    "hinted-in": Key(
        "texts",
        "Kinds of sections where two sentences that hint at it do, or one of a short text.",
        allowed=(*KINDS, UNNAMED),
    ),
    "told-by": Key("texts", "Patterns of a sentence that says outright what the part is for."),
    "hinted-by": Key("texts", "Patterns of a sentence that may say so."),
    "not-told-by": Key(
        "texts", "Patterns of a sentence that says the part is not known, or not there; it does not count."
    ),
    "titles": Key("texts", "Patterns of a title that does, when its text says so much as two sentences."),
    "said-by": Key("texts", "Patterns that do for the part wherever they stand in the prose."),
    "said-times": Key("number", "How often such a pattern has to stand there; once when not said."),
    "intro": Key("flag", "Whether text before the first section does; false when not said."),
    "renames": Key("flag", "Report a part that stands under another name, not a missing one; false when not said."),
    "any-carrier": Key(
        "flag",
        "Whether its name does where no section begins, in any script that is not read too; false when not said.",
    ),
    "filled": Key("texts", "Kinds of sections that should not stand empty.", allowed=KINDS),
    "placeholders": Key("texts", "Patterns of a text that says nothing."),
    "prompts": Key("texts", "Patterns of a sentence of a form; a text of nothing else says nothing."),
    "no-answer-in": Key("texts", "Kinds of sections where a text such as none or N/A is no answer.", allowed=KINDS),
    "no-answers": Key("texts", "Patterns of such a text."),
}


def check(rules: Sequence[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """A finding on the title for each part that is missing, on its name for each that is empty."""
    if context.genre != "postmortem" or not context.document.prose.strip():
        return
    for rule in rules:
        if "requires" in rule.options:
            yield from _missing(rule, context)
        if "filled" in rule.options:
            yield from _empty(rule, context)


def _missing(rule: Rule, context: Context) -> Iterator[tuple[Rule, Hit]]:
    document, kind = context.document, rule.options["requires"]
    weak = set(rule.options.get("not-alone", ()))
    if any(section.kinds[0] not in weak for section in document.sections_of(kind)) or _is_said(rule, context):
        return
    if rule.options.get("any-carrier", False) and (
        is_named(document, context.names, kind) or is_foreign(document.prose)
    ):
        return
    telling = _telling(rule, context.rulebook)
    synonyms = ", ".join(f'"{name}"' for name in context.names.synonyms(kind, limit=3))
    section = section_that_tells(context, telling)
    if rule.options.get("renames", False):
        if section:
            yield rule, Hit(*section.name, values={"section": section.title, "synonyms": synonyms}, scope="document")
    elif not section:
        values = {"synonyms": synonyms, "place": _place(document, sentence_that_tells(context, telling))}
        yield rule, Hit(*(document.title or _first_line(document.text)), values=values, scope="document")


@lru_cache(maxsize=64)
def _telling(rule: Rule, rulebook: Rulebook) -> Telling:
    return Telling(
        frozenset(rule.options.get("told-in", ())),
        frozenset(rule.options.get("told-once-in", ())),
        frozenset(rule.options.get("hinted-in", ())),
        *(_patterns(rule, key, rulebook) for key in ("told-by", "hinted-by", "not-told-by", "titles")),
    )


@lru_cache(maxsize=256)
def _patterns(rule: Rule, key: str, rulebook: Rulebook) -> tuple[Pattern, ...]:
    try:
        return tuple(compile_pattern(text, rulebook) for text in rule.options.get(key, ()))
    except PatternError as error:
        raise DataError(f'{rule.path}:1: key "{key}": {error}') from error


def _place(document: Document, told: Span | None) -> str:
    """Where the part seems to be told, as the end of a sentence; nothing when nowhere."""
    if told is None:
        return ""
    line, section = document.source.position(told.start).line, document.section_at(told.start)
    under = f' under "{section.title}"' if section and section.name != document.title else ""
    return f"; it seems to be told{under} on line {line}"


def _is_said(rule: Rule, context: Context) -> bool:
    """Whether the part is told without a section of its own."""
    document, wanted = context.document, int(rule.options.get("said-times", 1))
    if rule.options.get("intro", False) and _has_intro(document):
        return True
    patterns = _patterns(rule, "said-by", context.rulebook)
    sentences = ((one, document.sentences[number]) for one in patterns for number in sorted(context.sentences_for(one)))
    said = (1 for pattern, span in sentences for _ in pattern.spans(document.prose, span))
    return bool(patterns) and sum(islice(said, wanted)) >= wanted


def _has_intro(document: Document) -> bool:
    """Whether a sentence of the story stands before the first section below the title."""
    after = document.title.end if document.title else 0
    for sentence in document.sentences:
        story = document.zone(sentence.start) == "narrative" and not document.is_heading(sentence.start)
        if story and sentence.start >= after:
            section = document.section_at(sentence.start)
            return section is None or section.name == document.title
    return False


def _empty(rule: Rule, context: Context) -> Iterator[tuple[Rule, Hit]]:
    """The sections that say nothing: not below one that is reported, nor when the next one goes on with it."""
    document, filled = context.document, set(rule.options["filled"])
    empty = [_says_nothing(rule, section, context) if section.kinds else False for section in document.sections]
    spoken = {kind for section, no in zip(document.sections, empty, strict=True) if not no for kind in section.kinds}
    for index, section in enumerate(document.sections):
        if not empty[index] or section.kinds[0] not in filled or _goes_on(document.sections, index):
            continue
        if section.carrier not in ("heading", "html") and section.kinds[0] in spoken:
            continue
        if section.parent < 0 or not (empty[section.parent] and document.sections[section.parent].kinds[0] in filled):
            yield rule, Hit(*section.name, values={"section": section.title}, scope="document")


def _goes_on(sections: Sequence[Section], index: int) -> bool:
    """Whether the next section has the same parent and is, or counts as, one of the same kind."""
    one = sections[index]
    end = sections[one.parent].body.end if one.parent >= 0 else sections[-1].body.end
    for number in range(index + 1, len(sections)):
        later = sections[number]
        if later.name.start >= end or later.parent == one.parent:
            return later.parent == one.parent and one.kinds[0] in later.kinds
    return False


def _says_nothing(rule: Rule, section: Section, context: Context) -> bool:
    if section.carrier == "front-matter":
        return False
    text = bare_text(context.document, section, _SHORT)
    if text is None:
        return False
    keys = ["placeholders"]
    if section.kinds[0] in rule.options.get("no-answer-in", ()):
        keys.append("no-answers")
    patterns = [pattern for key in keys for pattern in _patterns(rule, key, context.rulebook)]
    return not text or _matched(patterns, text) or _only_prompts(rule, section, context)


def _only_prompts(rule: Rule, section: Section, context: Context) -> bool:
    """Whether each sentence under a section, and the sections below it, is a prompt of a form."""
    patterns = _patterns(rule, "prompts", context.rulebook)
    said = [
        context.document.prose[span.start : span.end].strip(" \t\r\n*_-•|>")
        for span in context.document.sentences_in(section.body)
        if (block := context.document.leaf_at(span.start)) and block.kind != "heading" and not block.header
    ]
    return bool(patterns and said) and all(_matched(patterns, text) for text in said)


def _matched(patterns: Sequence[Pattern], text: str) -> bool:
    """Whether a pattern matches all of a text."""
    whole = Span(0, len(text))
    return any(span == whole for pattern in patterns for span in pattern.spans(text, whole))


def _first_line(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    end = re.compile(r"[\r\n]|\Z").search(text, start)
    return trimmed(text, start, end.start() if end else len(text))
