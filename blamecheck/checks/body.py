"""Rules of kind body: what all the text under a section amounts to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blamecheck.checks import Context, Hit
from blamecheck.contents import bare_text, own_sentences
from blamecheck.markdown import Span
from blamecheck.marks import trimmed
from blamecheck.matching import compile_pattern
from blamecheck.outline import Section
from blamecheck.rulebook import Rule
from blamecheck.schema import Key
from blamecheck.section_file import KINDS

KEYS: dict[str, Key] = {
    "sections": Key("texts", "Kinds of sections whose text it reads.", required=True, allowed=KINDS),
    "longest": Key("number", "Only texts of so many characters at most, without links and code.", required=True),
    "patterns": Key("texts", "All of the text is one of these; any text when not said."),
    "unless": Key("texts", "Not when the text holds such a pattern."),
    "alone": Key("flag", "Only when no other section is of these kinds and the text is one sentence."),
    "not-titled": Key("texts", "Not under a title that holds such a pattern."),
}


def check(rules: Sequence[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """A finding on the text of each section that is what the rule looks for; none in documents of another genre."""
    if context.genre not in ("postmortem", "several"):
        return
    for rule in rules:
        sections = [
            section for section in context.document.sections if set(section.kinds) & set(rule.options["sections"])
        ]
        inner = [section for section in sections if not any(_within(other, section) for other in sections)]
        if rule.options.get("alone", False) and len(inner) != 1:
            continue
        for section in inner:
            place = _place(section, rule, context)
            if place:
                yield rule, Hit(*place, values={"section": section.title})


def _within(inner: Section, outer: Section) -> bool:
    return inner is not outer and outer.body.start <= inner.name.start < outer.body.end


def _place(section: Section, rule: Rule, context: Context) -> Span | None:
    """Where the text of a section stands if it is what the rule looks for."""
    document, options = context.document, rule.options
    sentences = own_sentences(document, section)
    text = bare_text(document, section, options["longest"])
    if not sentences or not text or (options.get("alone", False) and len(sentences) > 1):
        return None
    title = " ".join(document.prose[section.name.start : section.name.end].split())
    if _holds(options.get("not-titled", ()), title, context, whole=False):
        return None
    if "patterns" in options and not _holds(options["patterns"], text.strip(" .!?…"), context, whole=True):
        return None
    if _holds(options.get("unless", ()), text, context, whole=False):
        return None
    return trimmed(document.prose, sentences[0].start, sentences[0].end)


def _holds(patterns: Sequence[str], text: str, context: Context, *, whole: bool) -> bool:
    """Whether a pattern matches in a text, or all of it."""
    for pattern in patterns:
        for span in compile_pattern(pattern, context.rulebook).spans(text, Span(0, len(text))):
            if not whole or span.end - span.start == len(text):
                return True
    return False
