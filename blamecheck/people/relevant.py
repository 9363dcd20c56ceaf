"""Which of the people of a repository a text may name, so that nobody else is thought about.

A repository can have thousands of authors, a document names a few: what is costly about an author is done
for those whose name or login has a word in the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from blamecheck.people import Author
from blamecheck.people.lexicon import fold

_RUN = re.compile(r"[^\W_]+")
_WITHOUT_BLANKS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def relevant(authors: tuple[Author, ...], text: str) -> tuple[Author, ...]:
    """The authors who may be named in a text, in their order; no one who is named is left out."""
    if not authors:
        return ()
    index, unspaced = _index(authors)
    runs = {fold(run) for run in set(_RUN.findall(text))}
    found = {number for run in runs & index.keys() for number in index[run]}
    found.update(number for number in unspaced if any(run in text for run in authors[number].name.split()))
    return tuple(authors[number] for number in sorted(found))


@lru_cache(maxsize=8)
def _index(authors: tuple[Author, ...]) -> tuple[Mapping[str, list[int]], tuple[int, ...]]:
    """Who goes by a folded run of letters and digits; and whose name may stand in the midst of one."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, author in enumerate(authors):
        for run in set(_runs(author)):
            index[run].append(number)
    unspaced = tuple(number for number, author in enumerate(authors) if _WITHOUT_BLANKS.search(author.name))
    return dict(index), unspaced


def _runs(author: Author) -> Iterator[str]:
    """The runs of an author's name and logins, and of the logins that are made of such a name."""
    for text in (author.name, *author.logins):
        yield from _RUN.findall(fold(text))
    parts = [re.sub(r"[\W_]", "", part) for part in fold(author.name).split()]
    if len(parts) > 1 and all(parts):
        first, *middle, last = parts
        yield from (first + last, last + first, first[0] + last, first + last[0], last + first[0], last[0] + first)
        yield "".join(part[0] for part in parts)
        if middle:
            yield first[0] + middle[0][0] + last
