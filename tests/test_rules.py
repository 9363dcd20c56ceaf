"""Every rule's own examples: the exact spans it should mark, the near misses it should not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from blamecheck import engine
from blamecheck.checks import Context
from blamecheck.document import parse
from blamecheck.markdown import Span
from blamecheck.matching import compile_pattern
from blamecheck.people.recogniser import mentions
from blamecheck.rulebook import Rule, Rulebook, load, rules_root
from blamecheck.sections import load as load_sections
from blamecheck.source import Source


@cache
def rulebook() -> Rulebook:
    return load()


RULES = {rule.name: rule for rule in load().rules}
FLAG = [pytest.param(rule, text, id=f"{rule.name}-{n}") for rule in RULES.values() for n, text in enumerate(rule.flag)]
PASS = [pytest.param(rule, text, id=f"{rule.name}-{n}") for rule in RULES.values() for n, text in enumerate(rule.pass_)]
PATTERNS = [
    pytest.param(rule, text, id=f"{rule.name}-{n}")
    for rule in RULES.values()
    for n, text in enumerate([*rule.options.get("patterns", ()), *rule.options.get("not-in-actions", ())])
]
MARKED = re.compile(r"\[\[(?=\S)(.*?)(?<=\S)\]\](?!\])", re.DOTALL)


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its marks, and the spans that they marked."""
    plain, spans, at = "", [], 0
    for match in MARKED.finditer(text):
        plain += text[at : match.start()]
        spans.append((len(plain), len(plain) + len(match[1])))
        plain += match[1]
        at = match.end()
    return plain + text[at:], spans


def found(rule: Rule, text: str) -> list[tuple[int, int]]:
    active = frozenset(RULES[name].id for name in RULES) if rule.kind == "directive" else frozenset({rule.id})
    findings = engine.lint(Source("example.md", text), rulebook(), active)
    return [(finding.start, finding.end) for finding in findings if finding.rule == rule.id]


def seen(rule: Rule, text: str) -> Iterator[tuple[str, Span]]:
    """What patterns of a rule's kind are matched against: sentences of the prose, or blocks of the source."""
    document = parse(Source("example.md", text), load_sections())
    if rule.kind == "source":
        yield from ((document.text, Span(block.start, block.end)) for block in document.blocks)
    else:
        context = Context(document, load_sections(), rulebook(), tuple(mentions(document)))
        yield from ((context.prose, sentence) for sentence in document.sentences)


@pytest.mark.parametrize(("rule", "text"), FLAG)
def test_flag_examples_give_exactly_their_marked_spans(rule: Rule, text: str) -> None:
    plain, spans = unmark(text)
    assert spans, "a flag example marks at least one span"
    assert [plain[a:b] for a, b in found(rule, plain)] == [plain[a:b] for a, b in spans]
    assert found(rule, plain) == spans


@pytest.mark.parametrize(("rule", "text"), PASS)
def test_pass_examples_give_nothing(rule: Rule, text: str) -> None:
    assert [text[a:b] for a, b in found(rule, text)] == []


@pytest.mark.parametrize(("rule", "pattern"), PATTERNS)
def test_each_pattern_is_hit_by_an_example(rule: Rule, pattern: str) -> None:
    compiled = compile_pattern(pattern, rulebook(), not rule.options.get("case-sensitive", False))
    places = (place for example in rule.flag for place in seen(rule, unmark(example)[0]))
    assert any(True for text, span in places for _ in compiled.spans(text, span)), f"no example is hit by {pattern}"


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_each_rule_has_near_misses(rule: Rule) -> None:
    assert len(rule.pass_) >= 2


def test_each_file_is_a_rule() -> None:
    files = [path for path in rules_root().glob("*/*.yml") if path.parent.name != "lexicons"]
    assert sorted(path.stem for path in files) == sorted(RULES)


def test_names_say_the_bad_pattern() -> None:
    assert [name for name in RULES if re.match(r"(avoid|no|do-not|prefer|use|never)-", name)] == []
