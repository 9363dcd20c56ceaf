"""The command line through a real process: whole outputs, exit status, and errors of one line each."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import blamecheck
from blamecheck.rulebook import Rule, load

ROOT = Path(__file__).parent.parent
DOCUMENT = """\
# Checkout down

## Root cause

The cause was human error.

## Action items

- Add a dry run (OPS-1)

## Summary

Checkout was down for ten minutes.

## Timeline

- 10:02 UTC The error rate alert fired.
- 10:12 UTC Checkout was back.

## What went well

- The rollback.
"""
CLEAN = DOCUMENT.replace("human error", "a missing index")
ENVIRONMENT = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS")


class Done(NamedTuple):
    """What a process left behind."""

    status: int
    out: str
    err: str


def blamecheck_(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> Done:
    """Run the command in a folder."""
    inherited = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}
    done = subprocess.run(
        [sys.executable, "-m", "blamecheck", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**inherited, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
    )
    return Done(done.returncode, *(text.decode().replace("\r\n", "\n") for text in (done.stdout, done.stderr)))


def rule(name: str) -> Rule:
    return next(rule for rule in load().rules if rule.name == name)


RULE = rule("human-error-cause")
MESSAGE = RULE.message.replace("{match}", "human error")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one document that has one finding, one without any, and one that is no postmortem."""
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems/a.md").write_text(DOCUMENT, "utf-8")
    (tmp_path / "postmortems/b.md").write_text(CLEAN, "utf-8")
    (tmp_path / "notes.md").write_text("# Notes\n\nJosh was careless.\n", "utf-8")
    return tmp_path


def test_text(place: Path) -> None:
    assert blamecheck_("check", cwd=place) == Done(
        1,
        f"""\
postmortems/a.md:5:15: error[BC301] human-error-cause: {MESSAGE}
  |
5 | The cause was human error.
  |               ^^^^^^^^^^^
  = help: {RULE.suggestion}

Found 1 error in 1 of 2 documents.
""",
        "",
    )


def test_concise(place: Path) -> None:
    assert blamecheck_("check", "postmortems", "--format", "concise", cwd=place) == Done(
        1,
        f"postmortems/a.md:5:15: error[BC301] human-error-cause: {MESSAGE}\nFound 1 error in 1 of 2 documents.\n",
        "",
    )


def test_json(place: Path) -> None:
    status, out, err = blamecheck_("check", "--format", "json", "--select", "BC301", "gone.md", ".", cwd=place)
    assert (status, err) == (2, "blamecheck: error: gone.md: no such file or folder\n")
    assert json.loads(out) == {
        "version": 1,
        "tool": {"name": "blamecheck", "version": blamecheck.__version__},
        "summary": {
            "documents": 2,
            "rules": 1,
            "findings": 1,
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "suppressed": 0,
        },
        "findings": [
            {
                "path": "postmortems/a.md",
                "line": 5,
                "column": 15,
                "end_line": 5,
                "end_column": 26,
                "rule": "BC301",
                "name": "human-error-cause",
                "category": "cause",
                "severity": "error",
                "message": MESSAGE,
                "suggestion": RULE.suggestion,
                "excerpt": "human error",
                "evidence": [],
                "merged": [],
                "scope": "line",
                "url": RULE.url,
                "suppressed": None,
            }
        ],
        "errors": [{"path": "gone.md", "message": "no such file or folder"}],
    }


def test_clean(place: Path) -> None:
    assert blamecheck_("check", "postmortems/b.md", cwd=place) == Done(0, "The document is clean.\n", "")
    assert blamecheck_("check", "-q", "postmortems/b.md", cwd=place) == Done(0, "", "")


def test_standard_input(place: Path) -> None:
    document = DOCUMENT.encode()
    options = ("--format", "concise", "--quiet")
    line = f":5:15: error[BC301] human-error-cause: {MESSAGE}\n"
    assert blamecheck_("check", "-", *options, cwd=place, stdin=document) == Done(1, f"<stdin>{line}", "")
    named = ("--stdin-filename", "docs/x.md")
    assert blamecheck_("check", "-", *named, *options, cwd=place, stdin=document) == Done(1, f"docs/x.md{line}", "")


def test_a_file_that_is_named_is_always_checked(place: Path) -> None:
    assert "BC209" in blamecheck_("check", "notes.md", cwd=place).out


