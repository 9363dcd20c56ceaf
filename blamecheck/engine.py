"""Rules over a document: findings, stamped and in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from blamecheck.checks import Context, Hit, run
from blamecheck.directives import read
from blamecheck.document import Document, parse
from blamecheck.finding import Finding, locate
from blamecheck.hiding import faults, hide
from blamecheck.merge import merge
from blamecheck.people import Author
from blamecheck.people.recogniser import mentions
from blamecheck.people.relevant import relevant
from blamecheck.rulebook import Rule, Rulebook
from blamecheck.sections import SectionNames
from blamecheck.sections import load as load_sections
from blamecheck.settings import Settings
from blamecheck.source import Source


class EngineError(Exception):
    """A document that could not be checked to its end; the message says which rule gave up."""


def lint(
    source: Source,
    rulebook: Rulebook,
    active: frozenset[str],
    settings: Settings | None = None,
    known: tuple[Author, ...] = (),
) -> list[Finding]:
    """The findings of the active rules in a source, by place; raise EngineError when one gives up.

    `known` are the authors that the repository of the source has.
    """
    settings = settings or Settings()
    names = settings.names or section_names()
    return lint_document(parse(source, names), rulebook, active, names, settings, known)


@cache
def section_names() -> SectionNames:
    """The shipped names of sections."""
    return load_sections()


def lint_document(
    document: Document,
    rulebook: Rulebook,
    active: frozenset[str],
    names: SectionNames,
    settings: Settings,
    known: tuple[Author, ...] = (),
) -> list[Finding]:
    """The findings of the active rules in a document, by place; raise EngineError when one gives up."""
    people = tuple(mentions(document, settings.people, relevant(known, document.text)))
    context = Context(document, names, rulebook, people, settings)
    rules = [rule for rule in rulebook.rules if rule.id in active]
    try:
        stamped = _stamped([rule for rule in rules if rule.kind != "directive"], context)
        found = merge(stamped, {rule.id: rule.rank for rule in rules})
        return sorted(_ignored(found, context, rules), key=Finding.sort_key)
    except TimeoutError as error:
        raise EngineError("a pattern took too long and was given up") from error


def _ignored(findings: list[Finding], context: Context, rules: list[Rule]) -> list[Finding]:
    """The findings, those that the document says to ignore marked so, and those about its ignores."""
    directives, unreadable = read(context.document, context.rulebook)
    if not directives and not unreadable:
        return findings
    active = frozenset(rule.id for rule in rules)
    marked, used = hide(context.document, findings, directives)
    more = faults(directives, used, context.rulebook, active)
    about = replace(context, faults=(*unreadable, *more))
    own = list(_stamped([rule for rule in rules if rule.kind == "directive"], about))
    if not context.settings.ignores:
        return findings + own
    return marked + hide(context.document, own, directives)[0]


def _stamped(rules: list[Rule], context: Context) -> Iterator[Finding]:
    for rule, hit in run(rules, context):
        yield stamp(rule, hit, context)


def stamp(rule: Rule, hit: Hit, context: Context) -> Finding:
    """A finding: the rule's words, the hit's place; raise ValueError for a place outside the source."""
    place = locate(context.document.source, hit.start, hit.end)
    values = {"match": " ".join(place["excerpt"].split()), **hit.values}
    return Finding(
        **place,
        rule=rule.id,
        name=rule.name,
        category=rule.category,
        severity=context.settings.severity.get(rule.id, rule.severity),
        message=_fill(rule.message, values),
        suggestion=_fill(rule.suggestion, values),
        evidence=hit.evidence,
        url=rule.url,
        scope=hit.scope,
        person=hit.person,
    )


def _fill(text: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text
