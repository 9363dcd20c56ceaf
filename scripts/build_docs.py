"""Write what is generated from the rules and the keys of settings: docs/ and the JSON Schemas.

python scripts/build_docs.py
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from blamecheck.catalogue import page  # noqa: E402
from blamecheck.checks import KINDS, keys_of  # noqa: E402
from blamecheck.people import words  # noqa: E402
from blamecheck.rulebook import COMMON_KEYS, load  # noqa: E402
from blamecheck.schema import Key  # noqa: E402
from blamecheck.settings_file import profiles  # noqa: E402
from blamecheck.settings_keys import DEFAULTS, SETTINGS  # noqa: E402
from blamecheck.templates import templates  # noqa: E402

SCHEMAS = "https://raw.githubusercontent.com/blamecheck/blamecheck/main/blamecheck/schemas"
_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "pattern": r"\S"},
    "texts": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "flag": {"type": "boolean"},
    "number": {"type": "integer"},
    "mapping": {"type": "object"},
    "examples": {
        "type": "object",
        "properties": {
            name: {"type": "array", "items": {"type": "string"}, "minItems": 1} for name in ("flag", "pass")
        },
        "required": ["flag", "pass"],
        "additionalProperties": False,
    },
}

_HEAD = "<!-- Generated from scripts/{}.md by scripts/build_docs.py; do not edit. -->\n\n"


def outputs() -> dict[Path, str]:
    """Each generated file and its text."""
    return {
        ROOT / "docs/rules.md": "\n".join(page(load().rules)) + "\n",
        ROOT / "docs/settings.md": _settings_page(),
        ROOT / "docs/people.md": _people_page(),
        ROOT / "blamecheck/schemas/settings.schema.json": _json(_settings_schema()),
        ROOT / "blamecheck/schemas/rule.schema.json": _json(_rule_schema()),
    }


def _json(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _head(name: str, title: str) -> dict[str, Any]:
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{SCHEMAS}/{name}.schema.json",
        "title": title,
    }


def _settings_schema() -> dict[str, Any]:
    return {**_head("settings", "Settings of blamecheck"), "type": "object", **_mapping(SETTINGS)}


def _rule_schema() -> dict[str, Any]:
    kinds = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": _mapping({**COMMON_KEYS, **keys_of(kind)}),
        }
        for kind in KINDS
    ]
    common = _mapping(COMMON_KEYS)
    common.pop("additionalProperties")
    return {**_head("rule", "A rule of blamecheck"), "type": "object", **common, "allOf": kinds}


def _mapping(keys: Mapping[str, Key]) -> dict[str, Any]:
    found: dict[str, Any] = {"properties": {name: _schema(key) for name, key in keys.items()}}
    required = [name for name, key in keys.items() if key.required]
    return {**found, **({"required": required} if required else {}), "additionalProperties": False}


def _schema(key: Key) -> dict[str, Any]:
    """The schema of one key's values."""
    found = {"description": key.doc, **_TYPES[key.type]}
    if key.type == "text" and key.allowed:
        found = {"description": key.doc, "enum": list(key.allowed)}
    elif key.type == "texts":
        found["items"] = {"enum": list(key.allowed)} if key.allowed else found["items"]
        found |= {} if key.empty else {"minItems": 1}
    elif key.keys is not None:
        found |= _mapping(key.keys)
    elif key.values is not None:
        found["additionalProperties"] = _schema(key.values)
    return found


def _settings_page() -> str:
    text = (ROOT / "scripts/settings.md").read_text("utf-8")
    keys = "\n".join(["| Key | Value | By default | |", "|---|---|---|---|", *_rows(SETTINGS)])
    listed = "\n".join(f"- `{name}`: {profile['about']}" for name, profile in profiles().items())
    forms = "\n".join(
        f"- `{name}`: {one['about'].rstrip('.')}: {', '.join(one['parts'])}." for name, one in templates().items()
    )
    schema = f"{SCHEMAS}/settings.schema.json"
    filled = text.replace("{keys}", keys).replace("{profiles}", listed).replace("{templates}", forms)
    return _HEAD.format("settings") + filled.replace("{schema}", schema)


def _people_page() -> str:
    text = (ROOT / "scripts/people.md").read_text("utf-8")
    data = words.load()
    clues = sorted(data.clues.values(), key=lambda clue: -abs(clue.points))
    text = text.replace("{threshold}", str(data.threshold))
    text = text.replace("{for}", _clues(clue for clue in clues if clue.points > 0))
    return _HEAD.format("people") + text.replace("{against}", _clues(clue for clue in clues if clue.points < 0))


def _clues(clues: Iterable[words.Clue]) -> str:
    rows = [f"| {clue.points} | {clue.says.replace('{text}', '…').replace('{word}', '…')} |" for clue in clues]
    return "\n".join(["| Points | What the evidence says |", "|---|---|", *dict.fromkeys(rows)])


def _rows(keys: Mapping[str, Key], within: str = "") -> Iterator[str]:
    for name, key in keys.items():
        if key.keys is not None and not within:
            yield from _rows(key.keys, f"{name}.")
            continue
        default = DEFAULTS[within + name]
        shown = "" if default in (None, [], {}) else f"`{json.dumps(default)}`".replace('"', "")
        yield f"| `{within}{name}` | {_value(key)} | {shown} | {key.doc} |"


def _value(key: Key) -> str:
    if key.keys is not None:
        return "lists by kind: " + ", ".join(f"`{one}`" for one in key.keys)
    if key.values is not None:
        return f"a mapping to {_value(key.values)}"
    what = {"text": "one of ", "texts": "a list of "}.get(key.type, "")
    if key.allowed:
        return what + ", ".join(f"`{one}`" for one in key.allowed)
    return {"text": "text", "texts": "a list", "flag": "`true` or `false`"}[key.type]


if __name__ == "__main__":
    for path, text in outputs().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
