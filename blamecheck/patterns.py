"""Patterns of phrase rules: regular expressions with word classes.

A pattern is a regular expression with three conveniences: `{name}` stands for a word class, a blank
for any blank (a line wrap too), and a straight apostrophe for both kinds. It matches whole words,
except in scripts that write none apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

PERSON = "\ue000"
"""Stands in the prose for each character of a recognised person's name; `{person}` matches it."""

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_QUANTIFIERS = frozenset("*+?{")
_SPECIAL = frozenset(".^$*+?{}[]\\|()")


UNSPACED = "\u3040"
"""Stands for any letter of a script without blanks between words, among the words that wake a pattern."""


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what and where in it."""


Kind = Literal["literal", "blank", "opaque", "empty", "sequence", "choice", "class"]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A piece of a pattern: its regular expression, its parts, and whether it may be left out."""

    kind: Kind
    regex: str
    parts: tuple[Node, ...] = ()
    optional: bool = False
    letter: str = ""


def parse(pattern: str, classes: Mapping[str, Node]) -> Node:
    """Read a pattern; raise PatternError for an unknown class or an unclosed group."""
    reader = _Reader(pattern, classes)
    node = reader.choice()
    if reader.at < len(pattern):
        raise PatternError(f"unexpected {pattern[reader.at]!r} at {reader.at + 1} in '{pattern}'")
    return node


def word_class(entries: Sequence[str], classes: Mapping[str, Node]) -> Node:
    """The node of a word class: one of its entries, longest first."""
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    parts = tuple(parse(entry, classes) for entry in ordered)
    if all(_is_empty(part) for part in parts):
        return Node("empty", "(?:" + "|".join(part.regex for part in parts) + ")")
    return Node("choice", "(?:" + "|".join(part.regex for part in parts) + ")", parts)


def _is_empty(node: Node) -> bool:
    """Whether the node only looks around and takes no text."""
    return node.kind == "empty" or (node.kind == "sequence" and bool(node.parts) and all(map(_is_empty, node.parts)))


def whole_words(node: Node) -> str:
    """The regular expression of a pattern, held to word boundaries."""
    if not writes_words_apart(node):
        return f"(?:{node.regex})"
    return rf"(?<![\w{PERSON}])(?:{node.regex})(?![\w{PERSON}])"


def writes_words_apart(node: Node) -> bool:
    """Whether the pattern is of a script with blanks between its words."""
    return not holds_unspaced(node.regex)


def holds_unspaced(text: str) -> bool:
    """Whether a text has a letter of a script without blanks between words."""
    return _UNSPACED.search(text) is not None


@cache
def _letter(char: str) -> Node:
    """The node of a letter by itself, one for all patterns: most of a pattern is letters."""
    return Node("literal", char, letter=char)


class _Reader:
    def __init__(self, pattern: str, classes: Mapping[str, Node]) -> None:
        self.pattern, self.classes, self.at = pattern, classes, 0

    def choice(self) -> Node:
        options = [self.sequence()]
        while self._peek() == "|":
            self.at += 1
            options.append(self.sequence())
        if len(options) == 1:
            return options[0]
        return Node("choice", "|".join(option.regex for option in options), tuple(options))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.pattern) and (char := self.pattern[self.at]) not in "|)":
            if char.isalpha() and self.pattern[self.at + 1 : self.at + 2] not in _QUANTIFIERS:
                parts.append(_letter(char))
                self.at += 1
            else:
                parts.append(self._repeated(self._atom()))
        return Node("sequence", "".join(part.regex for part in parts), tuple(parts))

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _fail(self, what: str) -> PatternError:
        return PatternError(f"{what} at {self.at + 1} in '{self.pattern}'")

    def _atom(self) -> Node:
        char = self._peek()
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == "{":
            return self._class()
        if char == "\\":
            return self._escape()
        self.at += 1
        if char == " ":
            return Node("blank", r"\s+")
        if char == "'":
            return Node("literal", "['’]", letter="'")
        if char in _SPECIAL:
            return Node("empty" if char in "^$" else "opaque", char)
        return Node("literal", char, letter=char)

    def _group(self) -> Node:
        start = self.at
        self.at += 1
        head = "("
        if self._peek() == "?":
            for opening in ("?:", "?=", "?!", "?<=", "?<!", "?>", "?P<", "?<", "?i:", "?-i:"):
                if self.pattern.startswith(opening, self.at):
                    break
            else:
                raise self._fail("unknown kind of group")
            end = self.at + len(opening)
            if opening in ("?P<", "?<"):
                end = self.pattern.find(">", end) + 1
            head += self.pattern[self.at : end]
            self.at = end
        inner = self.choice()
        if self._peek() != ")":
            self.at = start
            raise self._fail("unclosed group")
        self.at += 1
        if head in ("(?=", "(?!", "(?<=", "(?<!"):
            return Node("empty", head + inner.regex + ")")
        return Node("sequence", head + inner.regex + ")", (inner,))

    def _set(self) -> Node:
        end = self.at + 1
        end += self.pattern[end : end + 1] == "^"
        end += self.pattern[end : end + 1] == "]"
        while end < len(self.pattern) and self.pattern[end] != "]":
            end += 2 if self.pattern[end] == "\\" else 1
        if end >= len(self.pattern):
            raise self._fail("unclosed set")
        text, self.at = self.pattern[self.at : end + 1], end + 1
        return Node("opaque", text)

    def _class(self) -> Node:
        end = self.pattern.find("}", self.at)
        name = self.pattern[self.at + 1 : end]
        if end < 0 or not name.isidentifier():
            raise self._fail("not a word class")
        if name == "person":
            node = Node("class", f"{PERSON}+", letter=PERSON)
        elif name in self.classes:
            node = self.classes[name]
        else:
            raise self._fail(f"unknown word class {{{name}}}")
        self.at = end + 1
        return node

    def _escape(self) -> Node:
        text = self.pattern[self.at : self.at + 2]
        if text in (r"\p", r"\P"):
            text = self.pattern[self.at : self.pattern.find("}", self.at) + 1]
        self.at += len(text)
        if text in (r"\b", r"\B", r"\A", r"\Z"):
            return Node("empty", text)
        if text == r"\s":
            return Node("blank", text)
        if len(text) == 2 and not text[1].isalnum():
            return Node("literal", text, letter=text[1])
        return Node("opaque", text)

    def _repeated(self, node: Node) -> Node:
        suffix = ""
        if self._peek() and self._peek() in "*+?":
            suffix = self._peek()
        elif self._peek() == "{" and self.pattern[self.at + 1 : self.at + 2].isdigit():
            suffix = self.pattern[self.at : self.pattern.find("}", self.at) + 1]
        if not suffix:
            return node
        self.at += len(suffix)
        optional = suffix in "*?" or suffix.startswith(("{0,", "{0}"))
        if self._peek() and self._peek() in "?+":
            suffix += self._peek()
            self.at += 1
        regex = node.regex if _single(node) else f"(?:{node.regex})"
        if not optional and node.kind not in ("blank", "opaque"):
            return Node("sequence", regex + suffix, (node, Node("opaque", "")))
        return Node(node.kind, regex + suffix, node.parts, optional or node.optional, node.letter)


def _single(node: Node) -> bool:
    """Whether a quantifier after the node's regular expression would hold for the whole of it."""
    grouped = node.regex[:1] in ("(", "[") and node.kind != "choice"
    return len(node.regex) == 1 or grouped or node.kind in ("opaque", "literal")
