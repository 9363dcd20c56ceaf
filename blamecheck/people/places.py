"""What the place of a mention is for, where the sentence says more than its section does."""

from __future__ import annotations

import re
from itertools import pairwise

from blamecheck.document import Document
from blamecheck.people.candidates import Candidate
from blamecheck.people.lexicon import fold
from blamecheck.people.words import Words
from blamecheck.zones import Zone

_LABEL = re.compile(
    r"[\s>*_|#-]*(?:[\w-]{1,20} ){0,3}?"
    r"(?:(?:signed-off|co-authored|co-developed|reviewed|approved|reported|tested|acked|suggested|merged|prepared|written)"
    r"[ -]by"
    r"|cc|authors?|incident (?:commander|lead|manager)|commander|scribe|owner|contact|reviewers?|attendees|participants"
    r"|waived|facilitators?|moderator|on-?call|responders?|respondents|stakeholders|acknowledge?ments?|credits?"
    r"|point of contact|dri|(?:tech|team|comms|communications|operations|incident) lead)\b[^:.!?\n]{0,25}:",
    re.IGNORECASE,
)
_WAIVED = re.compile(r"\b(?:waived|signed[ -]off) by\s+$", re.IGNORECASE)
_OWNED_BY = re.compile(r"[(\[,;|]\s*(?:owner|assignee|assigned to|dri|responsible)s?\s*[:=]\s*@?$", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[-*+|]|\d+[.)])")
_REPORTED_BY = re.compile(
    r"\b(?:notified|reported|disclosed|contacted|alerted|informed|discovered|found)\s+(?:\w+\s+){0,3}by\s+$",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\s*,?\s*(?:at|of|from)\s+(?:the\s+)?\[?[A-Z]|.{0,60}\b(?:HackerOne|Bugcrowd|Immunefi|bounty)\b"
)
_FLAW_BY = re.compile(
    r"\b(?:vulnerabilit(?:y|ies)|attacks?|exploits?|flaws?|weakness(?:es)?|security (?:bugs?|issues?|holes?))\s+"
    r"(?:[\w-]+\s+){0,4}(?:reported|disclosed|discovered|found)\s+by\s+$",
    re.IGNORECASE,
)
_FIRST_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def zone_of(candidate: Candidate, document: Document, words: Words, told: bool) -> Zone:
    """The zone of a mention: the document's, or what the words around it make of the place.

    `told` says that the candidate does something in its sentence: outside a list of actions that is a story.
    """
    zone = document.zone(candidate.start)
    if zone == "actions" and told and not _LISTED.match(document.text, _line(document.text, candidate.start)):
        return "narrative"
    if zone != "narrative":
        return zone
    prose, sentence = document.prose, candidate.sentence
    before = prose[sentence.start : candidate.start]
    after = prose[candidate.end : sentence.end]
    if _thanked(before, words) or _FLAW_BY.search(before):
        return "thanks"
    if _OWNED_BY.search(before):
        return "actions"
    if _LABEL.match(prose, _line(prose, candidate.start), candidate.start) or _is_signature(before, after):
        return "metadata"
    if fold(candidate.parts[-1]) in words.sets["famous"] or _cited(before, after, words):
        return "reference"
    return zone


def _is_signature(before: str, after: str) -> bool:
    """Whether a sentence ends with who waived or signed something: "Signed off by Robin"."""
    return bool(_WAIVED.search(before)) and not after.strip(" .,;)*_\r\n")


def _line(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _thanked(before: str, words: Words) -> bool:
    """Whether somebody is thanked, up to the candidate."""
    run = [word.casefold() for word in _FIRST_WORDS.findall(before)]
    for word, following in pairwise([*run, ""]):
        if word in words.sets["thanked"] and (not word.startswith("credit") or following in ("to", "go", "goes", "")):
            return True
    return bool(re.search(r"\b(?:shout-?out|shout out|hat tip|h/t)\b", before, re.IGNORECASE))


def _cited(before: str, after: str, words: Words) -> bool:
    """Whether a work is named just before "by X", or X's work just after."""
    run = [word.casefold() for word in _FIRST_WORDS.findall(before)][-4:]
    if run[-1:] == ["by"] and set(run) & words.sets["cited"]:
        return True
    owned = re.match(r"['’]s?\s+((?:\S+\s+){0,3}?)(\w+)", after)
    return bool(owned and owned[2].casefold() in words.sets["cited"])


def is_outsider(candidate: Candidate, document: Document, words: Words) -> bool:
    """Whether the candidate is said to be somebody from outside who reported a problem."""
    prose, sentence = document.prose, candidate.sentence
    before = prose[max(sentence.start, candidate.start - 60) : candidate.start]
    after = prose[candidate.end : min(sentence.end, candidate.end + 80)]
    outsiders = "|".join(words.sets["outsiders"])
    return bool(
        re.search(rf"\b(?:{outsiders})s?\s*,?\s*(?:named\s+)?$", before, re.IGNORECASE)
        or re.match(rf"\s*,?\s*(?:who is\s+)?(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}(?:{outsiders})\b", after, re.IGNORECASE)
        or (_REPORTED_BY.search(before) and _OF_ANOTHER.match(after))
    )
