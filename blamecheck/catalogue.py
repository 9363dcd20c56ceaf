"""What can be said of a rule: a table, JSON, a page of documentation, an explanation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from blamecheck.rulebook import CATEGORIES, Rule

_MARK = re.compile(r"\[\[(?=\S)(.*?)(?<=\S)\]\](?!\])", re.DOTALL)
_ABOUT = {
    "people": "Who is named.",
    "language": "Words that judge people.",
    "cause": "Causes that end the analysis too early.",
    "structure": "Parts that are missing or empty.",
    "actions": "Action items that nobody can finish.",
    "timeline": "Timelines that cannot be followed.",
    "tool": "Ignores in documents that are wrong or not needed.",
}


def table(rules: Sequence[Rule], active: frozenset[str]) -> Iterator[str]:
    """A line for each rule: its id, its severity, whether it is active, its name and category."""
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        state = "on" if rule.id in active else "off"
        yield f"{rule.id}  {rule.severity.label:7}  {state:3}  {rule.name:{width}}  {rule.category}"
    yield f"{len(rules)} rules, {len(active)} on; `blamecheck explain RULE` says more of one."


def as_json(rules: Sequence[Rule], active: frozenset[str]) -> Iterator[str]:
    """Version 1 of a list of rules: within it, fields are added but never renamed or removed."""
    found = [_fields(rule) | {"active": rule.id in active} for rule in rules]
    yield from json.dumps({"version": 1, "rules": found}, indent=2).splitlines()


def _fields(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "category": rule.category,
        "severity": rule.severity.label,
        "default": rule.default,
        "kind": rule.kind,
        "why": rule.why,
        "source": rule.source,
        "message": rule.message,
        "suggestion": rule.suggestion,
        "examples": {"flag": list(rule.flag), "pass": list(rule.pass_)},
        "url": rule.url,
    }


def page(rules: Sequence[Rule]) -> Iterator[str]:
    """The page of documentation of all rules, in Markdown."""
    yield from ("<!-- Generated from rules/ by scripts/build_docs.py; do not edit. -->", "", "# Rules", "")
    yield "Severities are those without settings; a rule that is off can be switched on with `extend-select`."
    for category, number in CATEGORIES.items():
        members = [rule for rule in rules if rule.category == category]
        if members:
            yield from ("", f"## {category.capitalize()}: BC{number}xx", "", _ABOUT[category], "")
            yield from ("| Rule | Name | Severity | |", "|---|---|---|---|")
            for rule in members:
                off = "" if rule.default else "off by default"
                yield f"| {rule.id} | [{rule.name}](#{rule.name}) | {rule.severity.label} | {off} |"
    for rule in rules:
        yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    state = "" if rule.default else ", off by default"
    yield from ("", f"### {rule.name}", "", f"`{rule.id}` · {rule.category} · {rule.severity.label}{state}", "")
    yield f"{_sentence(rule.why)} *({_escaped(rule.source)})*"
    yield from ("", "Reported, between ⟦ and ⟧:", "", *_quoted(_MARK.sub("⟦\\1⟧", text) for text in rule.flag))
    yield from ("", "Not reported:", "", *_quoted(rule.pass_))
    yield from ("", f"How to rewrite: {_escaped(_unfilled(rule.suggestion))}")


def _quoted(examples: Iterable[str]) -> Iterator[str]:
    """One code block for examples, three dashes between those of several lines."""
    texts = list(examples)
    fence = "`" * max(4, 1 + max(len(run) for text in texts for run in ["", *re.findall("`+", text)]))
    separator = ["", "-----", ""] if any("\n" in text.strip() for text in texts) else []
    yield f"{fence}markdown"
    for number, text in enumerate(texts):
        yield from separator if number else ()
        yield from text.strip("\n").split("\n")
    yield fence


def _sentence(text: str) -> str:
    return _escaped(text if text.endswith((".", "?", "!")) else f"{text}.")


def _unfilled(text: str) -> str:
    """A rule's words without what a finding fills in."""
    return re.sub(r"\{\w+\}", "…", text)


def _escaped(text: str) -> str:
    return re.sub(r"([<*_|`\[\]])", r"\\\1", text)


def explained(rule: Rule, active: frozenset[str]) -> Iterator[str]:
    """A rule for people to read in a terminal."""
    state = "on" if rule.id in active else "off"
    yield f"{rule.id} {rule.name} ({rule.category}, {rule.severity.label}, {state})"
    yield from ("", rule.why, f"Source: {rule.source}", "", f"How to rewrite: {_unfilled(rule.suggestion)}")
    for title, texts in (("Reported, between ⟦ and ⟧:", rule.flag), ("Not reported:", rule.pass_)):
        yield from ("", title)
        for number, text in enumerate(texts):
            yield from [""] if number and "\n" in text.strip() else []
            yield from (f"    {line}".rstrip() for line in _MARK.sub("⟦\\1⟧", text).strip("\n").split("\n"))
    yield from ("", "How to ignore it in one place, with the reason:")
    yield f"    <!-- blamecheck-ignore {rule.id} -- why it is right here -->"
    yield from ("and everywhere, in .blamecheck.yml:", f"    ignore: [{rule.id}]", "", rule.url)
