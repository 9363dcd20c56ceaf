"""The action's own work: inputs in, then the log, annotations, the job's summary, outputs and the exit status."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from blamecheck.action.event import Base, base
from blamecheck.action.inputs import InputError, Inputs, command_line, read
from blamecheck.arguments import parser
from blamecheck.commands.check import check, report, status
from blamecheck.finding import Severity
from blamecheck.report import Options, Run, renderer
from blamecheck.report.github import command
from blamecheck.terminal import BROKEN, prepare, write


def main() -> int:
    """Run the action on the variables that the runner sets; return the exit status of the step."""
    prepare()
    try:
        return _main(os.environ)
    except InputError as error:
        return _broken(str(error))
    except SystemExit:  # the parser has said in the log what is wrong
        return _broken("args: the log says what is wrong with them")
    except Exception as error:
        write(traceback.format_exc().splitlines(), sys.stderr)
        return _broken(f"internal error, please report it: {error!r}")


def _main(environ: Mapping[str, str]) -> int:
    inputs = read(environ)
    _enter(environ, inputs.folder)
    start = _base(environ, inputs)
    arguments = parser().parse_args(command_line(inputs, start.commit))
    run = check(arguments)
    run = replace(run, notices=tuple(text for text in (start.notice, *run.notices) if text))
    written = report(run, arguments)
    if inputs.annotations:
        write(renderer("github")(run, Options()), commands=True)
    if inputs.summary:
        _append(environ.get("GITHUB_STEP_SUMMARY"), renderer("markdown")(run, Options()))
    _append(environ.get("GITHUB_OUTPUT"), _outputs(run, inputs))
    return status(run, arguments.exit_zero) if written else BROKEN


def _enter(environ: Mapping[str, str], folder: str) -> None:
    """Go to the folder to work in; let git read a checkout of another user, as in a container."""
    workspace = environ.get("GITHUB_WORKSPACE") or "."
    try:
        os.chdir(Path(workspace, folder))
    except OSError as error:
        raise InputError(f"working-directory: {folder}: {(error.strerror or str(error)).lower()}") from error
    number = int(environ.get("GIT_CONFIG_COUNT") or 0)
    os.environ.update(
        {
            "GIT_CONFIG_COUNT": str(number + 1),
            f"GIT_CONFIG_KEY_{number}": "safe.directory",
            f"GIT_CONFIG_VALUE_{number}": "*",
        }
    )


def _base(environ: Mapping[str, str], inputs: Inputs) -> Base:
    if inputs.scope == "all":
        return Base(None)
    try:
        payload: Any = json.loads(Path(environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
        return base(environ.get("GITHUB_EVENT_NAME", ""), payload)
    except (KeyError, TypeError, ValueError, OSError) as error:
        return Base(None, f"the event cannot be read ({type(error).__name__}): all documents are checked")


def _outputs(run: Run, inputs: Inputs) -> list[str]:
    return [
        f"findings={len(run.open)}",
        f"errors={run.count(Severity.ERROR)}",
        f"warnings={run.count(Severity.WARNING)}",
        f"documents={len(run.documents)}",
        f"sarif={inputs.sarif and Path(inputs.sarif).resolve()}",
    ]


def _append(file: str | None, lines: Iterable[str]) -> None:
    """Add lines to one of the files that the runner reads after a step."""
    if file:
        with Path(file).open("a", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.writelines(f"{line}\n" for line in lines)


def _broken(message: str) -> int:
    write([command("error", message, title="blamecheck")], commands=True)
    return BROKEN
