"""Calls of git that ask about the repository of a folder, and about nothing else.

A hook's environment speaks of the repository being committed to, a user's settings of colours, signatures
and mailmaps of their own: neither is passed on. No call writes to the repository, reads standard input,
waits for a password or reaches the network.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from threading import Timer
from typing import NamedTuple

# What git itself lists as local to a repository (`git rev-parse --local-env-vars`) and more, but for what a user
# sets on purpose: where programs and settings are, and which folders are safe.
_PASSED_ON = re.compile(
    r"GIT_(?:EXEC_PATH|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)"
    r"|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)"
)
_OWN = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}
_OPTIONS = [
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=off"),
    *("-c", "color.ui=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "mailmap.file="),
    *("-c", "mailmap.blob="),
]


class Lines(NamedTuple):
    """The distinct lines of an answer, without their ends, and whether all of it came in time."""

    lines: frozenset[bytes]
    complete: bool


def ask(folder: str | Path, *arguments: str, seconds: float = 10, stdin: bytes = b"") -> bytes | None:
    """What git says in a folder; None when there is no git, no repository, or no answer in time."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *_OPTIONS, *arguments],  # noqa: S607
            cwd=folder,
            env=environment(),
            input=stdin,
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def ask_lines(folder: str | Path, *arguments: str, seconds: float) -> Lines:
    """The distinct lines of what git says, read as they come; after `seconds`, those that came so far."""
    try:
        process = subprocess.Popen(  # noqa: S603
            ["git", *_OPTIONS, *arguments],  # noqa: S607
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, ValueError):
        return Lines(frozenset(), complete=False)
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    timer = Timer(seconds, process.kill)
    timer.start()
    try:
        with process:
            found = set(process.stdout)
    finally:
        timer.cancel()
    return Lines(frozenset(line[:-1] for line in found if line.endswith(b"\n")), process.returncode == 0)


def environment() -> dict[str, str]:
    """The environment for a call: ours, without what a hook says of its own repository."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _PASSED_ON.fullmatch(name)
    }
    return {**inherited, **_OWN}


def root(folder: str | Path) -> str | None:
    """The top folder of the repository that a folder belongs to, with its links resolved."""
    top = ask(folder, "rev-parse", "--show-toplevel")
    return os.path.realpath(os.fsdecode(top.rstrip(b"\r\n"))) if top else None
