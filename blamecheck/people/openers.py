"""Words and initials that open entries of a timeline as people do: "coop pages the team", "RB I restarted it"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from blamecheck.document import Document
from blamecheck.people.entries import opening_end
from blamecheck.people.lexicon import Lexicon
from blamecheck.people.words import Words

_SUBJECT = re.compile(r"([a-z][a-z0-9_]{2,})\s+(?:\([^()\n]{1,30}\)\s+)?([a-z][a-z-]+)\b")
_INITIALS = re.compile(r"[ \t>*_|-]*([A-Z]{2,3})(?:[ \t]*:|[ \t]+([A-Za-z’'-]+))")
_OPENINGS = 2
_LINE = re.compile(r"[^\r\n]+")
_DIGIT = re.compile(r"\d")


def initials(document: Document, words: Words) -> Iterator[str]:
    """Initials that open entries as people do: "9.06 RB I restarted it", "9:10 SN confirms".

    Where some are sure, others that open a timed entry are taken for initials too, and abbreviations of the
    trade that open several.
    """
    lines, timed = Counter[str](), Counter[str]()
    sure: set[str] = set()
    for line in _LINE.finditer(document.prose):
        start = opening_end(document.prose, *line.span())
        if match := _INITIALS.match(document.prose, start, line.end()):
            lines[match[1]] += 1
            timed[match[1]] += start > line.start()
            following = (match[2] or "").replace("’", "'")
            says_i = following.partition("'")[0] == "I"
            acts = following in words.verbs and following not in words.plain
            if says_i or (acts and match[1].lower() not in words.sets["acronyms"]):
                sure.add(match[1])
    sure = {one for one in sure if timed[one] and lines[one] >= _OPENINGS}
    zones = words.sets["time-zones"]
    for one, count in lines.items() if sure else ():
        common = one.lower() in words.sets["acronyms"]
        if one in sure or (timed[one] and one.lower() not in zones and (not common or count > _OPENINGS)):
            yield one


def openers(document: Document, lexicon: Lexicon, words: Words) -> Iterator[str]:
    """Each word of the dictionary that does something in two entries, in one of them what only people do."""
    acts: Counter[str] = Counter()
    human: set[str] = set()
    for line in _LINE.finditer(document.prose):
        if not _DIGIT.search(line[0]):
            continue
        match = _SUBJECT.match(document.prose, opening_end(document.prose, *line.span()), line.end())
        if match is None or match[2] in words.plain or match[2] not in words.verbs or match[2].endswith("ing"):
            continue
        acts[match[1]] += 1
        human.update([match[1]] if words.verbs[match[2]] == "human" else [])
    barred = words.sets["nobody"] | words.sets["things"] | words.sets["titles"] | words.sets["companies"]
    for word, count in acts.items():
        if count > 1 and word in human and word not in barred and not word.endswith("s") and lexicon.word(word):
            yield word
