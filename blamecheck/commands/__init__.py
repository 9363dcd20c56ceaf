"""The commands, one module each, with `run(arguments)`, which returns the exit status."""

from __future__ import annotations
