"""The shipped hooks, run by pre-commit and by prek in a fresh repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path, PurePath
from typing import NamedTuple

import pytest
import yaml
from acting import ROOT, export
from sharing import once

from blamecheck.rulebook import load, rules_root
from blamecheck.signs import by_path
from blamecheck.signs import load as load_signs

BLAMING = """\
# Checkout was down

## Root cause

The cause was human error.

## Action items

- Add the index (OPS-1)
"""
CLEAN = BLAMING.replace("human error", "a missing index")
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
RULE = next(rule for rule in load().rules if rule.id == "BC301")
SIGNS = load_signs(rules_root())


@pytest.mark.parametrize("word", yaml.safe_load((rules_root() / "discovery.yml").read_text("utf-8"))["paths"])
@pytest.mark.parametrize("between", [" ", "-", "_", "."])
def test_each_path_of_a_postmortem_is_one_for_the_hook(word: str, between: str) -> None:
    name = word.replace(" ", between)
    for path in (f"{name}/x.md", f"docs/{name.upper()}/2026/x.md", f"2026-03-02-{name.title()}.md", f"{name}.mdx"):
        assert re.search(HOOKS["blamecheck"]["files"], path), path


@pytest.mark.parametrize(
    "path",
    [
        "docs/Störung.md",
        "docs/Sto\u0308rungen/x.md",
        "Ausfälle/x.md",
        "Vorfa\u0308lle/x.md",
        "docs/accident.md",
        "docs/retrofit.md",
        "docs/coexist.md",
        "docs/sev5.md",
        "docs/research.md",
        "docs/post.md",
        "outages.old/x.md",
        "docs/cause.md",
        "src/panned.md",
        "docs/2024年故障报告.md",
    ],
)
def test_the_hook_takes_no_other_paths(path: str) -> None:
    pure = PurePath(path)
    known = by_path(SIGNS, pure.parts[:-1], pure.stem)
    assert bool(re.search(HOOKS["blamecheck"]["files"], path)) is bool(known)


def test_both_hooks_run_one_process_over_markdown() -> None:
    for hook in HOOKS.values():
        assert (hook["language"], hook["require_serial"]) == ("python", True)
        assert hook["types_or"] == ["markdown", "mdx"]


class Done(NamedTuple):
    """What a process left behind; the output is of both streams."""

    status: int
    out: str


@pytest.fixture(scope="session")
def shipped(shared: Path) -> Path:
    """A repository with what a clone of this one would have."""
    return once(shared, "shipped", write_repository)


def write_repository(place: Path) -> None:
    if export(place) != place:
        pytest.skip("the hooks are installed from a git repository, and this is none")
    for command in (["init", "-q"], ["add", "--all", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *command], cwd=place, check=True, env=environment())


@pytest.fixture(scope="session")
def home(shared: Path) -> Path:
    """Where the runners keep what they install, so that each installs it once; they lock it themselves."""
    return shared / "home"


def environment(home: Path | None = None) -> dict[str, str]:
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    kept = {"PRE_COMMIT_HOME": str(home), "PREK_HOME": str(home)} if home else {}
    return {**inherited, **identity, **kept, "GIT_CONFIG_GLOBAL": os.devnull, "NO_COLOR": "1"}


class Place(NamedTuple):
    """A fresh repository with a hook, and the program that runs it."""

    folder: Path
    runner: str
    home: Path

    def run(self, *command: str) -> Done:
        """Run a command in the repository."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment(self.home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        return Done(done.returncode, done.stdout)

    def write(self, **files: str) -> None:
        """Write files (`__` is a slash, `_` a dot) and stage them."""
        for name, text in files.items():
            path = self.folder / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.run("git", "add", "--all", ".")

    def commit(self) -> Done:
        """Commit what is staged, which runs the hooks."""
        return self.run("git", "commit", "-m", "x")


@pytest.fixture(params=["pre-commit", "prek"])
def place(request: pytest.FixtureRequest, tmp_path: Path, shipped: Path, home: Path) -> Place:
    """A fresh repository whose commits go through the shipped hooks."""
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    new = Place(tmp_path, request.param, home / request.param)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=shipped, capture_output=True, text=True, check=True)
    marker = request.node.get_closest_marker("hook")
    hook, arguments = marker.args if marker else ("blamecheck", ["--select", "BC301"])
    settings = {
        "repos": [
            {
                "repo": shipped.as_uri(),
                "rev": commit.stdout.strip(),
                "hooks": [{"id": hook, "args": arguments}],
            }
        ]
    }
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    new.run("git", "init", "-q", "-b", "main")
    installed = new.run(request.param, "install", "--install-hooks")
    assert installed.status == 0, installed.out
    return new


READABLE = f"error[BC301] human-error-cause: {RULE.message.replace('{match}', 'human error')}"


@pytest.mark.slow
def test_commits(place: Place) -> None:
    """A blaming commit is refused with the finding, a clean one passes, and other files are not looked at."""
    place.write(postmortems__a_md=BLAMING, notes_md="Human error.\n", postmortems__template_md=BLAMING)
    refused = place.commit()
    assert refused.status == 1
    assert f"postmortems/a.md:5:15: {READABLE}" in refused.out
    assert "5 | The cause was human error." in refused.out
    assert "Found 1 error in 1 document." in refused.out
    place.write(postmortems__a_md=CLEAN)
    passed = place.commit()
    assert passed.status == 0, passed.out
    assert "Passed" in passed.out
    assert "error[" not in passed.out
    # Nothing to check is no failure.
    place.write(notes_md="Human errors.\n", postmortems__README_md="Human error.\n")
    assert place.commit().status == 0


@pytest.mark.slow
def test_all_ways_to_run(place: Place) -> None:
    place.write(postmortems__a_md=CLEAN, postmortems__b_md=BLAMING)
    place.run("git", "commit", "--no-verify", "-m", "x")
    place.write(postmortems__c_md=BLAMING)
    place.run("git", "commit", "--no-verify", "-m", "x")
    run = (place.runner, "run", "blamecheck")
    for arguments, status, found in (
        (["--all-files"], 1, ["b", "c"]),
        (["--files", "postmortems/a.md"], 0, []),
        (["--files", "postmortems/b.md", "postmortems/a.md"], 1, ["b"]),
        (["--from-ref", "HEAD~1", "--to-ref", "HEAD"], 1, ["c"]),
    ):
        done = place.run(*run, *arguments)
        assert (done.status, re.findall(r"postmortems/(\w+)\.md:\d+:\d+: ", done.out)) == (status, found), done.out


@pytest.mark.slow
@pytest.mark.hook("blamecheck", [])
def test_settings_are_found_from_each_file(place: Place) -> None:
    place.write(postmortems__a_md=BLAMING, team__postmortems__b_md=BLAMING, team___blamecheck_yml="ignore: [BC301]\n")
    refused = place.commit()
    assert refused.status == 1
    assert re.findall(r"(\S+):5:15: error\[BC301\]", refused.out) == ["postmortems/a.md"]


@pytest.mark.slow
@pytest.mark.hook("blamecheck-all", ["--select", "BC301"])
def test_the_hook_that_looks_into_each_file(place: Place) -> None:
    review = BLAMING.replace("Checkout was down", "Postmortem: checkout was down")
    place.write(docs__review_md=review, docs__notes_md="# Notes\n\nHuman error.\n", docs__template_md=review)
    refused = place.commit()
    assert refused.status == 1
    assert re.findall(r"(\S+):5:15: ", refused.out) == ["docs/review.md"]
    place.write(docs__review_md=review.replace("human error", "a missing index"))
    assert place.commit().status == 0
