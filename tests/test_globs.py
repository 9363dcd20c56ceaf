"""Globs of settings files."""

from __future__ import annotations

import pytest

from blamecheck.globs import matches


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        # Without a slash: a name at any depth, and all below a folder of that name.
        ("*.md", "a.md", True),
        ("*.md", "docs/2024/a.md", True),
        ("archive", "docs/archive/a.md", True),
        ("archive/", "docs/archive/2024/a.md", True),
        ("archive", "docs/archives/a.md", False),
        ("a?.md", "a1.md", True),
        ("a?.md", "a12.md", False),
        ("[ab].md", "a.md", True),
        ("[!ab].md", "a.md", False),
        ("a.md", "aXmd", False),
        # With one: from the folder of the settings file on.
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "docs/2024/a.md", False),
        ("docs/*.md", "old/docs/a.md", False),
        ("/a.md", "a.md", True),
        ("/a.md", "docs/a.md", False),
        ("./docs/a.md", "docs/a.md", True),
        ("docs", "docs/2024/a.md", True),
        # Two stars go over folders, none included.
        ("docs/**/a.md", "docs/a.md", True),
        ("docs/**/a.md", "docs/x/y/a.md", True),
        ("**/a.md", "a.md", True),
        ("docs/**", "docs/x/y.md", True),
        ("docs/**", "docs", False),
        # Outside of the settings file's folder only names count.
        ("docs/*.md", "../docs/a.md", False),
        ("*.md", "../a.md", True),
    ],
)
def test_matches(glob: str, path: str, expected: bool) -> None:
    assert matches(glob, path) is expected
