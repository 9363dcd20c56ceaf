"""What an event changed: the commit to compare the checkout with, found without a token."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Any, NamedTuple

from blamecheck import git

_SECONDS = 120.0  # for a fetch
_COMMITS = 2048  # the most that GitHub lists in a push
_PULL_REQUESTS = ("pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment")
_ALL = "all documents are checked"


class Base(NamedTuple):
    """A commit to compare with, or None and why there is none."""

    commit: str | None
    notice: str = ""


def base(name: str, payload: Mapping[str, Any], folder: str = ".") -> Base:
    """The commit that the change of an event starts from, fetched when the clone is too shallow to have it.

    `payload` is the event as GitHub writes it to GITHUB_EVENT_PATH.
    """
    if git.root(folder) is None:
        return Base(None, f"this is no git checkout, so changes are not known: {_ALL}")
    if name in _PULL_REQUESTS:
        return _of_pull_request(payload["pull_request"], folder)
    if name == "merge_group":
        return _fetched(payload["merge_group"]["base_sha"], 1, folder)
    if name == "push":
        return _of_push(payload, folder)
    return Base(None, f'the event "{name}" has no change of its own: {_ALL}')


def _of_pull_request(request: Mapping[str, Any], folder: str) -> Base:
    """The first parent of the merge commit that actions/checkout takes, or the base branch of a head taken instead.

    The merge commit's line numbers are those of the files on disk, and its first parent has all of the base branch.
    """
    head, parents = _commit(folder)
    if len(parents) == 2 and parents[1] == request["head"]["sha"]:
        return _fetched(parents[0], 1, folder)
    if head == request["head"]["sha"]:
        return _fetched(request["base"]["sha"], int(request.get("commits") or 1) + 1, folder)
    return Base(None, f"the checkout is neither the pull request's merge nor its head: {_ALL}")


def _of_push(payload: Mapping[str, Any], folder: str) -> Base:
    """The commit before a push; for a new or rewritten branch, where it left the default branch."""
    before, ref, default = payload["before"], payload["ref"], payload["repository"]["default_branch"]
    pushed = min(len(payload.get("commits") or ()), _COMMITS)
    if not ref.startswith("refs/heads/"):
        return Base(None, f"a tag has no change of its own: {_ALL}")
    if before.strip("0") and not payload.get("forced"):
        return _fetched(before, pushed, folder)
    if ref == f"refs/heads/{default}":
        return Base(None, f"the history of the default branch is new: {_ALL}")
    remote = f"refs/remotes/origin/{default}"
    if not _is_here(remote, folder):
        _fetch(folder, pushed, f"+refs/heads/{default}:{remote}")
    return _fetched(remote, pushed, folder)


def _fetched(commit: str, deeper: int, folder: str) -> Base:
    """The commit, if it is here or can be fetched, with history enough to find the common ancestor."""
    if not _has_ancestor(commit, folder):
        _fetch(folder, deeper, _commit(folder)[0], *([] if commit.startswith("refs/") else [commit]))
    if _is_here(commit, folder):
        return Base(commit)
    short = commit.removeprefix("refs/remotes/")[:40]
    return Base(None, f"the commit {short} is not in this clone and could not be fetched (see `fetch-depth`): {_ALL}")


def _commit(folder: str) -> tuple[str, list[str]]:
    """HEAD and its parents as they were committed: a shallow clone's history hides the latter."""
    head = (git.ask(folder, "rev-parse", "HEAD") or b"").decode().strip()
    text = (git.ask(folder, "cat-file", "commit", "HEAD") or b"").partition(b"\n\n")[0].decode("utf-8", "replace")
    return head, [line.removeprefix("parent ") for line in text.splitlines() if line.startswith("parent ")]


def _is_here(commit: str, folder: str) -> bool:
    return git.ask(folder, "cat-file", "-e", f"{commit}^{{commit}}") is not None


def _has_ancestor(commit: str, folder: str) -> bool:
    return _is_here(commit, folder) and git.ask(folder, "merge-base", commit, "HEAD") is not None


def _fetch(folder: str, deeper: int, *wanted: str) -> None:
    """Fetch commits and so much more history; never less of it, as `--depth` would leave in a full clone."""
    shallow = (git.ask(folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
    depth = [f"--deepen={max(deeper, 1)}"] if shallow else []
    options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", *depth]
    environment = {name: value for name, value in git.environment().items() if name != "GIT_ALLOW_PROTOCOL"}
    try:
        subprocess.run(  # noqa: S603
            ["git", "-c", "core.fsmonitor=false", "fetch", *options, "origin", *wanted],  # noqa: S607
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return  # whoever asked sees that the commit is still missing
