"""YAML nested so deeply that the fast loader, which recurses in C, would end the process.

Whoever writes a document or a settings file must not be able to do that.
"""

from __future__ import annotations

_DEEPEST = 100
_NEVER_TOO_DEEP = 2000


def too_deep(text: str) -> bool:
    """Whether the collections of a YAML text are nested more than 2000 deep; from 100 to 2000 it may be either.

    Loading what is not can still raise RecursionError, which can be caught.
    """
    openings = text.count("[") + text.count("{")
    if openings + max(map(len, text.splitlines()), default=0) <= _NEVER_TOO_DEEP:
        return False  # each level takes a bracket, or a column of a line
    import yaml

    depth = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                return True
    except yaml.YAMLError as error:
        return "nesting" in str(error)  # newer versions of the loader have a limit of their own
    return False
