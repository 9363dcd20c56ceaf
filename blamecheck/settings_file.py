"""A settings file, or a profile, made into settings; the keys are in settings_keys.py."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from blamecheck.config import PYPROJECT, ConfigError, shown
from blamecheck.finding import Severity
from blamecheck.kept import keep
from blamecheck.people import PeopleSettings
from blamecheck.rulebook import Rulebook, UnknownRule, load, rules_root
from blamecheck.schema import DataError, Items, Lines, check_keys, read_yaml
from blamecheck.sections import load as load_sections
from blamecheck.settings import Settings
from blamecheck.settings_keys import CHOICE, PROFILE, SETTINGS
from blamecheck.templates import parts
from blamecheck.toml_lines import read_toml


def read(path: Path) -> Settings:
    """Read a settings file; raise ConfigError at its first fault, RuleError for one in a rule of its own."""
    data = _data(path)
    name = shown(path)
    check_keys(name, data, SETTINGS, "the settings")
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 - without following links
    settings = Settings(folder=str(folder), file=str(name), rules=tuple(_folders(name, data, folder)))
    rules = rulebook(settings.rules)
    _check_selectors(name, data, rules)
    _check_required(name, data, rules)
    return _built(settings, data, rules, name)


@cache
def rulebook(folders: tuple[str, ...] = ()) -> Rulebook:
    """The shipped rules and those of further folders; raise RuleError."""
    return load(*map(Path, folders))


def _data(path: Path) -> Lines:
    if not path.exists():
        raise ConfigError(f"{shown(path)}: no such settings file")
    if path.name == PYPROJECT or path.suffix == ".toml":
        data = read_toml(shown(path))
        inner = data.get("tool", {}).get("blamecheck") if path.name == PYPROJECT else data
        if not isinstance(inner, Lines):
            raise ConfigError(f"{shown(path)}:1: has no table [tool.blamecheck]")
        return inner
    return read_yaml(shown(path), empty=True)


def _flat(data: Lines, within: str = "") -> Iterator[tuple[str, tuple[Any, int]]]:
    """Each value by its dotted key, with its line; `names` and `sections` are taken apart."""
    for name, value in data.items():
        if name in ("names", "sections") and not within:
            yield from _flat(value, f"{name}.")
        else:
            yield within + name, (value, data.lines[name])


def _folders(name: Path, data: Lines, folder: Path) -> Iterator[str]:
    """The absolute folders of own rules; raise ConfigError for one that is not there."""
    for text, line in _items(data, "rules"):
        own = folder / text
        if not own.is_dir():
            raise ConfigError(f'{name}:{line}: key "rules": no folder "{text}" beside the settings file')
        if not any(own.glob("*/*.yml")):
            raise ConfigError(f'{name}:{line}: key "rules": no rules in "{text}", in files such as people/*.yml')
        yield str(own)


def _items(data: Lines, key: str) -> Iterator[tuple[Any, int]]:
    """The items of a list and their lines."""
    items = data.get(key) or Items((), ())
    lines = items.lines if isinstance(items, Items) else [data.lines[key]] * len(items)
    yield from zip(items, lines, strict=True)


def _check_selectors(name: Path, data: Lines, rulebook: Rulebook) -> None:
    """Raise ConfigError for a selector that no rule answers to."""
    per_file = data.get("per-file-ignores", Lines({}, {}, 1))
    selectors = [
        *((f'"{key}"', *one) for key in ("select", "extend-select", "ignore") for one in _items(data, key)),
        *(('"severity"', one, data["severity"].lines[one]) for one in data.get("severity", ())),
        *((f'"per-file-ignores.{glob}"', *one) for glob in per_file for one in _items(per_file, glob)),
    ]
    for key, selector, line in selectors:
        try:
            rulebook.resolve(selector)
        except UnknownRule as error:
            raise ConfigError(f"{name}:{line}: key {key}: {error}") from error


def _check_required(name: Path, data: Lines, rulebook: Rulebook) -> None:
    known = _askable(rulebook)
    for kind, line in _items(data.get("sections", Lines({}, {}, 1)), "required"):
        if kind not in known:
            raise ConfigError(
                f'{name}:{line}: key "sections.required": no rule asks for "{kind}"; one can be asked for '
                f"{', '.join(known)}"
            )


def _built(settings: Settings, data: Lines, rulebook: Rulebook, name: Path) -> Settings:
    names, sections = data.get("names", {}), data.get("sections", {})
    settings = with_profile(settings, data.get("profile", "default"), rulebook)
    said = dict(_flat(data))
    return replace(
        settings,
        **_choice(data, rulebook),
        per_file_ignores={glob: tuple(more) for glob, more in data.get("per-file-ignores", {}).items()},
        include=_tuple(data, "include"),
        exclude=tuple(data.get("exclude", ())),
        required=_required(sections, rulebook, settings.folder, name),
        names=_section_names(sections, name),
        allow_in=_tuple(names, "allow-in"),
        people=PeopleSettings(
            known=dict(names.get("known", {})),
            ignored=tuple(names.get("ignore", ())),
            products=tuple(names.get("products", ())),
            use_git=names.get("use-git", True),
        ),
        language=data.get("language", "auto"),
        values={**settings.values, **{key: value for key, (value, _) in said.items()}},
        origins={**settings.origins, **{key: f"{name}:{line}" for key, (_, line) in said.items()}},
    )


def _tuple(data: Mapping[str, Any], key: str) -> Any:
    return tuple(data[key]) if key in data else None


def _choice(data: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    """The fields of settings that a settings file and a profile share."""
    fields: dict[str, Any] = {}
    for key in ("select", "extend-select", "ignore"):
        if key in data:
            fields[key.replace("-", "_")] = tuple(data[key])
    if "severity" in data:
        fields["severity"] = _severities(data["severity"], rulebook)
    if "fail-on" in data:
        fields["fail_on"] = data["fail-on"]
    return fields


def _severities(wanted: Mapping[str, str], rulebook: Rulebook) -> dict[str, Severity]:
    """The severity by rule id; a selector of fewer rules wins over one of more."""
    found: dict[str, Severity] = {}
    for selector in sorted(wanted, key=lambda one: -len(rulebook.resolve(one))):
        found |= dict.fromkeys(rulebook.resolve(selector), Severity.of(wanted[selector]))
    return found


def _required(sections: Any, rulebook: Rulebook, folder: str, name: Path) -> tuple[str, ...] | None:
    """The kinds of sections that are needed: those that are listed, or else what the template has; None for neither."""
    if "required" in sections or "template" not in sections:
        return cast("tuple[str, ...] | None", _tuple(sections, "required"))
    try:
        found = parts(sections["template"], Path(folder), _section_names(sections, name) or load_sections())
    except DataError as error:
        raise ConfigError(f'{name}:{sections.lines["template"]}: key "sections.template": {error}') from error
    return tuple(kind for kind in found if kind in _askable(rulebook))


def _askable(rulebook: Rulebook) -> list[str]:
    """The kinds of sections that a rule can ask for."""
    return sorted({rule.options["requires"] for rule in rulebook.rules if "requires" in rule.options})


def _section_names(sections: Any, name: Path) -> Any:
    """The shipped names of sections and the team's own; None when there are none of its own."""
    own = sections.get("names")
    if not own:
        return None
    try:
        return load_sections().with_extra(own)
    except ValueError as error:
        raise ConfigError(f'{name}:{sections.lines["names"]}: key "sections.names": {error}') from error


@cache
def profiles() -> Mapping[str, Mapping[str, Any]]:
    """The profiles by name, from rules/profiles.yml."""
    return cast(Mapping[str, Mapping[str, Any]], keep("profiles", _profiles))


def _profiles() -> Lines:
    path = rules_root() / "profiles.yml"
    data = read_yaml(path)
    for name, profile in data.items():
        check_keys(path, profile, PROFILE, f'profile "{name}"')
    return data


def with_profile(settings: Settings, name: str, rulebook: Rulebook) -> Settings:
    """The settings with those of a profile; what else they chose of rules is gone."""
    data = profiles()[name]
    chosen = {key: value for key, value in data.items() if key != "about"}
    plain = replace(
        settings, profile=name, categories=_tuple(data, "categories"), select=None, extend_select=(), ignore=(),
        severity={}, required=None, fail_on="error",
        values={**_without_choice(settings.values), **chosen},
        origins={**_without_choice(settings.origins), **dict.fromkeys(chosen, f"profile {name}")},
    )  # fmt: skip
    return replace(plain, **_choice(data, rulebook))


def _without_choice(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in said.items()
        if key not in (*CHOICE, "categories", "sections.required", "sections.template")
    }
