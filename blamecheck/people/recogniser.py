"""Mentions: the candidates whose evidence adds up."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from blamecheck.document import Document
from blamecheck.people import Author, Mention, PeopleSettings
from blamecheck.people import lexicon as lexicons
from blamecheck.people import roster as rosters
from blamecheck.people import words as word_lists
from blamecheck.people.candidates import Candidate, find
from blamecheck.people.declared import people, things
from blamecheck.people.evidence import Evidence, known_of, of_word
from blamecheck.people.lexicon import Lexicon, fold
from blamecheck.people.openers import initials, openers
from blamecheck.people.places import is_outsider, zone_of
from blamecheck.people.roster import Roster
from blamecheck.people.surroundings import clues
from blamecheck.people.words import Words

_JOINT = re.compile(r"(?:['’]s?)?\s*(?:\([^()]{1,30}\)\s*)?(?:,|/|&|\+|,?\s*and|,?\s*or|\swith)\s*[\[@]?")
_MOST_ELSEWHERE = 8
_HABIT = 3
_UNKNOWN = frozenset({"unknown-word", "unknown-login"})
_OTHER_LIVES = frozenset(
    {"dictionary", "product", "place", "calendar", "eponym", "given-ambiguous", "surname-ambiguous"}
)


@dataclass
class Judged:
    """A candidate, its evidence, and the points so far."""

    candidate: Candidate
    evidence: list[Evidence] = field(default_factory=list)
    points: int = 0
    around: int = 0


def mentions(
    document: Document, settings: PeopleSettings | None = None, authors: tuple[Author, ...] = ()
) -> Iterator[Mention]:
    """The individuals that the document names, in order of place."""
    settings = settings or PeopleSettings()
    lexicon, words = lexicons.load(), word_lists.load()
    roster = rosters.build(
        people(document, lexicon, words),
        openers(document, lexicon, words),
        initials(document, words),
        things(document, lexicon, words),
        settings,
        authors,
        lexicon,
    )
    judged = judge(document, roster, settings, lexicon, words)
    people_named = [one for one in judged if one.points >= words.threshold]
    outside = {_person(one, roster) for one in people_named if is_outsider(one.candidate, document, words)}
    for one in people_named:
        mention = _mention(one, document, roster, words)
        yield mention._replace(zone="thanks") if mention.person in outside and mention.zone == "narrative" else mention


def judge(document: Document, roster: Roster, settings: PeopleSettings, lexicon: Lexicon, words: Words) -> list[Judged]:
    """Each candidate in order of place with its evidence, whether or not it is enough."""
    judged = []
    for candidate in find(document, roster, lexicon, words):
        one = Judged(candidate)
        _add(one, [*of_word(candidate, document.prose, roster, lexicon, words), *_yours(candidate, settings)], words)
        _add(one, clues(candidate, document, words, _is_sure(one)), words)
        judged.append(one)
    _initials(judged, words)
    _elsewhere(judged)
    _joined(judged, document, words)
    _habit(judged, words)
    _same(judged, words)
    _joined(judged, document, words)
    return judged


def _is_sure(one: Judged) -> bool:
    """Whether a word is known as a name, whatever it is besides."""
    return not {item.clue for item in one.evidence} & _UNKNOWN


def _add(one: Judged, evidence: list[Evidence], words: Words) -> None:
    for item in evidence:
        one.evidence.append(item)
        one.points += words.clues[item.clue].points
        one.around += words.clues[item.clue].points * item.around


def _yours(candidate: Candidate, settings: PeopleSettings) -> list[Evidence]:
    names = {" ".join(candidate.parts), *candidate.parts}
    return [Evidence("yours-not")] if names.intersection((*settings.ignored, *settings.products)) else []


def _initials(judged: list[Judged], words: Words) -> None:
    """Take initials that nobody declared for an abbreviation, unless they act at the beginning of an entry."""
    mine = [one for one in judged if one.candidate.shape == "initials" and one.evidence[0].clue == "initials"]
    actors = {one.candidate.key for one in mine if _opens(one)}
    for one in mine:
        if one.candidate.key not in actors:
            _add(one, [Evidence("abbreviation")], words)


def _opens(one: Judged) -> bool:
    """Whether a candidate does something at the beginning of an entry."""
    clues_of = {item.clue for item in one.evidence}
    return "entry" in clues_of and bool(clues_of & {"human", "work", "speaker"})


def _elsewhere(judged: list[Judged]) -> None:
    """Let half of what stands around a word in other places count here too."""
    sums: dict[str, int] = defaultdict(int)
    for one in judged:
        sums[_type(one.candidate)] += one.around
    for one in judged:
        half = (sums[_type(one.candidate)] - one.around) // 2
        half = max(-_MOST_ELSEWHERE, min(_MOST_ELSEWHERE, half))
        if half:
            one.evidence.append(Evidence("elsewhere" if half > 0 else "elsewhere-not"))
            one.points += half


def _type(candidate: Candidate) -> str:
    return fold(candidate.parts[0]).strip("@<>[]~")


def _joined(judged: list[Judged], document: Document, words: Words) -> None:
    """Let "X and Y" speak for Y when X is a person, from left to right and back."""
    for order in (judged, judged[::-1]):
        for one, other in pairwise(order):
            left, right = sorted((one.candidate, other.candidate), key=lambda item: item.start)
            if one.points < words.threshold or other.points >= words.threshold:
                continue
            if right.start - left.end < 60 and _JOINT.fullmatch(document.prose, left.end, right.start):
                _add(other, [Evidence("joined", around=True)], words)


def _habit(judged: list[Judged], words: Words) -> None:
    """Let an actor be a person where several others are: one who opens an entry, or has a name that is a word too."""
    acting = [one for one in judged if {item.clue for item in one.evidence} & {"work", "human", "speaker"}]
    for clue in ("entry", "given-ambiguous"):
        members = [one for one in acting if any(item.clue == clue for item in one.evidence)]
        sure = members if clue == "entry" else acting
        if sum(one.points >= words.threshold for one in sure) < _HABIT:
            continue
        for one in members:
            if one.points < words.threshold and not any(item.clue == "habit" for item in one.evidence):
                _add(one, [Evidence("habit")], words)


def _same(judged: list[Judged], words: Words) -> None:
    """Let a word that is a person in one place be one in others, unless it has other lives."""
    counts = Counter(_type(one.candidate) for one in judged if one.points >= words.threshold)
    for one in judged:
        count, clues_of = counts[_type(one.candidate)], {item.clue for item in one.evidence}
        if one.points >= words.threshold or not count:
            continue
        if not clues_of & _OTHER_LIVES and (count > 1 or "login-shape" in clues_of or not clues_of & _UNKNOWN):
            _add(one, [Evidence("same")], words)
        elif count > 1 and clues_of & _OTHER_LIVES and ("dictionary" not in clues_of or "capital" in clues_of):
            _add(one, [Evidence("same-ambiguous")], words)


def _person(one: Judged, roster: Roster) -> str:
    known = known_of(one.candidate, roster)
    return known.person if known else one.candidate.key.strip("@")


def _mention(one: Judged, document: Document, roster: Roster, words: Words) -> Mention:
    candidate = one.candidate
    known = known_of(candidate, roster)
    text = document.text[candidate.start : candidate.end]
    says = [
        words.clues[item.clue].says.replace("{text}", item.word or text).replace("{word}", item.word)
        for item in sorted(one.evidence, key=lambda item: -words.clues[item.clue].points)
    ]
    return Mention(
        candidate.start,
        candidate.end,
        candidate.form,
        _person(one, roster),
        tuple(dict.fromkeys(says)),
        zone_of(candidate, document, words, any(item.clue in ("human", "work") for item in one.evidence)),
        known.role if known else "",
    )