def test_authors_of_the_repository_are_known(place: Path) -> None:
    (place / "postmortems/a.md").write_text("# Down\n\nThe change of zq2049x was reverted.\n", "utf-8")
    arguments = ("check", "postmortems/a.md", "--select", "people", "--format", "concise")
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    assert blamecheck_(*arguments, cwd=place).out.count("zq2049x") == 0
    author = {
        "GIT_AUTHOR_NAME": "zq2049x",
        "GIT_AUTHOR_EMAIL": "",
        "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "",
    }
    command = ["git", "commit", "-q", "--allow-empty", "-m", "x"]
    subprocess.run(command, cwd=place, check=True, env={**os.environ, **author})
    assert blamecheck_(*arguments, cwd=place).out.count("zq2049x") == 1
    assert blamecheck_(*arguments, "--no-git", cwd=place).out.count("zq2049x") == 0
    (place / ".blamecheck.yml").write_text("names:\n  use-git: false\n")
    assert blamecheck_(*arguments, cwd=place).out.count("zq2049x") == 0


def test_show_files(place: Path) -> None:
    assert blamecheck_("check", "--show-files", "notes.md", ".", cwd=place) == Done(
        0, "notes.md\npostmortems/a.md\npostmortems/b.md\n", ""
    )
    assert blamecheck_("check", "--show-files", "gone.md", cwd=place) == Done(
        2, "", "blamecheck: error: gone.md: no such file or folder\n"
    )


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--ignore", "bc403,bc404,bc405,bc407"), {"human-error-cause", "character-word", "missing-root-cause"}),
        (("--select", "BC301"), {"human-error-cause"}),
        (("--select", "bc3"), {"human-error-cause"}),
        (("--select", "Human-Error-Cause,character-word"), {"human-error-cause", "character-word"}),
        (("--select", "cause", "--select", "language"), {"human-error-cause", "character-word"}),
        (("--ignore", "structure, BC301"), {"character-word"}),
        (("--select", "cause,language", "--ignore", "language"), {"human-error-cause"}),
    ],
)
def test_rules_are_chosen(options: tuple[str, ...], names: set[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# Checkout down\n\nHuman error, and careless too.\n\n## Action items\n\n- OPS-1\n", "utf-8"
    )
    status, out, _ = blamecheck_("check", "a.md", "--format", "json", *options, cwd=tmp_path)
    assert status == 1
    assert {finding["name"] for finding in json.loads(out)["findings"]} == names


@pytest.mark.parametrize(
    ("name", "options", "status"),
    [
        ("error.md", (), 1),
        ("error.md", ("--fail-on", "info"), 1),
        ("error.md", ("--fail-on", "never"), 0),
        ("error.md", ("--exit-zero",), 0),
        ("warning.md", (), 0),
        ("warning.md", ("--fail-on", "warning"), 1),
        ("clean.md", ("--fail-on", "info"), 0),
        # What could not be checked is never a pass.
        ("gone.md", ("--exit-zero",), 2),
        ("gone.md", ("--fail-on", "never"), 2),
    ],
)
def test_exit_status(name: str, options: tuple[str, ...], status: int, tmp_path: Path) -> None:
    (tmp_path / "error.md").write_text(DOCUMENT, "utf-8")
    (tmp_path / "clean.md").write_text(CLEAN, "utf-8")
    (tmp_path / "warning.md").write_text(CLEAN.replace("The cause", "@mk said the cause"), "utf-8")
    assert blamecheck_("check", name, *options, cwd=tmp_path).status == status


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("gone.md", None, "no such file or folder"),
        ("empty/", None, "no Markdown files in this folder"),
        ("image.md", b"\x89PNG\r\n\x1a\n\0", "is a binary file (it holds a NUL byte)"),
        ("latin.md", b"caf\xe9", "is not UTF-8: byte 0xe9 on line 1; save it as UTF-8"),
        ("wide.md", "# x".encode("utf-16"), "is UTF-16, not UTF-8: save it as UTF-8"),
    ],
)
def test_what_cannot_be_checked_is_said_and_the_rest_goes_on(
    path: str, data: bytes | None, message: str, place: Path
) -> None:
    (place / "empty").mkdir()
    if data is not None:
        (place / path).write_bytes(data)
    options = ("--format", "concise", "--quiet")
    status, out, err = blamecheck_("check", path, "postmortems/a.md", *options, cwd=place)
    assert (status, err) == (2, f"blamecheck: error: {path}: {message}\n")
    assert out.startswith("postmortems/a.md:5:15: error[BC301]")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(place: Path) -> None:
    (place / "postmortems/a.md").chmod(0)
    status, _, err = blamecheck_("check", cwd=place)
    assert (status, err) == (2, "blamecheck: error: postmortems/a.md: cannot be read: permission denied\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no command given; try `blamecheck check` or `blamecheck --help`"),
        (
            ("chekc",),
            "argument COMMAND: invalid choice: 'chekc' (choose from 'check', 'rules', 'explain', 'config')"
            " (see `blamecheck --help`)",
        ),
        (("check", "--formt", "json"), "unrecognized arguments: --formt (see `blamecheck --help`)"),
        (
            ("check", "--fail-on", "fatal"),
            "argument --fail-on: invalid choice: 'fatal' (choose from 'error', 'warning', 'info', 'never')"
            " (see `blamecheck check --help`)",
        ),
        (
            ("check", "--select", "human-eror-cause"),
            'unknown rule "human-eror-cause"; did you mean "human-error-cause"?',
        ),
        (("check", "--ignore", "zzzz"), 'unknown rule "zzzz"; `blamecheck rules` lists all'),
        (("check", "--config", "gone.yml"), "gone.yml: no such settings file"),
    ],
)
def test_a_bad_command_line_is_one_line(arguments: tuple[str, ...], message: str, place: Path) -> None:
    status, _, err = blamecheck_(*arguments, cwd=place)
    assert (status, err) == (2, f"blamecheck: error: {message}\n")


