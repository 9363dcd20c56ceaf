"""Compiled patterns are kept between runs, and nothing but a pattern is ever loaded."""

from __future__ import annotations

import marshal
import os
import pickle
from pathlib import Path

import pytest
import regex

from blamecheck import compiled


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLAMECHECK_CACHE_DIR", str(tmp_path))
    compiled._store.cache_clear()


def kept(tmp_path: Path) -> dict[str, bytes]:
    (file,) = (tmp_path / "patterns").iterdir()
    known: dict[str, bytes] = marshal.loads(file.read_bytes())  # noqa: S302 - a file of this test
    return known


def plant(tmp_path: Path, data: bytes) -> None:
    compiled.compile_once("any", regex.V0)
    compiled.keep()
    (file,) = (tmp_path / "patterns").iterdir()
    file.write_bytes(data)
    compiled._store.cache_clear()


def test_a_kept_pattern_matches_as_a_fresh_one(tmp_path: Path) -> None:
    fresh = compiled.compile_once(r"(?P<span>fail(?:s|ed)?) to", regex.I)
    compiled.keep()
    assert list(kept(tmp_path)) == [f"{int(regex.I)} (?P<span>fail(?:s|ed)?) to"]
    compiled._store.cache_clear()
    loaded = compiled.compile_once(r"(?P<span>fail(?:s|ed)?) to", regex.I)
    assert compiled._store().fresh == {}
    text = "It FAILED to start."
    for pattern in (fresh, loaded):
        match = pattern.search(text)
        assert match and match.span("span") == (3, 9)


def test_what_is_kept_grows(tmp_path: Path) -> None:
    for text in ("a", "b"):
        compiled._store.cache_clear()
        compiled.compile_once(text, regex.V0)
        compiled.keep()
    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize("damage", [b"", b"x", b"\x80", marshal.dumps([1, 2]), marshal.dumps({"0 a": b"no"})])
def test_damage_is_mended(tmp_path: Path, damage: bytes) -> None:
    plant(tmp_path, damage)
    assert compiled.compile_once("a", regex.V0).search("cat")


def test_no_pickle_but_a_pattern_is_loaded(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "made"),)

    plant(tmp_path, marshal.dumps({f"{int(regex.V0)} a": pickle.dumps(Evil()), f"{int(regex.V0)} b": pickle.dumps(3)}))
    assert compiled.compile_once("a", regex.V0).search("cat")
    assert compiled.compile_once("b", regex.V0).search("tub")
    assert not (tmp_path / "made").exists()
