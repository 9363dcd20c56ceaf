"""Changed lines: diffs as text, and real histories in git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from test_report import finding

from blamecheck.changes import Changes, ChangesError, of_diff, since
from blamecheck.cli import main
from blamecheck.diff import DiffError, parse, without_prefix
from blamecheck.finding import Finding
from blamecheck.source import Source

HEADER = b"diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n"


@pytest.mark.parametrize(
    ("diff", "files"),
    [
        (b"", {}),
        (HEADER + b"@@ -1 +1,2 @@\n-a\n+b\n+c\n", {b"b/x.md": {1, 2}}),
        # With lines around, several hunks, and a last line without its end.
        (
            HEADER
            + b"@@ -1,3 +1,4 @@ text\n a\n+b\n c\n d\n@@ -9,2 +10,2 @@\n e\n-f\n\\ No newline at end of file\n+g\n"
            b"\\ No newline at end of file\n",
            {b"b/x.md": {2, 11}},
        ),
        # A blank line that lost its blank on the way.
        (HEADER + b"@@ -1,2 +1,3 @@\n a\n\n+b\n", {b"b/x.md": {3}}),
        # What only loses lines is changed, on no line.
        (HEADER + b"@@ -3,2 +2,0 @@\n-a\n-b\n", {b"b/x.md": set()}),
        # Text that looks like headers is text.
        (
            HEADER + b"@@ -1,2 +1,2 @@\n--- a/evil.md\n-@@ -1 +1 @@\n+++ b/evil.md\n+diff --git a/e b/e\n",
            {b"b/x.md": {1, 2}},
        ),
        # New, empty new, deleted, renamed without and with an edit, binary, and a mode.
        (
            b"diff --git a/n.md b/n.md\nnew file mode 100644\n--- /dev/null\n+++ b/n.md\n@@ -0,0 +1 @@\n+a\n"
            b"diff --git a/e e.md b/e e.md\nnew file mode 100644\nindex 0000000..e69de29\n"
            b"diff --git a/d.md b/d.md\ndeleted file mode 100644\n--- a/d.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"
            b"diff --git a/o.md b/p.md\nsimilarity index 100%\nrename from o.md\nrename to p.md\n"
            b"diff --git a/q.md b/r.md\nsimilarity index 90%\nrename from q.md\nrename to r.md\n"
            b"--- a/q.md\n+++ b/r.md\n@@ -7 +7 @@\n-a\n+b\n"
            b"diff --git a/i.png b/i.png\nBinary files a/i.png and b/i.png differ\n"
            b"diff --git a/s.sh b/s.sh\nold mode 100644\nnew mode 100755\n",
            {b"b/n.md": {1}, b"b/e e.md": set(), b"b/r.md": {7}},
        ),
        # Odd names: a blank gets a tab after it, others quotes.
        (b"--- a/a b.md\t\n+++ b/a b.md\t\n@@ -0,0 +1 @@\n+a\n", {b"b/a b.md": {1}}),
        (
            b'--- "a/\\t\\"\\\\\\303\\266.md"\n+++ "b/\\t\\"\\\\\\303\\266.md"\n@@ -0,0 +1 @@\n+a\n',
            {b'b/\t"\\\xc3\xb6.md': {1}},
        ),
        (b'diff --git "a/\\303\\266.md" "b/\\303\\266.md"\nnew file mode 100644\n', {b"b/\xc3\xb6.md": set()}),
        # What diff -u prints: no prefix, a date, one file after the other.
        (
            b"--- old/a.md\t2026-01-01 00:00:00\n+++ new/a.md\t2026-01-02 00:00:00\n@@ -1 +1 @@\n-a\n+b\n"
            b"--- old/b.md\t2026-01-01\n+++ new/b.md\t2026-01-02\n@@ -5,0 +6 @@\n+c\n",
            {b"new/a.md": {1}, b"new/b.md": {6}},
        ),
        # A carriage return is no line end here.
        (HEADER + b"@@ -1 +1,2 @@\n-a\r\n+b\rc\r\n+d\r\n", {b"b/x.md": {1, 2}}),
        # A mail around it.
        (
            b"From 1 Mon\nSubject: x\n\n---\n x.md | 2 +-\n\n" + HEADER + b"@@ -1 +1 @@\n-a\n+b\n-- \n2.39.5\n",
            {b"b/x.md": {1}},
        ),
    ],
)
def test_diffs(diff: bytes, files: dict[bytes, set[int]]) -> None:
    assert {one.name: set(one.lines) for one in parse(diff)} == files


@pytest.mark.parametrize(
    ("diff", "message"),
    [
        (b"hello\n", "is not a unified diff"),
        (HEADER + b"@@ -1,2 +1,3 @@\n a\n", "is cut off, or no unified diff"),
        (b"diff --cc x\n@@@ -1,2 -1,2 +1,2 @@@\n", "is the combined diff of a merge: compare with one parent instead"),
    ],
)
def test_what_is_no_diff(diff: bytes, message: str) -> None:
    with pytest.raises(DiffError, match=message):
        parse(diff)


@pytest.mark.parametrize(
    ("name", "plain"),
    [(b"b/x.md", b"x.md"), (b"w/x/y.md", b"x/y.md"), (b"docs/x.md", b"docs/x.md"), (b"b/", b"b/")],
)
def test_prefixes(name: bytes, plain: bytes) -> None:
    assert without_prefix(name) == plain


TEXT = "# One\n\nJosh fell.\n\nJosh\nand Josh left.\n\nJosh.\n"


def kept(lines: set[int] | None, *findings: Finding, text: str = TEXT) -> list[str]:
    changes = Changes({os.path.realpath("a.md"): None if lines is None else frozenset(lines)})
    return [one.excerpt for one in changes.keep(findings, Source("a.md", text))]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ({3}, ["fell", "whole"]),
        # Any line of a span will do, but not the one behind a span that ends with its line.
        ({6}, ["Josh\nand", "left.\n", "whole"]),
        ({5}, ["Josh\nand", "whole"]),
        ({7}, ["whole"]),
        (set(), ["whole"]),
        (None, ["fell", "Josh\nand", "left.\n", "whole"]),
    ],
)
def test_what_counts(lines: set[int] | None, left: list[str]) -> None:
    whole = finding("# One", text=TEXT, scope="document")
    found = kept(lines, *(finding(marked, text=TEXT) for marked in ("fell", "Josh\nand", "left.\n")), whole)
    assert [{"# One": "whole"}.get(text, text) for text in found] == left


def test_a_document_with_lone_returns_is_kept_whole() -> None:
    text = "# One\r\rJosh fell.\r"
    assert kept({1}, finding("fell", text=text), text=text) == ["fell"]


def test_a_document_that_the_change_does_not_touch() -> None:
    changes = Changes({os.path.realpath("b.md"): None})
    assert changes.keep([finding("Josh")], Source("a.md", TEXT)) == []
    assert not changes.touches("a.md")


Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A command to run git in an empty repository, which becomes the current folder."""
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for name, value in {**identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout.strip()

    run("init", "-q", "-b", "main")
    return run


def commit(git: Git, **files: str | None) -> str:
    """Write or remove files (`__` is a slash, `_` a dot) and commit."""
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text.encode())
    git("add", "--all", ".")
    git("commit", "-q", "--allow-empty", "-m", "x")
    return git("rev-parse", "HEAD")


