"""`blamecheck rules`: what rules there are."""

from __future__ import annotations

from argparse import Namespace

from blamecheck.catalogue import as_json, page, table
from blamecheck.policy import Overrides, Policies
from blamecheck.rulebook import Rulebook
from blamecheck.settings_file import rulebook
from blamecheck.terminal import BROKEN, OK, complain, write


def run(arguments: Namespace) -> int:
    """Print the rules; return the exit status."""
    known = known_here(arguments)
    if known is None:
        return BROKEN
    book, active = known
    if arguments.format == "markdown":
        write(page(book.rules))
    else:
        write((table if arguments.format == "text" else as_json)(book.rules, active))
    return OK


def known_here(arguments: Namespace) -> tuple[Rulebook, frozenset[str]] | None:
    """The rules of the settings of the current folder, and the ids of those that are on; None for wrong settings."""
    policies = Policies(Overrides(arguments.config, not arguments.no_config, arguments.profile))
    settings = policies.settings("any.md")
    if settings is None:
        for message in policies.failures:
            complain(message)
        return None
    return rulebook(settings.rules), policies.active(settings, "any.md")
