"""Printing and exit statuses: lines to a stream, complaints to standard error, colours where they are welcome."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import TextIO

from blamecheck.safe import no_commands, one_line, plain

OK, FOUND, BROKEN, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: clean, findings, something could not be done, stopped by Ctrl-C."""


def prepare() -> None:
    """Let text that a stream's encoding lacks come out escaped, not as an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write(lines: Iterable[str], stream: TextIO | None = None, commands: bool = False) -> None:
    """Print lines, by default to standard output; a reader that has seen enough (`| head`) is no error.

    Lines that are no `commands` to a GitHub runner are not taken for such by one.
    """
    stream = stream or sys.stdout
    guard = not commands and os.environ.get("GITHUB_ACTIONS") == "true"
    try:
        stream.writelines(f"{no_commands(line) if guard else line}\n" for line in lines)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def complain(message: str, path: str = "", kind: str = "error") -> None:
    """Print one line to standard error about what was not done, and with which path."""
    place = f"{plain(path)}: " if path else ""
    write([f"blamecheck: {kind}: {place}{one_line(message)}"], sys.stderr)


def colored(choice: str, stream: TextIO) -> bool:
    """Whether to use colours: `always`, `never`, or as NO_COLOR, FORCE_COLOR and the terminal say."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
