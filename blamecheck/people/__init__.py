"""Who is named in a document: mentions of individuals, each with the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Form = Literal["name", "login", "handle", "email"]


class Author(NamedTuple):
    """Somebody the repository knows: the name as written, and the logins that stand for it.

    Logins come without an @ and in any case; either may be empty, not both.
    """

    name: str
    logins: tuple[str, ...] = ()


class Mention(NamedTuple):
    """One naming of one individual; `person` is the same for all mentions of the same one.

    `zone` is what the place is for, which may differ from the document's zone there: "thanks to Robin" in
    the narrative is of zone thanks. `role` is what the user's list offers to write instead, or empty.
    """

    start: int
    end: int
    form: Form
    person: str
    evidence: tuple[str, ...]
    zone: str = "narrative"
    role: str = ""


@dataclass(frozen=True)
class PeopleSettings:
    """What a team says about names: `known` maps a person to the role to suggest, `ignored` holds whole words.

    `products` are names of things; `use_git` says whether the repository is asked who its authors are.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    use_git: bool = True
