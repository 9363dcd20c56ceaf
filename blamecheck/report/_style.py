"""Colours: a severity has one, a path is bold; nothing else is coloured."""

from __future__ import annotations

from blamecheck.finding import Severity

_BOLD = "\x1b[1m"
_RESET = "\x1b[0m"
_DIM = "\x1b[2m"
_SEVERITY = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}


def bold(text: str, color: bool) -> str:
    """The text in bold, if colours are wanted."""
    return f"{_BOLD}{text}{_RESET}" if color else text


def dim(text: str, color: bool) -> str:
    """The text in a weaker shade, if colours are wanted."""
    return f"{_DIM}{text}{_RESET}" if color else text


def paint(text: str, severity: Severity, color: bool) -> str:
    """The text in the colour of a severity, if colours are wanted."""
    return f"{_SEVERITY[severity]}{text}{_RESET}" if color else text
