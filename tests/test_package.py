"""The package as people get it: the built wheel in a clean environment, and a README that tells the truth."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from sharing import once

from blamecheck.rulebook import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
RULE_FILES = {path.stem for path in ROOT.glob("rules/*/*.yml") if path.parent.name != "lexicons"}


def output(*command: str | Path, cwd: Path = ROOT) -> str:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False).stdout


PROGRAMS = Path("venv", "Scripts" if sys.platform == "win32" else "bin")


@pytest.fixture(scope="session")
def installed(shared: Path) -> Path:
    """The folder of the programs of a clean environment with nothing but the built wheel."""
    return once(shared, "package", install) / PROGRAMS


def install(folder: Path) -> None:
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--quiet"]
    wheel: list[str | Path] = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run([*pip, *wheel], check=True, capture_output=True)
    venv.create(folder / "venv")
    wheels = list(folder.glob("*.whl"))
    into: list[str | Path] = [*pip, "--python", folder / PROGRAMS / "python", "install", *wheels]
    subprocess.run(into, check=True, capture_output=True)


@pytest.mark.slow
def test_the_wheel_has_all_rules(installed: Path, tmp_path: Path) -> None:
    script = "from blamecheck.rulebook import load, rules_root; print(rules_root(), *(r.name for r in load().rules))"
    root, *names = output(installed / "python", "-c", script, cwd=tmp_path).split()
    assert set(names) == RULE_FILES
    assert installed.parent in Path(root).parents


@pytest.mark.slow
def test_the_installed_command_lints_the_example(installed: Path) -> None:
    command = ("check", "examples/", "--format", "json")
    here = output(sys.executable, "-m", "blamecheck", *command)
    assert output(installed / "blamecheck", *command) == here != ""


def test_the_checkout_has_all_rules() -> None:
    assert {rule.name for rule in load().rules} == RULE_FILES


def test_the_example_shows_every_category_of_the_readme() -> None:
    out = output(sys.executable, "-m", "blamecheck", "check", "examples/", "--format", "json")
    shown = {finding["category"] for finding in json.loads(out)["findings"]}
    assert shown >= {"people", "language", "cause", "structure"}


def test_the_example_in_the_readme_is_what_is_printed() -> None:
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    assert shown[1] in output(sys.executable, "-m", "blamecheck", "check", "examples/")


def test_the_readme_names_only_rules_and_options_that_exist() -> None:
    usage = output(sys.executable, "-m", "blamecheck", "check", "--help")
    assert {option for option in re.findall(r"`(--[a-z-]+)", README) if option not in usage} == set()
    known = {rule.id for rule in load().rules}
    assert {one for one in re.findall(r"\bBC\d{3}\b", README) if one not in known} == set()
