"""Parts that are named where no section begins, and documents that no names are known for."""

from __future__ import annotations

import pytest

from blamecheck.carriers import is_foreign, is_named
from blamecheck.document import parse
from blamecheck.engine import section_names
from blamecheck.source import Source

NAMED = [
    "**Root cause** – the disk was full.",
    "**Root cause.** The disk was full.",
    "**Root cause**\nThe disk was full.",
    "Root cause — the disk was full.",
    "Root cause -> the disk was full.",
    "* **Root cause** the disk was full",
    "> **Root cause:** the disk was full.",
    "> ## Root cause\n>\n> The disk was full.",
    "##Root cause##\nThe disk was full.",
    "Root cause\n: The disk was full.",
    "<details>\n<summary>Root cause</summary>\n\nThe disk was full.\n\n</details>",
    "<dl><dt>Root cause</dt><dd>The disk was full</dd></dl>",
    "<table><tr><td>Root cause</td><td>The disk</td></tr></table>",
    "| Date | Root cause | Duration |\n|---|---|---|\n| 1 May | The disk | 1 h |",
    "• Root cause: the disk was full",
    "🔍 Root cause: the disk was full",
    "Q: Why did this happen?\n\nA: The disk was full.",
    '!!! danger "Root cause"\n    The disk was full.',
    ".Root cause\nThe disk was full.",
    "{panel:title=Root cause}\nThe disk was full.\n{panel}",
    "Status: done | Root cause: the disk was full",
    "## What happened: root cause\n\nThe disk was full.",
]
NOT_NAMED = [
    "The disk was full.",
    "* [Root cause](#root-cause)",
    "<!-- Root cause: the disk -->",
    "<!-- <summary>Root cause</summary> -->",
    "```\nRoot cause - the disk\n```",
    "Bug - 1234",
    "We looked for the root cause - in vain.",
    "| Time | Event | Root cause |\n|---|---|---|\n| 10:00 | Down | |",
]


def _is_named(text: str, kind: str = "root_cause") -> bool:
    names = section_names()
    return is_named(parse(Source("a.md", f"# Uploads rejected\n\n## Impact\n\nAll.\n\n{text}\n"), names), names, kind)


@pytest.mark.parametrize("text", NAMED)
def test_named(text: str) -> None:
    assert _is_named(text)
    assert not _is_named(text, "action_items")


@pytest.mark.parametrize("text", NOT_NAMED)
def test_not_named(text: str) -> None:
    assert not _is_named(text)


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Сайт был недоступен один час, API тоже.", True),
        ("사이트가 한 시간 동안 중단되었습니다.", True),
        ("サイトが停止した。", False),
        ("网站中断一小时。", False),
        ("Der Speicher war voll.", False),
        ("", False),
    ],
)
def test_foreign(text: str, foreign: bool) -> None:
    assert is_foreign(text) is foreign
