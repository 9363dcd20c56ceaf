"""Rules of kind timeline: entries without times, times without a zone, times out of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from blamecheck.actions import pattern
from blamecheck.checks import Context, Hit
from blamecheck.contents import own_sentences
from blamecheck.markdown import Span
from blamecheck.matching import Pattern, compile_pattern
from blamecheck.rulebook import Rule, Rulebook
from blamecheck.schema import Key
from blamecheck.timeline import Entry, Timeline, disorder, timelines

FINDS = ("no-time", "no-zone", "disorder", "milestones")
KEYS: dict[str, Key] = {
    "finds": Key("text", "What is wrong with a timeline.", required=True, allowed=FINDS),
    "said-by": Key("texts", "Patterns that excuse it anywhere in the document; upper and lower case differ."),
    "begins": Key("texts", "Patterns of all the words of an entry that stands before the ends."),
    "ends": Key("texts", "Patterns of all the words of an entry that none of the others follows."),
    "each-of": Key("texts", "Patterns that should each stand somewhere in the document."),
}


def check(rules: Sequence[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """What is wrong with the timelines of a postmortem or of several."""
    if context.genre not in ("postmortem", "several"):
        return
    found = list(timelines(context.document, context.names))
    for rule in rules:
        for timeline in found:
            for span in _spans(rule, timeline, context):
                whole = span == timeline.section.name
                values = {"section": timeline.section.title}
                yield rule, Hit(*span, values=values, scope="document" if whole else "line")


def _spans(rule: Rule, timeline: Timeline, context: Context) -> Iterator[Span]:
    entries, finds = timeline.entries, rule.options["finds"]
    if finds == "disorder":
        yield from _disorders(rule, timeline, context)
        return
    found = {
        "no-time": lambda: _lacks_times(timeline, entries, context),
        "no-zone": lambda: any(map(_is_clock, entries)) and not _said(rule, context),
        "milestones": lambda: bool(entries) and not _each(rule, context),
    }
    if found[finds]():
        yield timeline.section.name


def _disorders(rule: Rule, timeline: Timeline, context: Context) -> Iterator[Span]:
    """Times that cannot be, and the first of each sequence that is before the one above it."""
    if not _said(rule, context):
        wrong = filter(None, map(disorder, timeline.sequences))
        impossible = (entry for entry in timeline.entries if entry.moment and entry.moment.impossible)
        late = filter(None, (_late_begin(rule, sequence, context) for sequence in timeline.sequences))
        yield from (entry.moment.place for entry in (*impossible, *wrong, *late) if entry.moment)


def _late_begin(rule: Rule, sequence: Sequence[Entry], context: Context) -> Entry | None:
    """The first entry that says no more than that something begins, when one that it has ended stands above it."""
    ended = False
    for entry in sequence:
        words = _words(entry, context.document.prose)
        if _is(rule, "begins", words, context.rulebook):
            return entry if ended else None
        ended = ended or _is(rule, "ends", words, context.rulebook)
    return None


def _words(entry: Entry, prose: str) -> str:
    """What an entry says beside its time."""
    place = entry.moment.place if entry.moment else Span(entry.text.end, entry.text.end)
    rest = prose[entry.text.start : place.start] + " " + prose[place.end : entry.text.end]
    return " ".join(rest.replace("|", " ").split()).strip(" .,:;-–—*_")


def _is(rule: Rule, key: str, words: str, rulebook: Rulebook) -> bool:
    return any(pattern(rulebook, text).compiled.fullmatch(words) for text in rule.options.get(key, ()))


def _is_clock(entry: Entry) -> bool:
    return entry.moment is not None and entry.moment.time is not None


def _lacks_times(timeline: Timeline, entries: Sequence[Entry], context: Context) -> bool:
    """Whether less than half of the entries have a time, or prose has none at all."""
    if len(entries) > 1:
        return 2 * sum(entry.moment is not None for entry in entries) < len(entries)
    document, body = context.document, timeline.section.body
    text = document.text[body.start : body.end]
    told = bool(own_sentences(document, timeline.section)) and not any(char.isdigit() for char in text)
    return told and not any(True for _ in document.links_in(body))


def _said(rule: Rule, context: Context) -> bool:
    """Whether a pattern stands anywhere in the document's text."""
    return any(one.compiled.search(context.document.text) for one in _excuses(rule, context.rulebook))


@lru_cache(maxsize=16)
def _excuses(rule: Rule, rulebook: Rulebook) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(text, rulebook, ignore_case=False) for text in rule.options.get("said-by", ()))


def _each(rule: Rule, context: Context) -> bool:
    patterns = (pattern(context.rulebook, text) for text in rule.options.get("each-of", ()))
    return all(one.compiled.search(context.document.prose) for one in patterns)
