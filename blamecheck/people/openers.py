"""Common words that open entries of a timeline as people do: "coop pages the team", "coop notices"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from blamecheck.document import Document
from blamecheck.people.entries import opening_end
from blamecheck.people.lexicon import Lexicon
from blamecheck.people.words import Words

_SUBJECT = re.compile(r"([a-z][a-z0-9_]{2,})\s+(?:\([^()\n]{1,30}\)\s+)?([a-z][a-z-]+)\b")
_LINE = re.compile(r"[^\r\n]+")
_DIGIT = re.compile(r"\d")


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
