"""The kinds of rules, one module each.

A kind's module has `KEYS`, what its rules may say beside what all rules say, and
`check(rules, context)`, which yields each rule with each place that it found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from blamecheck.finding import Scope
from blamecheck.genre import Genre, genre
from blamecheck.patterns import PERSON, UNSPACED, holds_unspaced
from blamecheck.schema import Key
from blamecheck.settings import Settings
from blamecheck.triggers import LONGEST_PREFIX, SHORTEST_PREFIX, Trigger

if TYPE_CHECKING:
    from blamecheck.directives import Fault
    from blamecheck.document import Document
    from blamecheck.markdown import Span
    from blamecheck.matching import Pattern
    from blamecheck.people import Mention
    from blamecheck.rulebook import Rule, Rulebook
    from blamecheck.sections import SectionNames

KINDS = ("phrase", "source", "body", "section", "mention", "directive", "action", "timeline")


class Hit(NamedTuple):
    """A place that a rule found, and what its message is filled in with."""

    start: int
    end: int
    values: Mapping[str, str] = {}
    evidence: tuple[str, ...] = ()
    scope: Scope = "line"
    person: str = ""


@dataclass(frozen=True)
class Context:
    """What a check may know: the document, who is mentioned in it, the names of sections, rules and settings.

    `faults` are those of the document's ignores, known when all other rules have run.
    """

    document: Document
    names: SectionNames
    rulebook: Rulebook
    mentions: Sequence[Mention] = field(default=())
    settings: Settings = field(default_factory=Settings)
    faults: Sequence[Fault] = field(default=())
    _holding: dict[frozenset[Trigger], set[int]] = field(default_factory=dict, repr=False)
    _waking: dict[Pattern, Set[int]] = field(default_factory=dict, repr=False)
    _spans: dict[tuple[Pattern, Span], list[Span]] = field(default_factory=dict, repr=False)

    @cached_property
    def prose(self) -> str:
        """The prose mask, with each recognised name as that many PERSON characters."""
        parts, at = [], 0
        for mention in sorted(self.mentions):
            if mention.start >= at:
                parts += [self.document.prose[at : mention.start], PERSON * (mention.end - mention.start)]
                at = mention.end
        return "".join([*parts, self.document.prose[at:]])

    @cached_property
    def genre(self) -> Genre:
        """What the document is; only one postmortem lacks parts."""
        return genre(self.document)

    @cached_property
    def language(self) -> str:
        """The language that the settings say, or that the names of the document's sections speak; "en" when unclear."""
        if self.settings.language != "auto":
            return self.settings.language
        return self.names.language(section.title for section in self.document.sections)

    def spans(self, pattern: Pattern, within: Span) -> list[Span]:
        """The matches of a pattern in a part of the prose, looked for once; may raise TimeoutError."""
        key = pattern, within
        if key not in self._spans:
            self._spans[key] = list(pattern.spans(self.prose, within)) if self.may_hold(pattern, within) else []
        return self._spans[key]

    def may_hold(self, pattern: Pattern, within: Span) -> bool:
        """Whether a pattern may match in a sentence, or a part of one; always true for more than one sentence."""
        number = self.document.sentence_index(within.start)
        if number < 0 or within.end > self.document.sentences[number].end:
            return True
        return number in self.sentences_for(pattern)

    def sentences_for(self, pattern: Pattern) -> Set[int]:
        """The sentences that hold a word of each set that a pattern needs: all in which it may match."""
        if pattern not in self._waking:
            numbers: Set[int] = self._all
            for needed in pattern.needs:
                numbers = numbers & self._with(needed) if numbers is not self._all else self._with(needed)
                if not numbers:
                    break
            self._waking[pattern] = numbers
        return self._waking[pattern]

    @cached_property
    def _all(self) -> Set[int]:
        return frozenset(range(len(self.document.sentences)))

    def _with(self, needed: frozenset[Trigger]) -> set[int]:
        """The sentences that hold one of the words, or a word that begins so; PERSON is a recognised name."""
        if needed not in self._holding:
            numbers: set[int] = set()
            for trigger in needed:
                index = self._prefixes if trigger.prefix else self._words
                numbers.update(index.get(trigger.word, ()))
            self._holding[needed] = numbers
        return self._holding[needed]

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        starts = [sentence.start for sentence in self.document.sentences]
        holding = sorted({bisect_right(starts, mention.start) - 1 for mention in self.mentions} - {-1})
        unspaced = [number for number, one in enumerate(self.document.sentences) if self._is_unspaced(one)]
        return {**self.document.words, PERSON: holding, UNSPACED: unspaced}

    def _is_unspaced(self, sentence: Span) -> bool:
        return holds_unspaced(self.document.prose[sentence.start : sentence.end])

    @cached_property
    def _prefixes(self) -> dict[str, set[int]]:
        index: dict[str, set[int]] = {}
        for word, numbers in self._words.items():
            for length in range(SHORTEST_PREFIX, min(len(word), LONGEST_PREFIX) + 1):
                index.setdefault(word[:length], set()).update(numbers)
        return index


Check = Callable[[Sequence["Rule"], Context], Iterator[tuple["Rule", Hit]]]


def keys_of(kind: str) -> Mapping[str, Key]:
    """The keys that rules of a kind take beside the common ones."""
    keys: Mapping[str, Key] = import_module(f"blamecheck.checks.{kind}").KEYS
    return keys


def run(rules: Iterable[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """Run each rule over a document by its kind."""
    by_kind: dict[str, list[Any]] = {}
    for rule in rules:
        by_kind.setdefault(rule.kind, []).append(rule)
    for kind, members in by_kind.items():
        check: Check = import_module(f"blamecheck.checks.{kind}").check
        yield from check(members, context)
