"""What settings change, seen from the command line: each key exactly what it says, from wherever it is started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from blamecheck.cli import main
from blamecheck.rulebook import load
from blamecheck.settings_keys import DEFAULTS

ROOT = Path(__file__).parent.parent
DOCUMENT = """\
# Checkout down

## Summary

Priya restarted the pod. Zorblax was slow.

## Zauberei

It was human error. <!-- blamecheck-ignore BC301 -->

## Lessons

A careless mistake turned off the gadget. Es wurde fahrlässig gehandelt.

## Attendees

- Oluwaseun
"""
OWN_RULE = """\
id: ACME201
name: blame-word
category: language
severity: warning
default: true
kind: phrase
why: 'We agreed so.'
source: 'Our handbook.'
message: '"{match}" is not how we speak.'
suggestion: 'Say it otherwise.'
patterns: ['gadget']
examples: {flag: ['The [[gadget]].'], pass: ['two gadgets', 'a gadgeteer']}
"""
A, B, NOTES = "incidents/a.md", "incidents/old/b.md", "notes.md"


class Found(NamedTuple):
    """A finding, as far as these tests look at it."""

    path: str
    rule: str
    category: str
    excerpt: str
    severity: str


class Outcome(NamedTuple):
    """What a run gave: its exit status, the findings that are not hidden, and what it complained of."""

    status: int
    found: Counter[Found]
    notes: str

    @property
    def rules(self) -> set[str]:
        return {one.rule for one in self.found}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two postmortems and a file that is none."""
    for name in (A, B):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(DOCUMENT, "utf-8")
    (tmp_path / NOTES).write_text("# Notes\n\nPriya wrote of a careless mistake.\n", "utf-8")
    (tmp_path / "own/language").mkdir(parents=True)
    (tmp_path / "own/language/blame-word.yml").write_text(OWN_RULE, "utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> Outcome:
    status = main(["check", "--format", "json", "--no-git", *(arguments or ["incidents", NOTES])])
    out, err = capsys.readouterr()
    found = [one for one in json.loads(out)["findings"] if not one["suppressed"]]
    return Outcome(status, Counter(Found(*(one[name] for name in Found._fields)) for one in found), err)


def needs(kind: str) -> set[str]:
    return {rule.id for rule in load().rules if rule.options.get("requires") == kind}


NEEDS = {rule.id for rule in load().rules if "requires" in rule.options}
AZURE = needs("impact") | needs("root_cause") | needs("action_items")
UNREASONED = ("BC903", "blamecheck-ignore BC301")
Which = Callable[[Found], bool]


def nothing(_: Found) -> bool:
    return False


# Each setting, which findings it takes away, and what it adds to each postmortem; nothing else may change.
CHANGES: list[tuple[str, Which, set[tuple[str, str]]]] = [
    ("profile: default", nothing, set()),
    ("profile: names-only", lambda one: one.category not in ("people", "tool"), set()),
    ("profile: structure-only", lambda one: one.category in ("people", "language", "cause"), set()),
    ("select: [BC402]", lambda one: one.rule != "BC402", set()),
    ("select: [people, BC40]", lambda one: not one.rule.startswith(("BC40", "BC1")), set()),
    ("extend-select: [ignore-without-reason]", nothing, {UNREASONED}),
    ("ignore: [character-word]", lambda one: one.rule == "BC209", set()),
    ("ignore: [structure, BC2]", lambda one: one.category in ("structure", "language"), set()),
    ("per-file-ignores: {'incidents/old/*': [BC101]}", lambda one: one.rule == "BC101" and one.path == B, set()),
    ("per-file-ignores: {old: [all]}", lambda one: one.path == B, set()),
    ("names: {ignore: [Priya]}", lambda one: one.excerpt == "Priya", set()),
    ("names: {ignore: [priya]}", nothing, set()),
    ("names: {products: [Priya]}", lambda one: one.excerpt == "Priya", set()),
    ("names: {known: {Zorblax: the on-call}}", nothing, {("BC101", "Zorblax")}),
    ("names: {use-git: false}", nothing, set()),
    ("names: {allow-in: [roster, narrative]}", lambda one: one.category == "people", set()),
    ("names: {allow-in: []}", nothing, {("BC101", "Oluwaseun")}),
    ("sections: {required: [action_items]}", lambda one: one.rule in NEEDS - needs("action_items"), set()),
    ("sections: {required: []}", lambda one: one.rule in NEEDS, set()),
    ("sections: {template: azure}", lambda one: one.rule in NEEDS - AZURE, set()),
    (
        "sections: {names: {detection: [Zauberei]}}",
        lambda one: one.rule in needs("detection") and one.path != NOTES,
        set(),
    ),
    ("rules: [own]", nothing, {("ACME201", "gadget")}),
    ("exclude: [old]", lambda one: one.path == B, set()),
    ("exclude: [notes.md]", lambda one: one.path == NOTES, set()),
    ("include: ['incidents/*.md']", lambda one: one.path == B, set()),
    ("language: de", nothing, {("BC221", "fahrlässig")}),
    ("language: fr", nothing, set()),
    ("fail-on: info", nothing, set()),
]
# What the settings above are laid over, where they need it to have an effect.
UNDER = {"language": "extend-select: [BC221, BC222]\n"}


@pytest.mark.parametrize(("text", "gone", "new"), CHANGES, ids=[one[0] for one in CHANGES])
def test_a_setting_changes_exactly_what_it_says(
    text: str, gone: Which, new: set[tuple[str, str]], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    under = UNDER.get(text.partition(":")[0], "")
    (place / ".blamecheck.yml").write_text(under, "utf-8")
    before = check(capsys).found
    (place / ".blamecheck.yml").write_text(f"{under}{text}\n", "utf-8")
    after = check(capsys).found
    assert before - after == Counter({one: count for one, count in before.items() if gone(one)})
    assert {(one.path, one.rule, one.excerpt) for one in after - before} == {
        (path, *one) for path in (A, B) for one in new
    }
    assert gone is nothing or before - after, "a setting without an effect here shows nothing"


def test_each_setting_is_turned_here() -> None:
    turned = [yaml.safe_load(one[0]) for one in CHANGES]
    keys = {key if key not in ("names", "sections") else f"{key}.{inner}" for one in turned for key in one
            for inner in (one[key] if key in ("names", "sections") else [""])}  # fmt: skip
    assert keys | {"severity", "names.use-git"} == set(DEFAULTS)


def test_strict_adds_what_is_off_by_default_and_takes_nothing_away(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = check(capsys)
    (place / ".blamecheck.yml").write_text("profile: strict\n", "utf-8")
    after = check(capsys)
    assert before.found - after.found == Counter()
    added = after.rules - before.rules
    assert added and added <= {rule.id for rule in load().rules if not rule.default}


def test_use_git_decides_whether_authors_are_known(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing else changes by it; files of owners belong to the repository as its history does."""
    (place / "CODEOWNERS").write_text("* @zq2049x\n", "utf-8")
    (place / A).write_text(DOCUMENT.replace("Zorblax was slow.", "The database of zq2049x was slow."), "utf-8")
    found = []
    for use in ("true", "false"):
        (place / ".blamecheck.yml").write_text(f"names: {{use-git: {use}}}\n", "utf-8")
        main(["check", "--format", "json", A])
        found.append({(one["rule"], one["excerpt"]) for one in json.loads(capsys.readouterr().out)["findings"]})
    assert found[0] - found[1] == {("BC103", "zq2049x")}
    assert found[1] - found[0] == set()


FORM = """\
# Postmortem form

## Trigger

_What set it off?_

## Homework

## Our own heading
"""


@pytest.mark.parametrize(
    ("sections", "asked"),
    [
        ("{template: google}", {"BC401", "BC402", "BC403", "BC405", "BC414", "BC415"}),
        ("{template: docs/form.md, names: {action_items: [Homework]}}", {"BC402", "BC415"}),
        ("{template: google, required: [trigger]}", {"BC415"}),
        ("{template: docs/form.md}", {"BC415"}),
    ],
)
def test_a_template_says_which_parts_are_needed(
    sections: str, asked: set[str], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "docs").mkdir()
    (place / "docs/form.md").write_text(FORM, "utf-8")
    (place / ".blamecheck.yml").write_text(f"sections: {sections}\n", "utf-8")
    assert check(capsys, A).rules & NEEDS == asked


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("goggle", '"goggle" is no known template, nor a file beside the settings file; did you mean "google"?'),
        ("docs", '"docs" is no known template, nor a file beside the settings file'),
        ("binary.md", '"binary.md" is a binary file (it holds a NUL byte)'),
    ],
)
def test_a_template_that_is_none(value: str, said: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "docs").mkdir()
    (place / "binary.md").write_bytes(b"# A\0\n")
    (place / ".blamecheck.yml").write_text(f"sections:\n  template: {value}\n", "utf-8")
    outcome = check(capsys, A)
    assert outcome.status == 2
    assert f'.blamecheck.yml:2: key "sections.template": {said}' in outcome.notes


def test_severity_changes_severities(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = check(capsys).found
    (place / ".blamecheck.yml").write_text("severity: {people: info, BC1: error, BC209: warning, all: info}\n", "utf-8")
    after = check(capsys).found
    assert Counter(one[:4] for one in before.elements()) == Counter(one[:4] for one in after.elements())
    expected = {"BC101": "error", "BC209": "warning"}
    assert {one.rule: one.severity for one in after} == {
        rule: expected.get(rule, "info") for rule in {one.rule for one in before}
    }


@pytest.mark.parametrize(
    ("settings", "arguments", "status"),
    [
        ("select: [BC101]", [], 0),
        ("select: [BC101]\nfail-on: warning", [], 1),
        ("select: [BC101]\nseverity: {people: error}", [], 1),
        ("fail-on: never", [], 0),
        ("fail-on: never", ["--fail-on", "error"], 1),
        ("fail-on: warning\nselect: [BC101]", ["--fail-on", "error"], 0),
        ("profile: strict\nextend-select: []\nignore: [all]", [], 0),
        ("profile: strict\nignore: [structure, BC2, BC3, BC9]", [], 1),
        ("profile: strict\nignore: [structure, BC2, BC3, BC9]\nfail-on: error", [], 0),
        ("fail-on: error", ["--exit-zero"], 0),
    ],
)
def test_fail_on_changes_the_status(
    settings: str, arguments: list[str], status: int, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / ".blamecheck.yml").write_text(f"{settings}\n", "utf-8")
    assert check(capsys, "incidents", *arguments).status == status


def test_each_document_fails_by_its_own_settings(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / ".blamecheck.yml").write_text("select: [BC101]\n", "utf-8")
    (place / "incidents/old/blamecheck.toml").write_text("select = ['BC101']\nfail-on = 'warning'\n", "utf-8")
    assert [check(capsys, path).status for path in (A, B, "incidents")] == [0, 1, 1]


@pytest.mark.parametrize(
    ("settings", "arguments", "rules"),
    [
        ("ignore: [BC101]", ["--select", "BC101"], {"BC101"}),
        ("select: [BC209]\nextend-select: [BC402]", ["--select", "BC101"], {"BC101"}),
        ("select: [BC209]", ["--extend-select", "BC101"], {"BC101", "BC209"}),
        ("select: [BC209, BC101]", ["--ignore", "BC101"], {"BC209"}),
        ("select: [BC209]", ["--profile", "names-only"], {"BC101"}),
        (
            "select: [BC101, BC402]",
            ["--profile", "structure-only", "--ignore", "BC3,BC401,BC403,BC404,BC405,BC41"],
            {"BC402"},
        ),
        ("sections: {required: []}", ["--select", "BC402"], {"BC402"}),
        ("ignore: [all]", ["--no-config", "--ignore", "structure,cause,language"], {"BC101"}),
        ("ignore: [all]", ["--isolated", "--select", "BC402"], {"BC402"}),
        ("ignore: [all]", ["--config", "incidents/other.toml"], {"BC402"}),
        ("select: [BC301]", ["--no-ignores"], {"BC301"}),
        ("select: [BC301]", [], set()),
    ],
)
def test_the_command_line_wins(
    settings: str, arguments: list[str], rules: set[str], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / ".blamecheck.yml").write_text(f"{settings}\n", "utf-8")
    (place / "incidents/other.toml").write_text("select = ['BC402']\n", "utf-8")
    assert check(capsys, A, *arguments).rules == rules


def test_an_excluded_file_is_left_out_and_said_to_be(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / ".blamecheck.yml").write_text("ignore: []\nexclude: [notes.md]\n", "utf-8")
    outcome = check(capsys, "notes.md")
    assert outcome == (0, Counter(), 'blamecheck: note: notes.md: left out by "exclude" (.blamecheck.yml:2)\n')
    assert main(["check", "notes.md", "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    main(["check", "notes.md"])
    assert capsys.readouterr().out == "Nothing was checked.\n"


def test_documents_under_wrong_settings_are_no_pass(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "incidents/old/.blamecheck.yml").write_text("selct: []\n", "utf-8")
    outcome = check(capsys)
    assert (outcome.status, {one.path for one in outcome.found}) == (2, {A, NOTES})
    assert outcome.notes == (
        'blamecheck: error: incidents/old/.blamecheck.yml:1: unknown key "selct" in the settings; '
        'did you mean "select"?\n'
    )


def nested(root: Path) -> None:
    """Three folders, each with settings of its own."""
    for folder, settings in (
        ("", {".blamecheck.yml": "select: [BC101]\nper-file-ignores: {'docs/*.md': [BC101]}\n"}),
        ("team", {"blamecheck.toml": "select = ['BC209']\nexclude = ['skipped.md']\n"}),
        ("team/deep", {"pyproject.toml": "[tool.blamecheck]\nselect = ['BC402']\nseverity = {all = 'warning'}\n"}),
    ):
        (root / folder / "docs").mkdir(parents=True, exist_ok=True)
        for name, text in settings.items():
            (root / folder / name).write_text(text, "utf-8")
        for name in ("docs/outage.md", "incident.md", "skipped.md"):
            (root / folder / name).write_text(DOCUMENT, "utf-8")


EXPECTED = {
    ("incident.md", "BC101", "warning"),
    ("skipped.md", "BC101", "warning"),
    ("team/incident.md", "BC209", "error"),
    ("team/docs/outage.md", "BC209", "error"),
    ("team/deep/incident.md", "BC402", "warning"),
    ("team/deep/skipped.md", "BC402", "warning"),
    ("team/deep/docs/outage.md", "BC402", "warning"),
}


def relative(report: str, start: Path, root: Path) -> set[tuple[str, str, str]]:
    """The findings of JSON reports, paths relative to the root."""
    found: set[tuple[str, str, str]] = set()
    decoder, at = json.JSONDecoder(), report.find("{\n")
    while at >= 0:
        data, end = decoder.raw_decode(report, at)
        for one in data["findings"]:
            path = os.path.relpath(start / one["path"], root)
            found.add((Path(path).as_posix(), one["rule"], one["severity"]))
        at = report.find("{\n", end)
    return found


def test_started_from_three_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    nested(tmp_path)
    (tmp_path / ".git").mkdir()
    files = list(tmp_path.rglob("*.md"))
    for start in (tmp_path, tmp_path / "team", tmp_path / "team/deep/docs"):
        monkeypatch.chdir(start)
        assert main(["check", "--format", "json", *(os.path.relpath(file) for file in files)]) == 1
        assert relative(capsys.readouterr().out, start, tmp_path) == EXPECTED
    monkeypatch.chdir(tmp_path.parent)
    main(["check", "--format", "json", str(tmp_path)])
    searched = {one for one in EXPECTED if "skipped" not in one[0]}  # no postmortem by its name
    assert relative(capsys.readouterr().out, tmp_path.parent, tmp_path) == searched


@pytest.mark.slow
def test_started_by_pre_commit(tmp_path: Path) -> None:
    nested(tmp_path)
    hook = {
        "id": "blamecheck",
        "name": "blamecheck",
        "language": "system",
        "entry": f"{sys.executable} -m blamecheck check --format json --no-git",
        "types": ["markdown"],
        "require_serial": True,
    }
    (tmp_path / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [{"repo": "local", "hooks": [hook]}]}))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PRE_COMMIT_HOME": str(tmp_path / ".cache")}
    for command in (["git", "init", "-q"], ["git", "add", "."]):
        subprocess.run(command, cwd=tmp_path, check=True)
    for start in (tmp_path, tmp_path / "team", tmp_path / "team/deep/docs"):
        command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose", "--color", "never"]
        done = subprocess.run(command, cwd=start, env=environment, capture_output=True, text=True, check=False)
        assert relative(done.stdout, tmp_path, tmp_path) == EXPECTED, done.stdout + done.stderr


def test_standard_input_has_the_settings_of_its_name(tmp_path: Path) -> None:
    nested(tmp_path)
    (tmp_path / ".git").mkdir()
    for name, rules in (("team/new.md", {"BC209"}), ("team/deep/docs/new.md", {"BC402"}), ("team/skipped.md", set())):
        done = subprocess.run(
            [sys.executable, "-m", "blamecheck", "check", "--format", "json", "--stdin-filename", name, "-"],
            cwd=tmp_path, input=DOCUMENT, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert {one["rule"] for one in json.loads(done.stdout)["findings"]} == rules


def test_config_says_what_is_in_force(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / ".blamecheck.yml").write_text("profile: strict\nignore: [BC1]\nnames:\n  use-git: false\n", "utf-8")
    assert main(["config", "incidents/a.md", "--format", "json", "--fail-on", "info"]) == 0
    found = json.loads(capsys.readouterr().out)
    told = {key: (one["value"], one["origin"]) for key, one in found["settings"].items() if one["origin"] != "default"}
    assert (found["file"], found["checked"]) == (".blamecheck.yml", True)
    assert told == {
        "profile": ("strict", ".blamecheck.yml:1"),
        "select": (["all"], "profile strict"),
        "ignore": (["BC1"], ".blamecheck.yml:2"),
        "fail-on": ("info", "command line"),
        "names.use-git": (False, ".blamecheck.yml:4"),
    }
    assert (found["rules"]["BC101"], found["rules"]["BC301"]) == ("off", "error")


def test_config_as_text(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / ".blamecheck.yml").write_text("exclude: [notes.md]\n", "utf-8")
    assert main(["config", "notes.md"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "settings file: .blamecheck.yml\nnotes.md is not checked: the settings leave it out\n\nprofile "
    )
    assert "\nexclude            [notes.md]" in out
    assert "(.blamecheck.yml:1)\n" in out
    (place / ".blamecheck.yml").write_text("exlude: [notes.md]\n", "utf-8")
    assert main(["config", "notes.md"]) == 2
    assert capsys.readouterr().err.startswith("blamecheck: error: .blamecheck.yml:1: unknown key")


def test_rules_and_explain(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / ".blamecheck.yml").write_text("rules: [own]\nignore: [BC101]\n", "utf-8")
    assert main(["rules"]) == 0
    out = capsys.readouterr().out
    assert "ACME201  warning  on" in out
    assert "\nBC101  warning  off  named-individual" in out.replace("BC101    ", "BC101  ")
    assert main(["rules", "--format", "json", "--no-config"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["version"] == 1
    assert [one["active"] for one in listed["rules"] if one["id"] == "BC101"] == [True]
    assert main(["explain", "blame-word"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("ACME201 blame-word (language, warning, on)\n\nWe agreed so.\nSource: Our handbook.\n")
    assert "\n    The ⟦gadget⟧.\n" in out
    assert "\n    <!-- blamecheck-ignore ACME201 -- why it is right here -->\n" in out
    assert main(["explain", "blame-wrd"]) == 2
    assert capsys.readouterr().err == 'blamecheck: error: unknown rule "blame-wrd"; did you mean "blame-word"?\n'


@pytest.mark.parametrize("name", ["settings", "rule"])
def test_config_prints_the_schemas(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "--schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["$id"].endswith(f"/{name}.schema.json")
