"""`blamecheck explain RULE`: why a rule is there, and what to do about its findings."""

from __future__ import annotations

from argparse import Namespace

from blamecheck.catalogue import explained
from blamecheck.commands.rules import known_here
from blamecheck.rulebook import UnknownRule
from blamecheck.settings import resolve
from blamecheck.terminal import BROKEN, OK, complain, write


def run(arguments: Namespace) -> int:
    """Explain rules; return the exit status."""
    known = known_here(arguments)
    if known is None:
        return BROKEN
    book, active = known
    try:
        ids = resolve(book, arguments.rule)
    except UnknownRule as error:
        complain(str(error))
        return BROKEN
    for number, rule in enumerate(rule for rule in book.rules if rule.id in ids):
        write([""] if number else [])
        write(explained(rule, active))
    return OK
