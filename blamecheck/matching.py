"""Patterns at work: compiled when they first wake, run over one sentence at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import regex

from blamecheck.compiled import compile_once
from blamecheck.kept import keep
from blamecheck.markdown import Span
from blamecheck.patterns import PatternError, parse, whole_words
from blamecheck.rulebook import Rulebook
from blamecheck.triggers import Trigger, triggers

TIME_LIMIT = 2.0
"""Seconds that one pattern may take over one sentence."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """One pattern of a rule, compiled when it first wakes: in a sentence with a word of each set it needs."""

    source: str
    ignore_case: bool
    needs: tuple[frozenset[Trigger], ...] = field(repr=False)

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The regular expression; raise PatternError when it is none."""
        try:
            return compile_once(self.source, regex.V0 | (regex.IGNORECASE if self.ignore_case else 0))
        except regex.error as error:
            raise PatternError(f"{error} in '{self.source}'") from error

    def spans(self, text: str, within: Span) -> Iterator[Span]:
        """The matches within a span of the text, or their groups named span; may raise TimeoutError.

        The pattern sees the span alone: `\\A` is its first word, and nothing around it counts.
        """
        piece = text[within.start : within.end]
        start = within.start + len(piece) - len(piece.lstrip())
        for match in self.compiled.finditer(piece.strip(), timeout=TIME_LIMIT):
            group: Any = "span" if "span" in match.re.groupindex and match.start("span") >= 0 else 0
            if match.end(group) > match.start(group):
                yield Span(start + match.start(group), start + match.end(group))


@lru_cache(maxsize=4096)
def compile_pattern(text: str, rulebook: Rulebook, ignore_case: bool = True) -> Pattern:
    """Read one pattern; raise PatternError when it cannot be read."""
    source, needs = keep(f"pattern {text}", lambda: _read(text, rulebook), new=len(rulebook.folders) == 1)
    return Pattern(source, ignore_case, tuple(map(_triggers, needs)))


def _read(text: str, rulebook: Rulebook) -> tuple[str, list[str]]:
    """The regular expression of a pattern, and its sets of triggers; the beginning of a word has a star behind it."""
    node = parse(text, rulebook.classes)
    return whole_words(node), [
        " ".join(sorted(one.word + "*" * one.prefix for one in found)) for found in triggers(node)
    ]


@lru_cache(maxsize=4096)
def _triggers(text: str) -> frozenset[Trigger]:
    """A set of triggers, made once for all patterns that need it."""
    return frozenset(Trigger(word.removesuffix("*"), word.endswith("*")) for word in text.split())
