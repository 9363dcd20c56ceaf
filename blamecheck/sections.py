"""What a section, label or table column is for, by its name in seven languages (rules/sections.yml)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from blamecheck.kept import keep
from blamecheck.section_file import COLUMNS, KINDS, LANGUAGES, Tables, read
from blamecheck.titles import TOKEN, key, normalise, parts, stands

__all__ = ["COLUMNS", "KINDS", "LANGUAGES", "SectionNames", "load", "normalise"]

_KANA = re.compile("[\u3040-\u30ff]")
_MODIFIERS = re.compile(
    r"^(?:incident|outage|event|post ?mortem|final|initial|preliminary|brief|detailed) "
    r"| (?:of (?:incident|outage|event)|\d{1,2})$"
)
_ASKS = re.compile(r"(?:how|what|prevent|avoid)")
_CLOCK = re.compile(r" (?:in )?(?:utc|gmt|cet|cest|pst|pdt|est|edt|pt|et|ist|jst|bst|am|pm|local)(?: ?[+-]?\d+)?$")


class _Hit(NamedTuple):
    start: int
    end: int
    name: str


@dataclass(frozen=True, repr=False)
class SectionNames:
    """The names of sections and columns; build with `load` or `from_data`.

    `whole` maps the key of each name to its kind; `inside` a first token to the keys looked for inside of
    titles, longest first; `spoken` a key to its languages; `listed` kind and language to the names as
    written; `columns` a key to its column.
    """

    whole: Mapping[str, str]
    inside: Mapping[str, Sequence[str]]
    spoken: Mapping[str, str]
    listed: Mapping[str, Mapping[str, Sequence[str]]]
    counts_as: Mapping[str, Sequence[str]]
    yields: Sequence[str]
    columns: Mapping[str, str]
    _seen: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> SectionNames:
        """Rebuild from `to_data`, which JSON can store; TypeError when the data is not that."""
        return cls(**data)

    def to_data(self) -> dict[str, Any]:
        """Plain dicts and lists, for `from_data`."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}

    def kinds(self, title: str) -> tuple[str, ...]:
        """The kinds that a title names, in its order, and after them those that they count as."""
        if title not in self._seen:
            named = [self.whole[hit.name] for hit in self._hits(key(title))]
            more = [other for kind in named for other in self.counts_as.get(kind, ())]
            self._seen[title] = tuple(dict.fromkeys(named + more))
        return self._seen[title]

    def is_name(self, title: str) -> bool:
        """Whether a title is a name of a section and nothing else, as "Why did it happen?" is."""
        return key(title) in self.whole

    def is_label(self, title: str) -> bool:
        """Whether a title is little else than names of sections, as a label is and a sentence is not."""
        text = key(title)
        covered = sum(hit.end - hit.start for hit in self._hits(text))
        words = sum(end - start for start, end in parts(text, ()))
        return covered * 3 >= words * 2 > 0

    def is_distinct(self, title: str) -> bool:
        """Whether a title is little else than names that can hardly mean something else: "root cause", not "bug"."""
        return self.is_label(title) and all(self._is_distinct(hit.name) for hit in self._hits(key(title)))

    def _is_distinct(self, name: str) -> bool:
        first = TOKEN.match(name)
        return " " in name or bool(first and name in self.inside.get(first[0], ()))

    def language(self, titles: Iterable[str]) -> str:
        """The language of a document by its titles; "en" when unclear.

        English titles are usual in documents of other languages, so a name that is no English one weighs
        double, and threefold with letters that English has not.
        """
        titles, votes = list(titles), Counter[str]()
        for title in titles:
            weight = 2 if title.isascii() else 3
            for hit in self._hits(key(title)):
                spoken = self.spoken.get(hit.name, "").split()
                shares = dict.fromkeys(spoken, weight / max(1, len(spoken)))
                votes.update({"en": 1.0} if "en" in spoken else shares)
        if votes["ja"] and votes["zh"]:
            votes["ja" if any(map(_KANA.search, titles)) else "zh"] += 1
        best = max(LANGUAGES[1:], key=lambda language: votes[language])
        return best if votes[best] and votes[best] >= votes["en"] else "en"

    def column(self, title: str) -> str | None:
        """What a table's column holds, by its header cell; None for an unknown one.

        A name has one meaning: "Date" is `time` and "Who" is `who`, in a table of actions as well.
        """
        compared = key(title)
        return self.columns.get(compared) or self.columns.get(_CLOCK.sub("", compared))

    def synonyms(self, kind: str, language: str = "en", limit: int | None = None) -> tuple[str, ...]:
        """Names of a kind for messages, the most usual first; English ones where the language has none."""
        names = self.listed[kind].get(language) or self.listed[kind].get("en", ())
        return tuple([name[:1].upper() + name[1:] for name in names if "..." not in name][:limit])

    def with_extra(self, extra: Mapping[str, Sequence[str]]) -> SectionNames:
        """These names and a house's own by kind, looked for inside of titles; they win over the same name here.

        Raise ValueError for an unknown kind and a name without words.
        """
        tables = Tables(**deepcopy(self.to_data()))
        for kind, names in extra.items():
            if kind not in KINDS:
                raise ValueError(f'"{kind}" is no kind of section; known are {", ".join(KINDS)}')
            for name in names:
                tables.add(kind, name)
        return SectionNames.from_data(vars(tables))

    def _hits(self, text: str) -> Sequence[_Hit]:
        """The names in a key: all of it, or else those of its first segment that says much.

        Segments are what colons and dashes separate: "Appendix A: Timeline" is a timeline.
        """
        if text in self.whole:
            return [_Hit(0, len(text), text)]
        vague: Sequence[_Hit] = ()
        for segment in text.split(" : "):
            hits = self._parts(segment)
            if any(self.whole[hit.name] not in self.yields for hit in hits):
                return hits
            vague = vague or hits
        return vague

    def _parts(self, text: str) -> Sequence[_Hit]:
        """One name for each joined part of a segment; one that is not looked for inside needs all parts known."""
        found = list(self._scan(text))
        hits = [self._part(text, start, end, found) for start, end in parts(text, found)]
        known = None not in hits
        return [hit for hit in hits if hit and (known or hit in found)]

    def _part(self, text: str, start: int, end: int, found: Sequence[_Hit]) -> _Hit | None:
        """The name that stands for a part of a title: all of it, or else what it is about; None for no name."""
        part = text[start:end]
        for name in (part, _MODIFIERS.sub("", part)):
            if name in self.whole:
                at = start + part.index(name)
                return _Hit(at, at + len(name), name)
        mine = [hit for hit in found if start <= hit.start and hit.end <= end]
        return self._head(text, mine) if mine else None

    def _head(self, text: str, hits: Sequence[_Hit]) -> _Hit:
        """What a phrase is about: the first name in "impact of X", the last in "impact X" and "影響のX".

        "How will we prevent data loss?" is about what it asks for.
        """
        head = hits[0]
        if _ASKS.match(head.name) and self.whole[head.name] == "action_items":
            return head
        for before, hit in pairwise(hits):
            beside = text[before.end : hit.start].strip() in {"", "の", "的", "之"}
            if self.whole[head.name] in self.yields or (beside and self.whole[hit.name] not in self.yields):
                head = hit
        return head

    def _scan(self, text: str) -> Iterator[_Hit]:
        """The names inside of a text: the longest at each place, none over another."""
        after = 0
        for token in TOKEN.finditer(text):
            for name in self.inside.get(token[0], ()) if token.start() >= after else ():
                if end := stands(name, text, token.start()):
                    after = end
                    yield _Hit(token.start(), end, name)
                    break


@cache
def load(path: Path | None = None) -> SectionNames:
    """Read a file of names, rules/sections.yml by default, once: slow, as YAML is; `to_data` is for keeping it.

    Raise ValueError, beginning with file and line, for a file that does not hold what it should.
    """
    here = Path(__file__).resolve().parent
    shipped = next((root for root in (here, here.parent) if (root / "rules").is_dir()), here) / "rules"
    if path is not None:
        return SectionNames.from_data(vars(read(path)))
    return SectionNames.from_data(keep("sections", lambda: vars(read(shipped / "sections.yml"))))
