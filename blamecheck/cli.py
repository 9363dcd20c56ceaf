"""The command line: arguments in, exit status out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import cast

from blamecheck.arguments import parser
from blamecheck.terminal import BROKEN, INTERRUPTED, OK, complain, prepare, write


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments ask for; return the exit status."""
    prepare()
    try:
        return _main(parser().parse_args(argv))
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except Exception as error:  # a crash must not look like findings, as Python's own status 1 would
        sys.excepthook(type(error), error, error.__traceback__)
        complain(f"internal error, please report it: {error!r}")
        return BROKEN


def _main(arguments: Namespace) -> int:
    if arguments.version:
        from blamecheck import __version__

        write([f"blamecheck {__version__}"])
        return OK
    if arguments.command is None:
        complain("no command given; try `blamecheck check` or `blamecheck --help`")
        return BROKEN
    command = import_module(f"blamecheck.commands.{arguments.command}")
    return cast(int, command.run(arguments))