def test_a_run_that_could_not_start_is_a_report_too(place: Path) -> None:
    status, out, _ = blamecheck_("check", "--ignore", "xyz", "--format", "json", cwd=place)
    report = json.loads(out)
    assert (status, report["findings"], report["summary"]["documents"]) == (2, [], 0)
    assert [error["path"] for error in report["errors"]] == [""]


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(options: tuple[str, ...], environment: dict[str, str], colored: bool, place: Path) -> None:
    out = blamecheck_("check", *options, cwd=place, stdin=b"", **environment).out
    assert ("\x1b[1;31merror[BC301]\x1b[0m" in out) is colored
    assert ("\x1b" in out) is colored


def test_a_runner_finds_no_commands_in_echoed_text(tmp_path: Path) -> None:
    name = "::error::##[group]incident.md"
    (tmp_path / name).write_text(DOCUMENT.replace("human", "##[error] human"), "utf-8")
    for options in ((), ("--show-files",), ("--format", "json")):
        done = blamecheck_("check", *options, cwd=tmp_path, GITHUB_ACTIONS="true")
        assert "##[" not in done.out
        assert not any(line.lstrip().startswith("::") for line in done.out.splitlines())
    # Elsewhere a path is printed as it is.
    assert blamecheck_("check", "--show-files", cwd=tmp_path).out == f"{name}\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_output_of_few_characters_is_no_error(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "rca.md").write_text(DOCUMENT.replace("The cause", "障害: the cause"), "utf-8")
    done = blamecheck_("check", cwd=tmp_path, PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert (done.status, done.err) == (1, "")
    assert r"\u969c\u5bb3: the cause was human error." in done.out


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("check", "--help")])
def test_help_is_fast_because_it_imports_little(arguments: tuple[str, ...], place: Path) -> None:
    heavy = ("regex", "yaml", "pyromark", "blamecheck.rulebook", "importlib.metadata")
    script = (
        "import sys\nfrom blamecheck.cli import main\n"
        f"try: main({list(arguments)})\nexcept SystemExit: pass\n"
        f"print('heavy:', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "heavy: []"
    assert blamecheck_(*arguments, cwd=place).status == 0


def test_version(place: Path) -> None:
    assert blamecheck_("--version", cwd=place) == Done(0, f"blamecheck {blamecheck.__version__}\n", "")


def test_a_crash_does_not_look_like_findings(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from blamecheck import cli
    from blamecheck.commands import check

    def crash(*_: Any) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(check, "check", crash)
    assert cli.main(["check", str(place)]) == 2


@pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")
def test_a_reader_that_has_seen_enough_is_no_error(place: Path) -> None:
    text = DOCUMENT.replace("The cause was human error.\n", "Human error.\n" * 2000)  # more than a pipe holds
    (place / "postmortems/a.md").write_text(text, "utf-8")
    command = f"{sys.executable} -m blamecheck check --format concise; echo status $? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({command}) | head -1"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("\n") == 1
    assert done.stderr == "status 1\n"


@pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")
def test_an_interrupt_ends_the_run_in_one_line(place: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "blamecheck", "check", "-"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    process.stdin.write(b" " * 1_000_000)  # more than a pipe holds: it reads standard input by then
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"blamecheck: error: interrupted\n")
