"""Bytes to text, offsets to lines and columns, and findings that cannot lie outside their document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamecheck.finding import Severity, locate
from blamecheck.source import Position, Source, SourceError, decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"plain\n", "plain\n"),
        ("Störung 障害 🔥".encode(), "Störung 障害 🔥"),
        # A byte order mark is not part of the first line, nor is a second one a mark.
        (b"\xef\xbb\xbf# Title", "# Title"),
        (b"\xef\xbb\xbf\xef\xbb\xbfx", "\ufeffx"),
        # Line ends stay as they are: a column is counted in what the file holds.
        (b"a\r\nb\rc\n", "a\r\nb\rc\n"),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    assert decode("x.md", data) == Source("x.md", text)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Título".encode("utf-16"), "is UTF-16, not UTF-8: save it as UTF-8"),
        (b"\xfe\xff\0a", "is UTF-16, not UTF-8: save it as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a binary file (it holds a NUL byte)"),
        (b"one\ntwo\ncaf\xe9", "is not UTF-8: byte 0xe9 on line 3; save it as UTF-8"),
    ],
)
def test_what_is_not_utf8_is_said(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        decode("x.md", data)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("ab", 2, 1, 3),
        ("a\nb", 1, 1, 2),
        ("a\nb", 2, 2, 1),
        ("a\n", 2, 2, 1),
        # CRLF is one line end, a lone CR another.
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\r\n\r\nb", 5, 3, 1),
        # Columns count code points, not bytes and not what is seen as one character.
        ("🔥x", 1, 1, 2),
        ("e\u0301x", 2, 1, 3),
        # Nothing else ends a line, whatever str.splitlines() says.
        ("a\u2028b\x0cc\x85d", 6, 1, 7),
    ],
)
def test_position(text: str, offset: int, line: int, column: int) -> None:
    assert Source("x.md", text).position(offset) == Position(line, column)


@pytest.mark.parametrize("offset", [-1, 3])
def test_a_position_outside_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match="is outside"):
        Source("x.md", "ab").position(offset)


@pytest.mark.parametrize(
    ("text", "number", "line"),
    [("", 1, ""), ("a\r\nb\rc\n", 1, "a"), ("a\r\nb\rc\n", 2, "b"), ("a\r\nb\rc\n", 3, "c"), ("a\n", 2, "")],
)
def test_line(text: str, number: int, line: str) -> None:
    assert Source("x.md", text).line(number) == line


@given(st.text(alphabet="ab\r\n\u2028é🔥"), st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    source = Source("x.md", text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = source.position(offset)
    assert source.line_starts[line - 1] + column - 1 == offset


def test_locate() -> None:
    source = Source("x.md", "first\nthe human\nerror here\n")
    assert locate(source, 10, 21) == {
        "path": "x.md",
        "start": 10,
        "end": 21,
        "line": 2,
        "column": 5,
        "end_line": 3,
        "end_column": 6,
        "excerpt": "human\nerror",
        "source_line": "the human",
    }


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 4), (2, 1), (1, 1)])
def test_a_finding_is_never_empty_or_outside(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"is empty or outside x\.md"):
        locate(Source("x.md", "abc"), start, end)


def test_an_empty_document_has_one_place() -> None:
    assert locate(Source("x.md", ""), 0, 0)["excerpt"] == ""


def test_severities_have_words_and_an_order() -> None:
    assert [severity.label for severity in sorted(Severity)] == ["info", "warning", "error"]
    assert Severity.of("warning") is Severity.WARNING
    with pytest.raises(KeyError):
        Severity.of("fatal")
