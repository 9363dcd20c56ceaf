"""Rules of kind action: what an action item lacks or says, one finding for a section where all of it does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from blamecheck.actions import Action, ActionList, action_lists, full, pattern
from blamecheck.checks import Context, Hit
from blamecheck.markdown import Span
from blamecheck.references import has_date, is_concrete
from blamecheck.rulebook import Rule, Rulebook
from blamecheck.schema import Key

KEYS: dict[str, Key] = {
    "lacks": Key("text", "What an item that is not done should have.", allowed=("owner", "reference")),
    "not-titles": Key("texts", "Patterns of a section's title whose items need not have that."),
    "opens": Key("texts", "Patterns that the item begins with, after words such as we will."),
    "holds": Key("texts", "Patterns anywhere in the item."),
    "unless": Key("texts", "Patterns anywhere in the item that excuse it."),
    "unless-concrete": Key("flag", "Whether a figure, code, a link or a ticket excuses; false when not said."),
    "most-words": Key("number", "How many words an item may have for the rule to hold; any number when not said."),
    "owners": Key("texts", "Patterns of the whole of an owner."),
    "none-opens": Key("texts", "Patterns of which some item should begin with one, after words such as we will."),
    "none-holds": Key("texts", "Patterns that do as well, anywhere in an item."),
    "none-kinds": Key("texts", "Patterns of the type that an item says it is of, which then decides."),
}
_LEAD = "{action_lead}*"
_FIRST = re.compile(r"[^\s\W_]|\ue000")


def check(rules: Sequence[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """The items that lack or say what a rule looks for; nothing in documents that are no postmortem."""
    if context.genre in ("template", "index", "other"):
        return
    lists = action_lists(context.document, context.names, context.prose, context.rulebook)
    for rule in rules:
        if "lacks" in rule.options:
            yield from _lacking(rule, lists, context.rulebook)
        if "none-holds" in rule.options:
            yield from _none(rule, lists, context)
        for item in (item for one in lists for item in one.items):
            span = _owner(rule, item, context) or _said(rule, item, context)
            if span:
                yield rule, Hit(*span, values={"owner": item.owner.strip(" *_`")})


def _lacking(rule: Rule, lists: Sequence[ActionList], rulebook: Rulebook) -> Iterator[tuple[Rule, Hit]]:
    """A finding on the section's name when all items lack it, else one on each that does."""
    for one in lists:
        if any(
            pattern(rulebook, text).compiled.search(one.section.title) for text in rule.options.get("not-titles", ())
        ):
            continue
        open_items = [item for item in one.items if not item.done]
        bad = [item for item in open_items if not _has(rule.options["lacks"], item)]
        if len(bad) > 1 and len(bad) == len(open_items):
            values = {"what": f"None of the {len(bad)} items has", "section": one.section.title}
            yield rule, Hit(*one.section.name, values=values, scope="document")
        else:
            for item in bad:
                yield rule, Hit(*item.text, values={"what": "This item lacks"})


def _has(what: str, item: Action) -> bool:
    return bool(item.owner) or item.ticket if what == "owner" else item.referenced


def _none(rule: Rule, lists: Sequence[ActionList], context: Context) -> Iterator[tuple[Rule, Hit]]:
    items = [item for one in lists for item in one.items]
    if items and not any(_is_of_the_kind(rule, item, context) for item in items):
        yield rule, Hit(*lists[0].section.name, scope="document")


def _is_of_the_kind(rule: Rule, item: Action, context: Context) -> bool:
    """Whether an item is what the document should have one of: by its type, or else by its words."""
    if item.kind.strip():
        kinds = (pattern(context.rulebook, text) for text in rule.options.get("none-kinds", ()))
        return any(one.compiled.search(item.kind) for one in kinds)
    things = (pattern(context.rulebook, text) for text in rule.options["none-holds"])
    return _opens(rule, "none-opens", item, context) is not None or any(
        one.compiled.search(context.prose, item.whole.start, item.whole.end) for one in things
    )


def _opens(rule: Rule, key: str, item: Action, context: Context) -> Span | None:
    """Where a pattern stands that an item begins with, after words that lead up to it."""
    first = _FIRST.search(context.prose, item.text.start, item.text.end)
    for text in rule.options.get(key, ()) if first else ():
        opening = pattern(context.rulebook, f"{_LEAD}(?P<span>{text})").compiled
        if first and (match := opening.match(context.prose, first.start(), item.text.end)):
            return Span(*match.span("span"))
    return None


def _owner(rule: Rule, item: Action, context: Context) -> Span | None:
    owner = item.owner.strip(" *_`")
    if owner and any(full(context.rulebook, text, owner) for text in rule.options.get("owners", ())):
        start = context.document.text.find(owner, item.whole.start, item.whole.end)
        return Span(start, start + len(owner)) if start >= 0 else item.text
    return None


def _said(rule: Rule, item: Action, context: Context) -> Span | None:
    """Where an item says what the rule looks for, when nothing excuses it."""
    if item.done or _excused(rule, item, context):
        return None
    if span := _opens(rule, "opens", item, context):
        return span
    for text in rule.options.get("holds", ()):
        for span in context.spans(pattern(context.rulebook, text), item.text):
            return span
    return None


def _without_lead(item: Action, context: Context) -> str:
    """The words of an item after those that lead up to what it wants."""
    first = _FIRST.search(context.prose, item.text.start, item.text.end)
    start = first.start() if first else item.text.start
    lead = pattern(context.rulebook, rf"{_LEAD}(?P<rest>\S+)").compiled.match(context.prose, start, item.text.end)
    return context.document.prose[lead.start("rest") if lead else start : item.text.end]


def _excused(rule: Rule, item: Action, context: Context) -> bool:
    options, text = rule.options, context.document.text[item.whole.start : item.whole.end]
    words = _without_lead(item, context).split()
    if len(words) > options.get("most-words", len(words)):
        return True
    if options.get("unless-concrete", False) and (item.ticket or "`" in text or is_concrete(text) or has_date(text)):
        return True
    excuses = (pattern(context.rulebook, one).compiled for one in options.get("unless", ()))
    return any(one.search(context.prose, item.whole.start, item.whole.end) for one in excuses)
