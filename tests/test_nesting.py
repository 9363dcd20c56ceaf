"""Texts of strangers that would end the process, were they given to the fast YAML loader."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from blamecheck.document import parse
from blamecheck.nesting import too_deep
from blamecheck.schema import DataError, read_yaml
from blamecheck.sections import load
from blamecheck.source import Source

DEEP = (
    "a: " + "[" * 60_000,
    "a: " + "{a: " * 60_000,
    "- " * 60_000 + "x",
    "a: " + "[" * 60_000 + "]" * 60_000,
    "\n".join(" " * n + "a:" for n in range(2500)),
)
FLAT = (
    "",
    "a: b",
    "- x\n" * 10_000,
    "a: [[[]]]\n",
    "a: [" + "{b: c}, " * 10_000 + "]",
    "x" * 10_000,
    "a: ]\n",
    "[" * 100,
)


@pytest.mark.parametrize("text", DEEP, ids=range(len(DEEP)))
def test_deep(text: str, tmp_path: Path) -> None:
    assert too_deep(text)
    assert parse(Source("x.md", f"---\n{text}\n---\n\n# Down\n"), load()).front_matter == {}
    (tmp_path / "x.yml").write_text(text)
    with pytest.raises(DataError, match="nested too deeply"):
        read_yaml(tmp_path / "x.yml")


@pytest.mark.parametrize("text", FLAT, ids=range(len(FLAT)))
def test_flat(text: str) -> None:
    assert not too_deep(text)


@pytest.mark.parametrize("depth", [50, 300, 900, 1900])
def test_what_is_not_too_deep_ends_no_process(depth: int, tmp_path: Path) -> None:
    text = "a: " + "[" * depth + "]" * depth
    assert parse(Source("x.md", f"---\n{text}\n---\n"), load()).front_matter.keys() <= {"a"}
    (tmp_path / "x.yml").write_text(text)
    with contextlib.suppress(DataError):
        read_yaml(tmp_path / "x.yml")


def test_deep_toml() -> None:
    text = "+++\na = " + "[" * 60_000 + "\n+++\n\n# Down\n"
    assert parse(Source("x.md", text), load()).front_matter == {}
