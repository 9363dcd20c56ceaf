"""The pages written by hand say what is so: sentences, settings, commands, options and links."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest
import yaml

from blamecheck.arguments import parser
from blamecheck.cli import main
from blamecheck.rulebook import load
from blamecheck.settings_file import read

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *(ROOT / "docs" / name for name in ("ci.md", "people.md", "settings.md"))]
PEOPLE = (ROOT / "docs/people.md").read_text("utf-8")
SENTENCES = re.findall(r"^\| `(.+?)` \| ?([^|]*?) ?\|", PEOPLE, re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")


def names(text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What is reported of people in a text."""
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"# Search was down\n\n{text}\n", "utf-8")
    main(["check", "a.md", "--select", "people", "--format", "json", "--no-git"])
    return [one["excerpt"] for one in json.loads(capsys.readouterr().out)["findings"]]


def test_there_are_sentences() -> None:
    assert len(SENTENCES) >= 15


@pytest.mark.parametrize(("sentence", "reported"), SENTENCES, ids=[one[0] for one in SENTENCES])
def test_the_sentences_about_people(
    sentence: str,
    reported: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    assert names(sentence, capsys, monkeypatch, tmp_path) == [one for one in [reported] if one]


def test_the_evidence_is_shown_as_the_page_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = PEOPLE.split("```text\n")[1].split("```")[0]
    Path("incident.md").write_text("# Search was down\n\nPriya restarted the indexer.\n", "utf-8")
    main(["check", "incident.md", "--show-evidence", "--select", "people", "--no-git"])
    assert capsys.readouterr().out.startswith(shown)


def settings() -> list[tuple[str, str]]:
    """The settings that pages show, by page."""
    found = [
        (page.name, one)
        for page in PAGES
        for one in re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    ]
    return [(page, one) for page, one in found if re.search(r"^(?:names|severity|extend-select):", one, re.MULTILINE)]


@pytest.mark.parametrize(("page", "text"), settings(), ids=[page for page, _ in settings()])
def test_settings_that_are_shown_are_right(page: str, text: str, tmp_path: Path) -> None:
    (tmp_path / ".blamecheck.yml").write_text(text, "utf-8")
    assert set(yaml.safe_load(text)) <= set(read(tmp_path / ".blamecheck.yml").values) | {"names", "sections"}, page


def test_three_pages_show_settings() -> None:
    assert [page for page, _ in settings()] == ["README.md", "people.md", "settings.md"]


def test_the_settings_about_people_teach_what_the_page_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "Zorblax was slow. Then zork99 came. Mara restarted it, Grace and Priya too."
    (tmp_path / ".blamecheck.yml").write_text(dict(settings())["people.md"], "utf-8")
    assert names(text, capsys, monkeypatch, tmp_path) == []
    told = yaml.safe_load(dict(settings())["people.md"])
    told["names"].pop("allow-in")
    (tmp_path / ".blamecheck.yml").write_text(yaml.safe_dump(told), "utf-8")
    assert names(text, capsys, monkeypatch, tmp_path) == ["Zorblax", "zork99", "Priya"]
    (tmp_path / ".blamecheck.yml").unlink()
    assert names(text, capsys, monkeypatch, tmp_path) == ["Mara", "Grace", "Priya"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_exist(page: Path) -> None:
    """Whatever reads as a command of ours is one, and each option is one of some command."""
    text = page.read_text("utf-8")
    spoken = {one for one in CODE.findall(text) if re.match(r"--[a-z]", one)}
    helps = "".join(command.format_help() for command in commands().values())
    assert {one for one in spoken if one.split()[0].split("=")[0] not in helps} == set()
    lines = [line for block in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S) for line in block.splitlines()]
    said = re.findall(
        r"(?:`|- |\n|bin/)blamecheck ([a-z]+)", "\n".join(["", *lines, *re.findall(r"`blamecheck .*?`", text)])
    )
    assert set(said) <= set(commands())


def commands() -> dict[str, ArgumentParser]:
    """The parser of each command."""
    found: dict[str, ArgumentParser] = {}
    for action in parser()._actions:
        found |= action.choices if isinstance(action.choices, dict) else {}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            titles = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}, link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_ids_are_those_of_rules(page: Path) -> None:
    known = {rule.id for rule in load().rules}
    assert set(re.findall(r"\bBC\d{3}\b", page.read_text("utf-8"))) <= known


def test_the_ignores_of_the_readme_hide_what_they_say(tmp_path: Path) -> None:
    """And are no findings themselves."""
    (comment,) = re.findall(r"```markdown\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "a.md").write_text(f"# Search was down\n\n{comment}", "utf-8")
    command = [sys.executable, "-m", "blamecheck", "check", "a.md", "--select", "people,tool", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["findings"]
    assert [(one["rule"], one["excerpt"], bool(one["suppressed"])) for one in found] == [("BC105", "Grace", True)]
