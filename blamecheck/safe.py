"""Text from documents and file names, made harmless to a terminal and to a build log."""

from __future__ import annotations

import re
import unicodedata

# Invisible characters that reorder the line they stand in (Trojan Source, CVE-2021-42574).
_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COMMAND = re.compile(r"^(\s*):(?=:)|##(?=\[)")


def plain(text: str) -> str:
    """The text with each control character replaced by one visible character of one column."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def one_line(text: str) -> str:
    """The text on one line: blanks and line ends between words become one blank each."""
    return plain(" ".join(text.split()))


def no_commands(line: str) -> str:
    """A line that a GitHub runner does not take for a workflow command (`::error::` or `##[error]`)."""
    return _COMMAND.sub(lambda match: f"{match[1]}: " if match[1] is not None else "## ", line)


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # the "control pictures", such as ␛
    if code == 0x7F:
        return "\u2421"
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Zl", "Zp") or character in _BIDIRECTIONAL:
        return "\N{REPLACEMENT CHARACTER}"
    return character
