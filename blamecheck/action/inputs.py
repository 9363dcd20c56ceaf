"""The inputs of the action, which reach it as environment variables, and the command line they stand for."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import NamedTuple

SCOPES = ("changed-lines", "changed-files", "all")
FAIL_ON = ("error", "warning", "info", "never")
_FLAGS = {"true": True, "false": False}


class InputError(Exception):
    """An input that cannot be used; the message names it."""


class Inputs(NamedTuple):
    """What the workflow asks for. Empty texts are what it leaves to the settings."""

    paths: tuple[str, ...]
    config: str
    fail_on: str
    scope: str
    annotations: bool
    summary: bool
    sarif: str
    arguments: tuple[str, ...]
    folder: str


def read(environ: Mapping[str, str]) -> Inputs:
    """The inputs in the variables `BLAMECHECK_…`; raise InputError."""

    def text(name: str) -> str:
        value = environ.get(f"BLAMECHECK_{name.upper().replace('-', '_')}", "").strip()
        if name not in ("paths", "args") and any(character in value for character in "\r\n\0"):
            raise InputError(f"{name}: is more than one line")
        return value

    paths = tuple(line.strip() for line in text("paths").splitlines() if line.strip())
    if "-" in paths:
        raise InputError('paths: "-" is standard input, which an action has none of')
    try:
        arguments = tuple(shlex.split(text("args")))
    except ValueError as error:
        raise InputError(f"args: {str(error).lower()}") from error
    return Inputs(
        paths or (".",),
        text("config"),
        _one_of("fail-on", text("fail-on"), ("", *FAIL_ON)),
        _one_of("scope", text("scope") or SCOPES[0], SCOPES),
        _flag("annotations", text("annotations")),
        _flag("summary", text("summary")),
        text("sarif"),
        arguments,
        text("working-directory") or ".",
    )


def command_line(inputs: Inputs, base: str | None) -> list[str]:
    """The arguments of `blamecheck` for the inputs; `base` is the commit to compare with, if any.

    Values cannot be taken for options: they stand behind a `=`, and paths behind `--`.
    """
    return [
        "check",
        "--color=never",
        *([f"--config={inputs.config}"] if inputs.config else []),
        *([f"--fail-on={inputs.fail_on}"] if inputs.fail_on else []),
        *([f"--output=sarif={inputs.sarif}"] if inputs.sarif else []),
        *([f"--changed-since={base}"] if base else []),
        *(["--whole-files"] if base and inputs.scope == "changed-files" else []),
        *inputs.arguments,
        "--",
        *inputs.paths,
    ]


def _flag(name: str, value: str) -> bool:
    return _FLAGS[_one_of(name, value.lower() or "true", tuple(_FLAGS))]


def _one_of(name: str, value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise InputError(f'{name}: "{value}" is none of {", ".join(text for text in allowed if text)}')
    return value
