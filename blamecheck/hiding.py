"""Which findings the ignores of a document hide, and which ignores hide nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from blamecheck.directives import Directive, Fault, Selector
from blamecheck.document import Document
from blamecheck.finding import Finding
from blamecheck.markdown import Span
from blamecheck.mask import comments
from blamecheck.rulebook import Rulebook
from blamecheck.untaken import Untaken

_OPENINGS = ("<!--", "{/*", "{/\\*")
_EMPTY = re.compile(r"(?:[\s>|:*+#_-]|\d+[.)](?=\s)|\[[ xX]\])*")


class _Reach(NamedTuple):
    """The spans that an `ignore` covers, and those that it covers when there is nothing to hide in the first."""

    first: tuple[Span, ...]
    second: tuple[Span, ...] = ()


class Outcome(NamedTuple):
    """All findings, hidden ones marked, and the words and comments that had something to do."""

    findings: list[Finding]
    used: frozenset[Selector | Directive]


def hide(document: Document, findings: Sequence[Finding], directives: Sequence[Directive]) -> Outcome:
    """Mark those of the findings that an ignore covers."""
    by_rule = _by_rule(findings)
    ends, used = _regions(directives)
    lines = _Lines(document)
    reasons: dict[int, str] = {}
    for directive in directives:
        reach = _reach(lines, directive.comment) if directive.verb == "ignore" else None
        for selector in directive.selectors if directive.verb != "enable" else ():
            covered = _covered(by_rule, selector, directive, reach, ends)
            used.update([selector] if covered else [])
            for id_, first, last in covered:
                reasons |= dict.fromkeys(by_rule[id_].take(first, last), _reason(directive))
    marked = [
        finding.hide(reasons[number]) if number in reasons and not finding.suppressed else finding
        for number, finding in enumerate(findings)
    ]
    return Outcome(marked, frozenset(used))


class _OfRule:
    """The numbers of the findings of one rule, which are in the order of their places."""

    def __init__(self, findings: Sequence[Finding], numbers: Sequence[int]) -> None:
        self.numbers = numbers
        self.starts = [findings[number].start for number in numbers]
        self.open = Untaken(len(numbers))

    def within(self, start: int, end: int | None) -> tuple[int, int]:
        """The range of those that start in a span; the span has no end when it is None."""
        first = bisect_left(self.starts, start)
        return first, len(self.starts) if end is None else max(first, bisect_left(self.starts, end))

    def take(self, first: int, last: int) -> Iterator[int]:
        """The numbers of those in a range that were not taken before."""
        return (self.numbers[at] for at in self.open.take(first, last))


def _by_rule(findings: Sequence[Finding]) -> dict[str, _OfRule]:
    numbers: dict[str, list[int]] = {}
    for number in sorted(range(len(findings)), key=lambda number: findings[number].start):
        numbers.setdefault(findings[number].rule, []).append(number)
    return {id_: _OfRule(findings, of_rule) for id_, of_rule in numbers.items()}


def faults(
    directives: Sequence[Directive], used: frozenset[Selector | Directive], rulebook: Rulebook, active: frozenset[str]
) -> Iterator[Fault]:
    """The words of ignores that hide nothing although all their rules ran, and ignores without a reason."""
    silent = {rule.id for rule in rulebook.rules if rule.kind == "directive"}
    for directive in directives:
        if directive.verb == "enable":
            if directive not in used:
                yield Fault("unused", directive.start, directive.end, "nothing is disabled here")
            continue
        if not directive.reason:
            yield Fault("unreasoned", directive.start, directive.end)
        for selector in directive.selectors:
            ran = selector.ids & active - silent
            if selector not in used and ran and not (selector.ids & rulebook.defaults) - active - silent:
                yield Fault("unused", selector.start, selector.end, "it has nothing to hide")


def _reason(directive: Directive) -> str:
    return f"ignored by {directive.origin}" + (f": {directive.reason}" if directive.reason else "")


def _covered(
    by_rule: Mapping[str, _OfRule],
    selector: Selector,
    directive: Directive,
    reach: _Reach | None,
    ends: Mapping[tuple[Selector, str], int],
) -> list[tuple[str, int, int]]:
    """What a word of a directive covers: ids of rules, each with a range of its findings that is not empty."""
    ids = selector.ids & by_rule.keys()
    if directive.verb == "disable":
        start = directive.comment.end
        return _ranges(by_rule, ((id_, start, ends.get((selector, id_))) for id_ in ids))
    for spans in reach or ():
        if inside := _ranges(by_rule, ((id_, start, end) for id_ in ids for start, end in spans)):
            return inside
    return [] if reach else _ranges(by_rule, ((id_, 0, None) for id_ in ids))


def _ranges(by_rule: Mapping[str, _OfRule], spans: Iterable[tuple[str, int, int | None]]) -> list[tuple[str, int, int]]:
    found = ((id_, *by_rule[id_].within(start, end)) for id_, start, end in spans)
    return [(id_, first, last) for id_, first, last in found if first < last]


def _regions(directives: Sequence[Directive]) -> tuple[dict[tuple[Selector, str], int], set[Selector | Directive]]:
    """Where an `enable` ends what a word of a `disable` disables, by rule id, and the `enable`s that do so."""
    open_: dict[str, list[Selector]] = {}
    ends: dict[tuple[Selector, str], int] = {}
    used: set[Selector | Directive] = set()
    for directive in directives:
        named = frozenset[str]().union(*(selector.ids for selector in directive.selectors))
        if directive.verb == "disable":
            for selector in directive.selectors:
                for id_ in selector.ids:
                    open_.setdefault(id_, []).append(selector)
        elif directive.verb == "enable":
            for id_ in [id_ for id_ in open_ if not directive.selectors or id_ in named]:
                ends |= dict.fromkeys(((selector, id_) for selector in open_.pop(id_)), directive.comment.start)
                used.add(directive)
    return ends, used


class _Lines:
    """The lines of a document, and which of them say something."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.next: dict[int, int] = {}

    def saying(self, number: int) -> int:
        """The first line from here on that is not empty, 0 when none is; each line is looked at once."""
        empty = []
        while number not in self.next and number <= len(self.document.source.line_starts):
            if not _is_empty(self.document, number, number):
                self.next[number] = number
                break
            empty.append(number)
            number += 1
        found = self.next.get(number, 0)
        self.next |= dict.fromkeys(empty, found)
        return found


