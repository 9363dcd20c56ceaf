"""Numbers that are taken once each, by ranges that may overlap."""

from __future__ import annotations

from collections.abc import Iterator


class Untaken:
    """The numbers 0 to `size` - 1, none of them taken yet."""

    def __init__(self, size: int) -> None:
        self._next = list(range(size + 1))

    def take(self, first: int, last: int) -> Iterator[int]:
        """Take the numbers of a range, its end exclusive, that were not taken before.

        However many ranges there are, the time they take together is hardly more than proportional to their
        number and the size.
        """
        at = self._from(first)
        while at < last:
            self._next[at] = at + 1
            yield at
            at = self._from(at)

    def _from(self, at: int) -> int:
        """The first number from here on that is not taken; the way to it is made shorter for the next time."""
        passed = []
        while self._next[at] != at:
            passed.append(at)
            at = self._next[at]
        for one in passed:
            self._next[one] = at
        return at
