"""Rules and word classes, read strictly from the files under rules/."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from blamecheck.checks import KINDS, keys_of
from blamecheck.finding import Severity
from blamecheck.kept import keep
from blamecheck.patterns import Node, PatternError, word_class
from blamecheck.schema import DataError, Key, Lines, check_keys, nearest, read_yaml

CATEGORIES = {
    "people": "1",
    "language": "2",
    "cause": "3",
    "structure": "4",
    "actions": "5",
    "timeline": "6",
    "tool": "9",
}
DOCS_URL = "https://github.com/blamecheck/blamecheck/blob/main/docs/rules.md"
_ID = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")

COMMON_KEYS: dict[str, Key] = {
    "id": Key("text", "Stable identifier such as BC301, never reused.", required=True),
    "name": Key("text", "The file's stem; it names the bad pattern.", required=True),
    "category": Key("text", "The folder's name.", required=True, allowed=tuple(CATEGORIES)),
    "severity": Key("text", "How much a finding weighs.", required=True, allowed=("error", "warning", "info")),
    "default": Key("flag", "Whether the rule is on without being asked for.", required=True),
    "kind": Key("text", "Which check runs the rule.", required=True, allowed=KINDS),
    "rank": Key("number", "Of two rules that see the same words, the one of higher rank reports; 0 when not said."),
    "why": Key("text", "One sentence: the reason.", required=True),
    "source": Key("text", "Who says so.", required=True),
    "message": Key("text", "About the sentence; {match} and {section} are filled in.", required=True),
    "suggestion": Key("text", "How to say it instead.", required=True),
    "examples": Key("examples", "flag: texts with [[the span]] marked; pass: near misses.", required=True),
}
_CLASS_KEYS: dict[str, Key] = {
    "about": Key("text", "What the classes are for.", required=True),
    "source": Key("text", "Where the words come from.", required=True),
    "licence": Key("text", "Under which licence.", required=True),
    "classes": Key("mapping", "Class name to its entries, each a pattern.", required=True),
}


class RuleError(DataError):
    """A rule or word class that cannot be used; the message begins with file and line."""


class UnknownRule(ValueError):  # noqa: N818 - reads as what it is
    """A selector that no rule answers to; the message offers the nearest."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule. `options` holds the keys that belong to its kind."""

    id: str
    name: str
    category: str
    severity: Severity
    default: bool
    kind: str
    why: str
    source: str
    message: str
    suggestion: str
    flag: tuple[str, ...] = field(repr=False)
    pass_: tuple[str, ...] = field(repr=False)
    options: Mapping[str, Any] = field(repr=False)
    path: Path = field(repr=False)
    rank: int = 0

    @property
    def url(self) -> str:
        """Where the rule is explained."""
        return f"{DOCS_URL}#{self.name}"


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules by id, and the folders that they and the word classes of their patterns are in."""

    rules: tuple[Rule, ...]
    folders: tuple[Path, ...] = field(repr=False)

    @cached_property
    def classes(self) -> Mapping[str, Node]:
        """The word classes, read when they are first needed; raise RuleError."""
        classes: dict[str, Node] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("lexicons/*.yml")):
                _add_classes(path, classes)
        return classes

    def resolve(self, selector: str) -> frozenset[str]:
        """The ids that an id, the beginning of one, a name or a category stands for; raise UnknownRule."""
        wanted = selector.strip().lower()
        found = {
            rule.id
            for rule in self.rules
            if wanted in (rule.name, rule.category) or (len(wanted) > 2 and rule.id.lower().startswith(wanted))
        }
        if wanted == "all":
            found = {rule.id for rule in self.rules}
        if not found:
            known = {name for rule in self.rules for name in (rule.id, rule.name, rule.category)}
            near = nearest(selector, known, "`blamecheck rules` lists all") if selector else ""
            raise UnknownRule(f'unknown rule "{selector}"{near}')
        return frozenset(found)

    @property
    def defaults(self) -> frozenset[str]:
        """The ids of the rules that are on without being asked for."""
        return frozenset(rule.id for rule in self.rules if rule.default)


def rules_root() -> Path:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    for root in (package / "rules", package.parent / "rules"):
        if root.is_dir():
            return root
    raise RuleError(f"{package}: no rules folder; the installation is damaged")


def load(*extra_folders: Path) -> Rulebook:
    """Read the shipped rules and those of further folders; raise RuleError at the first fault."""
    root = rules_root()
    try:
        return _load(root, extra_folders)
    except RuleError:
        raise
    except DataError as error:
        raise RuleError(str(error)) from error


def _load(root: Path, extra: tuple[Path, ...]) -> Rulebook:
    rules: dict[str, Rule] = {}
    shipped = (_kept(data) for data in keep("rules", lambda: [_to_keep(_rule(path)) for path in _rule_files(root)]))
    for rule in chain(shipped, (_rule(path) for folder in extra for path in _rule_files(folder))):
        clash = rules.get(rule.id) or next((other for other in rules.values() if other.name == rule.name), None)
        if clash:
            raise RuleError(f'{rule.path}:1: id "{rule.id}" or name "{rule.name}" is that of {clash.path} already')
        rules[rule.id] = rule
    if not rules:
        raise RuleError("no rules found")
    book = Rulebook(tuple(sorted(rules.values(), key=lambda rule: rule.id)), (root, *extra))
    if extra:
        _ = book.classes  # a fault in somebody's own is told now
    return book


def _to_keep(rule: Rule) -> dict[str, Any]:
    return {**vars(rule), "severity": rule.severity.label, "path": str(rule.path)}


def _kept(data: dict[str, Any]) -> Rule:
    texts = {"flag": tuple(data["flag"]), "pass_": tuple(data["pass_"])}
    return Rule(**{**data, **texts, "severity": Severity.of(data["severity"]), "path": Path(data["path"])})


def _rule_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*/*.yml") if path.parent.name in CATEGORIES)


def _rule(path: Path) -> Rule:
    data = read_yaml(path)
    kind = data.get("kind")
    check_keys(path, data, {**COMMON_KEYS, **(keys_of(kind) if kind in KINDS else {})}, "a rule")
    _check_identity(path, data)
    return Rule(
        id=data["id"],
        name=data["name"],
        category=data["category"],
        severity=Severity.of(data["severity"]),
        default=data["default"],
        kind=data["kind"],
        why=data["why"].strip(),
        source=data["source"].strip(),
        message=data["message"].strip(),
        suggestion=data["suggestion"].strip(),
        flag=tuple(data["examples"]["flag"]),
        pass_=tuple(data["examples"]["pass"]),
        options={key: value for key, value in data.items() if key not in COMMON_KEYS},
        path=path,
        rank=data.get("rank", 0),
    )


def _check_identity(path: Path, data: Lines) -> None:
    if data["name"] != path.stem or not _NAME.fullmatch(data["name"]):
        raise RuleError(f'{path}:{data.lines["name"]}: name should be the file\'s stem "{path.stem}", in-this-form')
    if data["category"] != path.parent.name:
        raise RuleError(f'{path}:{data.lines["category"]}: category should be the folder\'s name "{path.parent.name}"')
    if not _ID.fullmatch(data["id"]):
        raise RuleError(f"{path}:{data.lines['id']}: id should be letters and three digits, such as BC101")
    if data["id"].startswith("BC") and data["id"][2] != CATEGORIES[data["category"]]:
        number = CATEGORIES[data["category"]]
        raise RuleError(f"{path}:{data.lines['id']}: ids of {data['category']} begin with BC{number}")


def _add_classes(path: Path, classes: dict[str, Node]) -> None:
    data = read_yaml(path)
    check_keys(path, data, _CLASS_KEYS, "a lexicon")
    groups: Lines = data["classes"]
    for name, entries in groups.items():
        line = groups.lines[name]
        if not isinstance(entries, list) or not all(isinstance(entry, str) and entry for entry in entries):
            raise RuleError(f'{path}:{line}: class "{name}" should be a list of patterns')
        if name in classes or not name.isidentifier():
            raise RuleError(f'{path}:{line}: class "{name}" is defined already, or not a plain_name')
        if len(set(entries)) != len(entries):
            raise RuleError(f'{path}:{line}: class "{name}" repeats an entry')
        try:
            classes[name] = word_class(entries, classes)
        except PatternError as error:
            raise RuleError(f'{path}:{line}: class "{name}": {error}') from error