def _reach(lines: _Lines, comment: Span) -> _Reach:
    """What an `ignore` covers: with other text on its line that line, alone on it the next one that says something.

    Sentences that touch the line are covered whole, since formatters wrap lines anew. For the same reason a
    comment that is alone below a paragraph covers the sentence above when there is nothing to hide below, and
    above all when it is part of that paragraph or list item still.
    """
    document = lines.document
    first, last = (document.source.position(at).line for at in (comment.start, max(comment.start, comment.end - 1)))
    beside = _sentence_before(document, comment)
    if not _is_empty(document, first, last):
        return _Reach((_lines(document, first, last), *beside))
    below = lines.saying(last + 1)
    if not below:
        return _Reach((), beside)
    line = _lines(document, below, below)
    after = (line, *_sentences(document, line))
    return _Reach(beside, after) if beside and _ends(document, comment, line.start) else _Reach(after, beside)


def _ends(document: Document, comment: Span, after: int) -> bool:
    """Whether a comment ends a paragraph or list item, so that what stands at `after` is in another one."""
    leaf = document.leaf_at(comment.start)
    if leaf is None or (leaf.kind == "paragraph" and leaf.end < after):
        return leaf is not None
    return leaf.parent >= 0 and document.blocks[leaf.parent].end <= after


def _lines(document: Document, first: int, last: int) -> Span:
    return Span(document.source.line_span(first)[0], document.source.line_span(last)[1])


def _is_empty(document: Document, first: int, last: int) -> bool:
    """Whether lines hold nothing but comments and the marks of lists, tables, quotes and rules."""
    start, end = _lines(document, first, last)
    cut = "".join(_uncommented(document.text, start, end))
    return _EMPTY.fullmatch(cut) is not None


def _uncommented(text: str, start: int, end: int) -> Iterator[str]:
    piece, at = text[start:end], 0
    for first, last in comments(piece, _OPENINGS):
        yield piece[at:first]
        at = last
    yield piece[at:]


def _sentences(document: Document, line: Span) -> tuple[Span, ...]:
    """The sentences that touch a line."""
    low, high = document.sentence_index(line.start), document.sentence_index(line.end - 1)
    return tuple(sentence for sentence in document.sentences[max(0, low) : high + 1] if sentence.end > line.start)


def _sentence_before(document: Document, comment: Span) -> tuple[Span, ...]:
    """The sentence that a comment stands in, or else the one right before it in the same block of text."""
    index = document.sentence_index(comment.start)
    if index < 0:
        return ()
    sentence = document.sentences[index]
    between = document.prose[sentence.end : comment.start] if sentence.end < comment.start else ""
    if between.strip() or re.search(r"\n[ \t>]*\r?\n", document.text[sentence.end : comment.start]):
        return ()
    return (sentence,) if _parent(document, sentence.start) == _parent(document, comment.start) else ()


def _parent(document: Document, offset: int) -> int:
    """The index of the block around the block of text at an offset; -1 at the top, -2 outside of text."""
    leaf = document.leaf_at(offset)
    return leaf.parent if leaf else -2
