"""What is generated says what the rules and keys say, and the JSON Schemas take what the loader takes."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from blamecheck.rulebook import load, rules_root

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "blamecheck/schemas"
PAGE = (ROOT / "docs/rules.md").read_text("utf-8")


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts/build_docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("path", "text"), script().outputs().items(), ids=lambda one: getattr(one, "name", ""))
def test_generated_files_are_up_to_date(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run: python scripts/build_docs.py"


@pytest.mark.parametrize("rule", load().rules, ids=lambda rule: rule.name)
def test_each_rule_has_an_anchor_for_its_link(rule: object) -> None:
    name = getattr(rule, "name", "")
    assert getattr(rule, "url", "").endswith(f"#{name}")
    assert re.findall(rf"^### {name}$", PAGE, re.MULTILINE) == [f"### {name}"]


def test_links_within_the_page_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in re.findall(r"^#+ (.+)$", PAGE, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= anchors


def accepts(schema: str, *files: Path) -> bool:
    """Whether a JSON Schema accepts files, by a validator that is not ours."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--schemafile",
        SCHEMAS / f"{schema}.schema.json",
        *files,
    ]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_the_schemas_are_schemas() -> None:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--check-metaschema",
        *SCHEMAS.glob("*.json"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_rule_schema_accepts_every_rule() -> None:
    files = [path for path in rules_root().glob("*/*.yml") if path.parent.name != "lexicons"]
    assert accepts("rule", *files)


def example() -> str:
    """The settings of the page about settings."""
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    return page.split("```yaml\n")[1].split("```")[0]


@pytest.mark.slow
def test_the_example_of_the_settings_page_is_right(tmp_path: Path) -> None:
    from blamecheck.settings_file import read

    (tmp_path / ".blamecheck.yml").write_text(example(), "utf-8")
    assert read(tmp_path / ".blamecheck.yml").people.known == {"Ada Example": "the database on-call"}
    assert accepts("settings", tmp_path / ".blamecheck.yml")
    link = re.match(r"# yaml-language-server: \$schema=(\S+)\n", example())
    assert link and link[1] == json.loads((SCHEMAS / "settings.schema.json").read_text("utf-8"))["$id"]