def lines(changes: Changes) -> dict[str, set[int] | None]:
    root = Path.cwd().resolve()
    return {
        Path(path).relative_to(root).as_posix(): None if found is None else set(found)
        for path, found in changes.lines.items()
    }


def test_since_a_branch(git: Git) -> None:
    commit(git, a_md="1\n2\n3\n", b_md="1\n")
    git("switch", "-qc", "mine")
    commit(git, a_md="1\n2\nx\n")
    git("switch", "-q", "main")
    commit(git, b_md="theirs\n", c_md="theirs\n")
    git("switch", "-q", "mine")
    # What the branch it came from got meanwhile is not part of the change.
    assert lines(since("main")) == {"a.md": {3}}
    # What is not committed yet is, and what git does not know, but not what it ignores.
    Path("a.md").write_text("y\n1\n2\nx\n", "utf-8")
    Path(".gitignore").write_text("ignored.md\n", "utf-8")
    Path("ignored.md").write_text("1\n", "utf-8")
    assert lines(since("main")) == {"a.md": {1, 4}, ".gitignore": None}
    # After a merge of that branch its lines are still not.
    git("checkout", "-q", "a.md")
    git("merge", "-q", "--no-edit", "main")
    assert lines(since("main")) == {"a.md": {3}, ".gitignore": None}


def test_since_with_renames_and_odd_names(git: Git) -> None:
    text = "".join(f"{number}\n" for number in range(30))
    names = ["a b.md", "störung.md", "障害.md", 'q"uote.md', "tab\t.md", "new\nline.md", "b/x.md", "-dash.md"]
    names = names if os.name == "posix" else names[:3]
    commit(git, old_md=text, same_md=text + "same\n", gone_md="gone\n")
    Path("old.md").rename("new.md")
    Path("new.md").write_text(text.replace("15\n", "x\n"), "utf-8")
    commit(git, same_md=None, moved_md=text + "same\n", gone_md=None)
    Path("b").mkdir()
    for name in names:
        Path(name).write_text("1\n", "utf-8")
    git("add", ".")
    assert lines(since("HEAD~1")) == {"new.md": {16}, **{name: {1} for name in names}}
    assert all(since("HEAD").touches(name) for name in names)
    git("reset", "-q")
    assert lines(since("HEAD~1")) == {"new.md": {16}, **dict.fromkeys(names)}


