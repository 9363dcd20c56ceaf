"""Reading YAML without losing the lines; a module of its own, since importing yaml takes as long as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from blamecheck.nesting import too_deep
from blamecheck.schema import DataError, Items, Lines, unreadable


def read(path: Path, *, empty: bool = False) -> Lines:
    """Read a YAML file that holds one mapping; raise DataError for anything else or a repeated key.

    An `empty` file may be one that says nothing.
    """
    try:
        text = path.read_text("utf-8")
        if too_deep(text):
            raise RecursionError
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        value = Lines({}, {}, 1) if empty and node is None else _value(path, node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise DataError(f"{path}:{line}: {getattr(error, 'problem', None) or error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}:1: {unreadable(error)}") from error
    except RecursionError as error:
        raise DataError(f"{path}:1: is nested too deeply") from error
    if not isinstance(value, Lines):
        raise DataError(f"{path}:1: should hold a mapping of keys")
    return value


def _value(path: Path, node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(path, node)
    if isinstance(node, yaml.SequenceNode):
        return Items((_value(path, child) for child in node.value), (n.start_mark.line + 1 for n in node.value))
    if node is None:
        return None
    if not isinstance(node, yaml.ScalarNode):
        raise DataError(f"{path}:{node.start_mark.line + 1}: only mappings, lists and plain values are taken")
    return _scalar(path, node)


def _mapping(path: Path, node: yaml.MappingNode) -> Lines:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = str(key_node.value)
        if key in values:
            raise DataError(f'{path}:{line}: key "{key}" is repeated (first on line {lines[key]})')
        values[key], lines[key] = _value(path, value_node), line
    return Lines(values, lines, node.start_mark.line + 1)


def _scalar(path: Path, node: yaml.ScalarNode) -> Any:
    tag, text = node.tag.rpartition(":")[2], node.value
    if tag == "bool":
        return text.lower() in ("true", "yes", "on")
    if tag == "null":
        return None
    if tag == "int":
        try:
            return int(text, 0)
        except ValueError as error:
            raise DataError(f"{path}:{node.start_mark.line + 1}: {text} is not a whole number") from error
    return text
