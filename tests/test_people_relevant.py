"""Which authors of a repository a text may name."""

from __future__ import annotations

import pytest

from blamecheck.document import parse
from blamecheck.people import Author, PeopleSettings
from blamecheck.people.recogniser import mentions
from blamecheck.people.relevant import relevant
from blamecheck.sections import load as load_sections
from blamecheck.source import Source

AUTHORS = (
    Author("", ("mkuiper",)),
    Author("Anna Kowalska", ("anna-k77",)),
    Author("Béla Fehér"),
    Author("Mary-Jane O'Neil Watson", ("mj_w",)),
    Author("王小明"),
    Author("Мария Соколова"),
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The queue was full.", []),
        ("", []),
        ("then mkuiper restarted it", [0]),
        ("then @MKuiper restarted it", [0]),
        ("Anna's fix", [1]),
        ("(KOWALSKA)", [1]),
        ("see anna-k77", [1]),
        ("akowalska and annak", [1]),
        ("AK confirms", [1]),
        ("Bela reviewed", [2]),
        ("FEHÉR", [2]),
        ("feherb, bfeher", [2]),
        ("O’Neil", [3]),
        ("mowatson or mj_w", [3]),
        ("mjwatson", []),
        ("由王小明合并了", [4]),
        ("Марию спросила Соколова", [5]),
        ("mkuiper, Anna", [0, 1]),
        ("Annabelle, Kowalskas", []),
    ],
)
def test_relevant(text: str, named: list[int]) -> None:
    assert relevant(AUTHORS, text) == tuple(AUTHORS[number] for number in named)


def test_no_authors() -> None:
    assert relevant((), "Anna") == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("In May we will know whether it may fail. Will it?", []),
        ("Then Will restarted it, and May confirmed.", ["Will", "May"]),
        ("Later coop restarted it.", ["coop"]),
        ("He restarted it. One node vs two. We saw Yiyu He, so he left.", ["Yiyu He"]),
    ],
)
def test_frequent_words_are_names_with_a_capital_only(text: str, named: list[str]) -> None:
    authors = (
        Author("Will Quiverfish"),
        Author("May Quiverfish"),
        Author("Zofia Quiverfish", ("coop",)),
        Author("Yiyu He"),
        Author("Sachin VS"),
    )
    document = parse(Source("x.md", text), load_sections())
    assert [text[one.start : one.end] for one in mentions(document, PeopleSettings(), authors)] == named
