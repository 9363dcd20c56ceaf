"""What each event changed, in clones as deep as actions/checkout leaves them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from blamecheck.action.event import base

NOBODY = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
ZEROS = "0" * 40


@pytest.fixture(autouse=True)
def own_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**NOBODY, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, text: str) -> str:
    (folder / "a.md").write_text(text, "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


class Server(NamedTuple):
    """A repository with history, and its commits by what they are."""

    folder: Path
    start: str
    first: str
    head: str
    base: str
    merge: str

    def clone(self, commit: str, depth: int, branch: str = "refs/remotes/pull/1/merge") -> str:
        """A clone as actions/checkout makes it; depth 0 is all of it."""
        place = self.folder.parent / "clone"
        place.mkdir()
        git(place, "init", "-q")
        git(place, "remote", "add", "origin", self.folder.as_uri())
        if depth:
            git(place, "fetch", "-q", "--no-tags", f"--depth={depth}", "origin", f"+{commit}:{branch}")
        else:
            git(place, "fetch", "-q", "origin", f"+{commit}:{branch}", "+refs/heads/*:refs/remotes/origin/*")
        git(place, "checkout", "-q", "--force", branch)
        return str(place)


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """Three commits on main, a topic of two from the second, and the merge of the topic as GitHub makes it."""
    folder = tmp_path / "server"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "old\n")
    start = commit(folder, "start\n")
    git(folder, "switch", "-q", "-c", "topic")
    first, head = commit(folder, "start\nfirst\n"), commit(folder, "start\nfirst\nhead\n")
    git(folder, "switch", "-q", "main")
    (folder / "b.md").write_text("other\n", "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "x")
    newer = git(folder, "rev-parse", "HEAD")
    git(folder, "switch", "-q", "--detach")
    git(folder, "merge", "-q", "--no-ff", "--no-edit", "topic")
    merge = git(folder, "rev-parse", "HEAD")
    git(folder, "update-ref", "refs/pull/1/merge", merge)
    return Server(folder, start, first, head, newer, merge)


def pull_request(server: Server) -> dict[str, Any]:
    return {"pull_request": {"commits": 2, "head": {"sha": server.head}, "base": {"sha": server.start}}}


def pushed(server: Server, **fields: Any) -> dict[str, Any]:
    """The event of a push of the topic's second commit."""
    common = {"before": server.first, "ref": "refs/heads/topic", "repository": {"default_branch": "main"}}
    return {**common, "commits": [{}], "forced": False, **fields}


def difference(place: str, commit: str) -> list[str]:
    """The lines that a clone adds to a commit, by the common ancestor."""
    start = git(Path(place), "merge-base", commit, "HEAD")
    return [line for line in git(Path(place), "diff", "-U0", start, "HEAD").splitlines() if line.startswith("+")][1:]


@pytest.mark.parametrize("depth", [1, 2, 3, 0])
@pytest.mark.parametrize("event", ["pull_request", "pull_request_target", "pull_request_review"])
def test_the_merge_of_a_pull_request(event: str, depth: int, server: Server) -> None:
    place = server.clone(server.merge, depth)
    assert base(event, pull_request(server), place) == (server.base, "")
    assert difference(place, server.base) == ["+first", "+head"]


@pytest.mark.parametrize("depth", [1, 0])
def test_the_head_of_a_pull_request(depth: int, server: Server) -> None:
    place = server.clone(server.head, depth)
    assert base("pull_request", pull_request(server), place) == (server.start, "")
    assert difference(place, server.start) == ["+first", "+head"]


@pytest.mark.parametrize("depth", [1, 0])
def test_a_merge_group(depth: int, server: Server) -> None:
    place = server.clone(server.merge, depth)
    assert base("merge_group", {"merge_group": {"base_sha": server.base}}, place) == (server.base, "")
    assert difference(place, server.base) == ["+first", "+head"]


@pytest.mark.parametrize("depth", [1, 2, 0])
@pytest.mark.parametrize(
    ("fields", "start", "added"),
    [
        ({}, "first", ["+head"]),
        # A new branch, and one that was rewritten: all that the default branch has not.
        ({"before": ZEROS, "commits": [{}, {}]}, "base", ["+first", "+head"]),
        ({"before": "1" * 40, "forced": True, "commits": [{}, {}]}, "base", ["+first", "+head"]),
    ],
)
def test_a_push(fields: dict[str, Any], start: str, added: list[str], depth: int, server: Server) -> None:
    place = server.clone(server.head, depth, "refs/remotes/push/topic")
    found = base("push", pushed(server, **fields), place)
    assert found.notice == ""
    assert found.commit and git(Path(place), "rev-parse", found.commit) == getattr(server, start)
    assert difference(place, found.commit) == added


@pytest.mark.parametrize(
    ("name", "payload", "notice"),
    [
        ("push", {"before": ZEROS, "ref": "refs/heads/main"}, "the history of the default branch is new"),
        ("push", {"forced": True, "ref": "refs/heads/main"}, "the history of the default branch is new"),
        ("push", {"ref": "refs/tags/v1"}, "a tag has no change of its own"),
        (
            "push",
            {"before": "1" * 40},
            f"the commit {'1' * 40} is not in this clone and could not be fetched (see `fetch-depth`)",
        ),
        ("workflow_dispatch", {}, 'the event "workflow_dispatch" has no change of its own'),
        ("schedule", {}, 'the event "schedule" has no change of its own'),
    ],
)
def test_what_has_no_change_of_its_own(name: str, payload: dict[str, Any], notice: str, server: Server) -> None:
    place = server.clone(server.head, 1, "refs/remotes/push/topic")
    assert base(name, pushed(server, **payload), place) == (None, f"{notice}: all documents are checked")


def test_a_checkout_of_something_else(server: Server) -> None:
    place = server.clone(server.start, 0)
    assert base("pull_request", pull_request(server), place) == (
        None,
        "the checkout is neither the pull request's merge nor its head: all documents are checked",
    )


def test_no_checkout(tmp_path: Path) -> None:
    assert base("push", {}, str(tmp_path)).notice == (
        "this is no git checkout, so changes are not known: all documents are checked"
    )


def test_a_full_clone_stays_one(server: Server) -> None:
    place = server.clone(server.merge, 0)
    base("merge_group", {"merge_group": {"base_sha": "1" * 40}}, place)
    assert git(Path(place), "rev-parse", "--is-shallow-repository") == "false"
