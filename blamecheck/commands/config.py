"""`blamecheck config FILE`: what is in force for a document, and where each value comes from."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from blamecheck.policy import Policies, overrides
from blamecheck.rulebook import Rule
from blamecheck.settings import Settings, chosen
from blamecheck.settings_file import rulebook
from blamecheck.settings_keys import DEFAULTS
from blamecheck.terminal import BROKEN, OK, complain, write

SCHEMAS = Path(__file__).parent.parent / "schemas"


class _Value(NamedTuple):
    key: str
    value: Any
    origin: str


def run(arguments: Namespace) -> int:
    """Print the settings of a path, or a schema; return the exit status."""
    if arguments.schema:
        write((SCHEMAS / f"{arguments.schema}.schema.json").read_text("utf-8").splitlines())
        return OK
    path = str(Path(arguments.path, "any.md")) if Path(arguments.path).is_dir() else arguments.path
    policies = Policies(overrides(arguments))
    settings = policies.settings(path)
    if settings is None:
        for message in policies.failures:
            complain(message)
        return BROKEN
    rules, active = rulebook(settings.rules).rules, policies.active(settings, path)
    if arguments.format == "json":
        write(_json(settings, rules, active, path))
    else:
        write(_text(settings, rules, active, path))
    return OK


def _values(settings: Settings) -> Iterator[_Value]:
    """Each setting, its value and where that comes from."""
    for key in dict.fromkeys([*DEFAULTS, *settings.values]):
        if key in settings.values:
            yield _Value(key, settings.values[key], settings.origins[key])
        else:
            yield _Value(key, DEFAULTS[key], "default")


def _json(settings: Settings, rules: tuple[Rule, ...], active: frozenset[str], path: str) -> Iterator[str]:
    found = {
        "version": 1,
        "file": settings.file or None,
        "checked": chosen(settings, path) is not False,
        "settings": {one.key: {"value": one.value, "origin": one.origin} for one in _values(settings)},
        "rules": {rule.id: _severity(settings, rule) if rule.id in active else "off" for rule in rules},
    }
    yield from json.dumps(found, indent=2).splitlines()


def _severity(settings: Settings, rule: Rule) -> str:
    return settings.severity.get(rule.id, rule.severity).label


def _text(settings: Settings, rules: tuple[Rule, ...], active: frozenset[str], path: str) -> Iterator[str]:
    yield f"settings file: {settings.file or 'none'}"
    if chosen(settings, path) is False:
        yield f"{path} is not checked: the settings leave it out"
    values = [one._replace(value=_shown(one.value)) for one in _values(settings)]
    width, wide = (max(len(getattr(one, name)) for one in values) for name in ("key", "value"))
    yield ""
    for key, value, origin in values:
        yield f"{key:{width}}  {value:{min(wide, 40)}}  ({origin})"
    yield ""
    yield f"{len(active)} of {len(rules)} rules are on:"
    for rule in rules:
        state = _severity(settings, rule) if rule.id in active else "off"
        yield f"  {rule.id}  {state:7}  {rule.name}"


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(str, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(one)}" for key, one in value.items()) + "}"
    if value is None:
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
