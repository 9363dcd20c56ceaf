"""What is kept from one run to the next: the same findings with and without it, whatever state it is in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sharing import once

from blamecheck import kept
from blamecheck.rulebook import load
from blamecheck.sections import SectionNames
from blamecheck.sections import load as load_sections

ROOT = Path(__file__).parent.parent
DOCUMENT = "# Checkout down\n\n## Root cause\n\nIt was human error: Priya forgot the careless flag.\n"
PROGRAM = """
import sys
from blamecheck.cli import main
status = main(["check", "--format", "json", "--no-git", "a.md"])
print("yaml" in sys.modules, status, file=sys.stderr)
"""


def run(place: Path, cache: Path) -> tuple[str, str]:
    """The report, and whether YAML was read and the exit status."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BLAMECHECK_CACHE_DIR": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=place, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout, done.stderr.strip()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(DOCUMENT, "utf-8")
    return tmp_path


def entries(cache: Path) -> list[Path]:
    return sorted((cache / "data").glob("*.json"))


@pytest.mark.slow
def test_the_second_run_reads_no_yaml_and_finds_the_same(place: Path) -> None:
    cold = run(place, place / "cache")
    warm = run(place, place / "cache")
    assert (cold[1], warm[1]) == ("True 1", "False 1")
    assert cold[0] == warm[0]
    assert len(entries(place / "cache")) == 1


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def change(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"human", b"humam"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other(path: Path) -> None:
    path.write_bytes(b"\x80\x04]\n[]")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.fixture(scope="session")
def filled(shared: Path) -> tuple[tuple[str, str], Path]:
    """What a run with an empty cache says, and the cache that it leaves."""

    def fill(folder: Path) -> None:
        (folder / "a.md").write_text(DOCUMENT, "utf-8")
        (folder / "said.json").write_text(json.dumps(run(folder, folder / "cache")), "utf-8")

    home = once(shared, "filled", fill)
    out, err = json.loads((home / "said.json").read_text("utf-8"))
    return (out, err), home / "cache"


@pytest.mark.slow
@pytest.mark.parametrize("damage", [cut, change, empty, other, folder])
def test_damage_counts_for_nothing(
    damage: Callable[[Path], None], place: Path, filled: tuple[tuple[str, str], Path]
) -> None:
    cold, cache = filled
    shutil.copytree(cache, place / "cache")
    (entry,) = entries(place / "cache")
    damage(entry)
    assert run(place, place / "cache") == cold
    if damage is not folder:
        assert run(place, place / "cache") == (cold[0], "False 1")


@pytest.mark.slow
def test_nothing_can_be_kept(place: Path, filled: tuple[tuple[str, str], Path]) -> None:
    (place / "file").write_text("", "utf-8")
    expected, _ = filled
    for cache in (place / "file", place / "file/below", Path(os.devnull)):
        assert run(place, cache) == expected


def test_what_is_kept_is_what_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLAMECHECK_CACHE_DIR", str(tmp_path))
    kept._store.cache_clear()
    load_sections.cache_clear()
    rules, names = load(), load_sections()
    kept.save()
    kept._store.cache_clear()
    load_sections.cache_clear()
    again = load()
    assert [vars(rule) for rule in again.rules] == [vars(rule) for rule in rules.rules]
    assert load_sections().to_data() == names.to_data()
    assert isinstance(load_sections(), SectionNames)
    assert list(kept._store().data) == ["rules", "sections"]


def test_a_change_of_any_file_makes_it_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "blamecheck"
    (package / "rules").mkdir(parents=True)
    (package / "rules/a.yml").write_text("a: 1", "utf-8")
    monkeypatch.setattr(kept, "__file__", str(package / "kept.py"))
    states = [kept._state(), kept._state()]
    (package / "rules/a.yml").write_text("a: 22", "utf-8")
    states.append(kept._state())
    os.utime(package / "rules/a.yml", ns=(1, 1))
    states.append(kept._state())
    (package / "b.py").write_text("", "utf-8")
    states.append(kept._state())
    assert states[0] == states[1]
    assert len(set(states)) == 4