@pytest.mark.parametrize(
    "setting",
    [
        "color.ui=always",
        "core.quotePath=true",
        "diff.context=9",
        "diff.external=false",
        "diff.interHunkContext=9",
        "diff.mnemonicPrefix=true",
        "diff.noprefix=true",
        "diff.relative=true",
        "diff.renames=false",
        "diff.srcPrefix=zz/",
    ],
)
def test_settings_of_the_user_change_nothing(git: Git, setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"{number}\n" for number in range(30))
    commit(git, d__ö_md=text)
    Path("d/ö.md").write_text(text.replace("\n5\n", "\nx\n").replace("\n9\n", "\ny\n"), "utf-8")
    git("mv", "d/ö.md", "d/ü.md")
    git("config", *setting.split("="))
    monkeypatch.chdir("d")
    changed = since("HEAD")
    monkeypatch.chdir("..")
    assert lines(changed) == {"d/ü.md": {6, 10}}


def test_attributes_of_the_repository_hide_nothing(git: Git) -> None:
    commit(git, a_md="1\n")
    commit(git, a_md="1\n2\n", _gitattributes="*.md -diff binary\n")
    assert lines(since("HEAD~1")) == {"a.md": {2}, ".gitattributes": {1}}


def test_without_a_common_ancestor_whole_files_are_checked_and_that_is_said(git: Git) -> None:
    commit(git, a_md="1\n2\n", b_md="1\n")
    git("switch", "-q", "--orphan", "other")
    commit(git, a_md="1\nx\n", b_md="1\n")
    changes = since("main")
    assert lines(changes) == {"a.md": None}
    assert changes.notice == 'no common ancestor of "main" and HEAD in this clone: changed files are checked whole'


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "HEAD^{tree}", ""])
def test_what_is_no_commit(git: Git, ref: str) -> None:
    commit(git, a_md="1\n")
    with pytest.raises(ChangesError, match="no commit"):
        since(ref)


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ChangesError, match="--changed-since main needs git and a git repository"):
        since("main", str(tmp_path))


def test_names_in_a_diff_are_of_the_root_or_of_the_folder(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, docs__a_md="1\n", b__c_md="1\n")
    monkeypatch.chdir("docs")
    for name in (b"b/docs/a.md", b"docs/a.md", b"b/a.md", b"a.md"):
        changes = of_diff(b"--- x\n+++ " + name + b"\n@@ -0,0 +1 @@\n+a\n")
        assert changes.touches("a.md"), name
        assert not changes.touches("../b/c.md")
    assert of_diff(b"--- x\n+++ b/c.md\n@@ -0,0 +1 @@\n+a\n").touches("../b/c.md")


DOCUMENT = """\
# Checkout down

## Root cause

The cause was human error.
"""


@pytest.mark.parametrize(
    ("arguments", "status", "found"),
    [
        ([], 1, ["a.md:1 BC402", "a.md:5 BC301", "a.md:7 BC301", "b.md:1 BC402", "b.md:5 BC301"]),
        # The new line, and the part that the changed document lacks.
        (["--changed-since", "HEAD~1"], 1, ["a.md:1 BC402", "a.md:7 BC301"]),
        (["--changed-since", "HEAD~1", "--whole-files"], 1, ["a.md:1 BC402", "a.md:5 BC301", "a.md:7 BC301"]),
        (["--changed-since", "HEAD"], 0, []),
        (["--changed-since", "HEAD~1", "postmortems/b.md"], 0, []),
        (["--changed-since", "nowhere"], 2, []),
        (["--diff", "nowhere.diff"], 2, []),
        (["--diff", "change.diff"], 1, ["b.md:1 BC402", "b.md:5 BC301"]),
    ],
)
def test_the_command_line(
    git: Git, arguments: list[str], status: int, found: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    commit(git, postmortems__a_md=DOCUMENT, postmortems__b_md=DOCUMENT, _gitignore="*.diff\n")
    commit(git, postmortems__a_md=DOCUMENT + "\nIt was a fat finger.\n")
    Path("change.diff").write_text(
        "--- a\n+++ b/postmortems/b.md\n@@ -4,0 +5 @@\n+The cause was human error.\n", "utf-8"
    )
    command = ["check", "--select", "BC301,BC402", "--format", "concise", "--quiet", *arguments]
    assert main(command) == status
    out = capsys.readouterr().out.splitlines()
    assert [_short(line) for line in out] == found


def _short(line: str) -> str:
    place, _, rest = line.partition(": ")
    return f"{place.removeprefix('postmortems/').rpartition(':')[0]} {rest.partition('[')[2].partition(']')[0]}"


def test_a_change_without_postmortems_is_clean_and_says_so(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    commit(git, readme_md="# Readme\n")
    commit(git, readme_md="# Readme\n\nMore.\n")
    assert main(["check", "--changed-since", "HEAD~1"]) == 0
    assert capsys.readouterr() == (
        "Nothing was checked.\n",
        "blamecheck: note: no postmortem is part of the change\n",
    )
    # A path that is not there is still a mistake.
    assert main(["check", "--changed-since", "HEAD~1", "postmortem/"]) == 2
