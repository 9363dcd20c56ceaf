"""Rules of kind mention: individuals that the document names.

A mention gives one finding, by the most telling rule of those that apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from blamecheck.checks import Context, Hit
from blamecheck.markdown import Span
from blamecheck.matching import Pattern, compile_pattern
from blamecheck.patterns import PatternError
from blamecheck.people import Mention
from blamecheck.rulebook import Rule, Rulebook
from blamecheck.schema import DataError, Key
from blamecheck.zones import ZONES

FORMS = ("name", "login", "handle", "email")
PLACES = ("heading", "title", "file-name")
ROLE = "the on-call engineer"
"""The role that a suggestion offers for a person of whom the settings know none."""

KEYS: dict[str, Key] = {
    "forms": Key("texts", "Which forms of a mention it reports.", required=True, allowed=FORMS),
    "zones": Key("texts", "Where names are reported; as the settings allow when not said.", allowed=ZONES),
    "patterns": Key("texts", "Only mentions within such a pattern; a group named span marks where they stand in it."),
    "places": Key("texts", "Only mentions in such a place.", allowed=PLACES),
    "precedence": Key("number", "Of the rules that apply to a mention, the highest reports it; 0 when not said."),
}
_NAME = re.compile(r"[^\W\d_]+")


def check(rules: Sequence[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """Each mention, by the rule of the highest precedence that reports it."""
    ordered = sorted(rules, key=lambda rule: -rule.options.get("precedence", 0))
    spans = {rule.id: _spans(rule, context) for rule in ordered if "patterns" in rule.options}
    for mention in context.mentions:
        for rule in ordered:
            around = spans[rule.id][context.document.sentence_at(mention.start)] if rule.id in spans else None
            if _reports(rule, mention, around, context):
                values = {"role": mention.role or ROLE}
                yield rule, Hit(mention.start, mention.end, values, mention.evidence, person=mention.person)
                break
    for rule in ordered:
        if "file-name" in rule.options.get("places", ()):
            yield from _in_file_name(rule, context)


def _reports(rule: Rule, mention: Mention, spans: Sequence[Span] | None, context: Context) -> bool:
    options = rule.options
    if mention.form not in options["forms"]:
        return False
    if mention.zone not in context.settings.report_names_in(options.get("zones")):
        return False
    if "places" in options and not _stands_in(mention, options["places"], context):
        return False
    return spans is None or any(span.start < mention.end and mention.start < span.end for span in spans)


def _stands_in(mention: Mention, places: Sequence[str], context: Context) -> bool:
    document = context.document
    in_title = document.title is not None and document.title.start <= mention.start < document.title.end
    return ("title" in places and in_title) or ("heading" in places and document.is_heading(mention.start))


def _spans(rule: Rule, context: Context) -> dict[Span, list[Span]]:
    """Where the patterns of a rule match, for each sentence that names somebody."""
    sentences = {context.document.sentence_at(mention.start) for mention in context.mentions}
    patterns = _compiled(rule, context.rulebook)
    return {one: [span for pattern in patterns for span in context.spans(pattern, one)] for one in sentences}


@lru_cache(maxsize=64)
def _compiled(rule: Rule, rulebook: Rulebook) -> tuple[Pattern, ...]:
    try:
        return tuple(compile_pattern(text, rulebook) for text in rule.options["patterns"])
    except PatternError as error:
        raise DataError(f'{rule.path}:1: key "patterns": {error}') from error


def _in_file_name(rule: Rule, context: Context) -> Iterator[tuple[Rule, Hit]]:
    """A person of the document whose name stands in the file's name too, reported at the title."""
    document = context.document
    stem = re.split(r"[/\\]", document.source.path)[-1].rpartition(".")[0]
    words = {word.casefold() for word in _NAME.findall(stem.replace("_", " "))}
    place = document.title or Span(0, min(len(document.text), 1))
    for mention in context.mentions:
        names = {word.casefold() for word in _NAME.findall(document.text[mention.start : mention.end])}
        if mention.form == "name" and mention.zone == "narrative" and names & words and place.end > place.start:
            values = {"match": document.text[mention.start : mention.end], "role": mention.role or ROLE}
            yield rule, Hit(*place, values, mention.evidence, scope="document", person=mention.person)
            return
