"""Running the action on this machine with act: real workflows, real git, only GitHub itself is stood in for.

act runs the steps without a container. The stand-ins do what tests need of the actions they stand for: fetch
the merge commit of a pull request from a local folder, and name a Python.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
OWN = "blamecheck/blamecheck@v1"
CHECKOUT = """\
name: stand-in for actions/checkout
inputs:
  fetch-depth: {default: "1"}
  persist-credentials: {default: "true"}
  path: {default: "."}
runs:
  using: composite
  steps:
    - shell: bash
      env: {DEPTH: "${{ inputs.fetch-depth }}", PLACE: "${{ inputs.path }}"}
      run: |
        git init -q "$PLACE"
        cd "$PLACE"
        git remote add origin "$TEST_SERVER"
        [ "$DEPTH" = 0 ] || depth=--depth=$DEPTH
        git fetch -q --no-tags ${depth-} origin "+$TEST_COMMIT:refs/remotes/pull/1/merge"
        git checkout -q --force refs/remotes/pull/1/merge
"""
SETUP_PYTHON = """\
name: stand-in for actions/setup-python
inputs:
  python-version: {required: true}
  update-environment: {default: "true"}
outputs:
  python-path: {value: "${{ steps.path.outputs.path }}"}
runs:
  using: composite
  steps:
    - id: path
      shell: bash
      run: echo "path=$TEST_PYTHON" >> "$GITHUB_OUTPUT"
"""
UPLOAD_SARIF = """\
name: stand-in for github/codeql-action/upload-sarif
inputs:
  sarif_file: {required: true}
  category: {default: ""}
runs:
  using: composite
  steps:
    - shell: bash
      env: {FILE: "${{ inputs.sarif_file }}"}
      run: test -s "$FILE"
"""
REVIEWDOG = """\
name: stand-in for reviewdog/action-setup
inputs:
  reviewdog_version: {default: latest}
runs:
  using: composite
  steps:
    - shell: bash
      run: |
        mkdir -p "$RUNNER_TEMP/programs"
        printf '#!/bin/sh\\ncat > "$TEST_MARK"\\n' > "$RUNNER_TEMP/programs/reviewdog"
        chmod +x "$RUNNER_TEMP/programs/reviewdog"
        echo "$RUNNER_TEMP/programs" >> "$GITHUB_PATH"
"""


@dataclass(frozen=True)
class Outcome:
    """What a run left: annotations as (level, properties, message), outputs, the summary, the log, and success."""

    annotations: list[tuple[str, dict[str, str], str]]
    outputs: dict[str, str]
    summary: str
    log: list[str]
    success: bool
    commands: list[str] = field(repr=False)


def export(target: Path) -> Path:
    """A copy of what a clone of this repository would have, with changes that are not committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        return ROOT  # no repository: an unpacked archive
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def act(
    folder: Path,
    workflow: str,
    server: Path,
    event: tuple[str, Mapping[str, Any]],
    actions: Path,
    known: Mapping[str, str],
) -> Outcome:
    """Run a workflow for an event whose commit is the HEAD of a server; `actions` has the actions and stand-ins.

    `known` are further variables of the steps.
    """
    (folder / "workflow.yml").write_text(workflow, "utf-8")
    (folder / "event.json").write_text(json.dumps(event[1]), "utf-8")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=server, capture_output=True, text=True, check=True)
    environment = {
        "TEST_SERVER": server.as_uri(),
        "TEST_COMMIT": commit.stdout.strip(),
        "TEST_PYTHON": sys.executable,
        "PIP_NO_INDEX": "1",
        "BLAMECHECK_CACHE_DIR": os.environ["BLAMECHECK_CACHE_DIR"],
        "TEST_MARK": str(folder / "mark"),
        **known,
    }
    used = dict.fromkeys(re.findall(r"uses: (\S+)", workflow + (ROOT / "action.yml").read_text("utf-8")))
    stood_in = (_stand_in(one, actions) for one in used)
    done = subprocess.run(
        [
            *("act", event[0], "--json", "--workflows", "workflow.yml", "--eventpath", "event.json"),
            *("--no-skip-checkout", "--platform", "ubuntu-latest=-self-hosted", *stood_in),
            *(f"--env={name}={value}" for name, value in environment.items()),
        ],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert any("jobResult" in line for line in lines), done.stdout + done.stderr
    return _outcome(lines)


def read(line: str) -> tuple[str, dict[str, str], str]:
    """A command as the runner reads it: actions/runner, ActionCommand.cs, TryParseV2."""
    info, _, message = line.removeprefix("::").partition("::")
    name, _, listed = info.partition(" ")
    pairs = (pair.partition("=") for pair in listed.split(","))
    properties = {
        key: value.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        for key, _, value in pairs
    }
    return name, properties, message.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def _stand_in(used: str, actions: Path) -> str:
    """The option that lets act take an action, such as `owner/name/folder@ref`, from a folder."""
    path, _, ref = used.partition("@")
    owner, name, *_ = path.split("/")
    place = actions / ("own" if path == OWN.partition("@")[0] else name)
    assert place.exists(), f"no stand-in for {used}"
    return f"--local-repository={owner}/{name}@{ref}={place}"


def _outcome(lines: list[dict[str, Any]]) -> Outcome:
    """What the job's steps said, once each: act repeats the outputs and the summary for the step around them."""
    own = [line for line in lines if isinstance(line.get("stepID"), list) and line["stepID"][-1:] == ["check"]]
    commands = [line for line in lines if line.get("command") not in (None, "summary", "set-output")]
    levels = ("error", "warning", "notice")
    return Outcome(
        [read(one["raw"].rstrip("\n")) for one in commands if one["command"] in levels],
        {line["name"]: line["arg"] for line in own if line.get("command") == "set-output"},
        "".join(line["content"] for line in own if line.get("command") == "summary"),
        [line["msg"].rstrip("\n") for line in own if line.get("raw_output")],
        any(line.get("jobResult") == "success" for line in lines),
        [one["command"] for one in commands],
    )
