"""Rules of kind directive: what is wrong with the ignores of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from blamecheck.checks import Context, Hit
from blamecheck.rulebook import Rule
from blamecheck.schema import Key

KEYS: dict[str, Key] = {
    "reports": Key(
        "text",
        "Which fault of an ignore it reports; {problem} and {choices} are filled in.",
        required=True,
        allowed=("unknown", "unused", "unreasoned"),
    ),
}


def check(rules: Sequence[Rule], context: Context) -> Iterator[tuple[Rule, Hit]]:
    """Each fault of the kind that a rule reports."""
    for rule in rules:
        for fault in context.faults:
            if fault.kind == rule.options["reports"]:
                values = {"problem": fault.problem, "choices": fault.choices}
                yield rule, Hit(fault.start, fault.end, values=values)
