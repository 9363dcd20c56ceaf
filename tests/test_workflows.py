"""The action, the hooks and every workflow, ours and those in the documentation, before the eyes of their judges."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from acting import ROOT

from blamecheck import __version__

ACTION = ROOT / "action.yml"
LOCK = ROOT / "blamecheck/action/requirements.txt"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
PIN = re.compile(r"uses: ([\w./-]+)@([0-9a-f]{40}) # (\S.*)$")


def blocks(key: str) -> list[str]:
    """The YAML that the documentation offers to copy, as far as it has a key."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    found = [block for page in pages for block in BLOCK.findall(page.read_text("utf-8"))]
    return [block for block in found if f"{key}:" in block]


def samples() -> list[str]:
    """The workflows that the documentation offers to copy."""
    return blocks("runs-on")


def test_there_are_samples() -> None:
    """For annotations (twice), code scanning and reviewdog; for hooks, and for GitLab."""
    assert (len(samples()), len(blocks("repos")), len(blocks("script"))) == (4, 1, 1)


def test_the_samples_are_of_this_version() -> None:
    tag = f"v{__version__}"
    for text in samples():
        assert re.findall(r"uses: blamecheck/blamecheck@0{40} # (\S+)$", text, re.MULTILINE) == [tag]
    (hooks,) = (yaml.safe_load(block)["repos"] for block in blocks("repos"))
    assert [repository["rev"] for repository in hooks] == [tag]
    shipped = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for repository in hooks for hook in repository["hooks"]} <= shipped
    assert f"blamecheck@{tag}\n" in blocks("script")[0]


def test_the_page_tells_every_input_and_output() -> None:
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    page = (ROOT / "docs/ci.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:3] == "| `"]
    told = {name: given for names, given, *_ in rows for name in re.findall(r"`([\w-]+)`", names)}
    assert {*action["inputs"], *action["outputs"]} == set(told)
    for name, given in action["inputs"].items():
        if name not in action["outputs"]:  # whose row is the later one
            assert told[name] == (f"`{given['default']}`" if given["default"] else ""), name
    for sample in samples():
        for job in yaml.safe_load(sample)["jobs"].values():
            ours = [step.get("with", {}) for step in job["steps"] if "blamecheck/blamecheck@" in step.get("uses", "")]
            assert set(ours[0]) <= set(action["inputs"])


def test_each_action_that_is_used_is_pinned_by_hash_and_says_its_version() -> None:
    texts = {path.name: path.read_text("utf-8") for path in (ACTION, *WORKFLOWS)}
    texts |= {f"sample {number}": text for number, text in enumerate(samples())}
    pins: dict[str, set[str]] = {}
    for name, text in texts.items():
        for line in text.splitlines():
            if "uses:" in line and "uses: ./ " not in line:
                pin = PIN.search(line)
                assert pin, f"{name}: {line}"
                pins.setdefault(pin[1], set()).add(f"{pin[2]} {pin[3]}")
    assert all(len(versions) == 1 for versions in pins.values()), pins


def test_inputs_reach_the_shell_as_variables_alone() -> None:
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    steps = action["runs"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")]
    passed = {text for step in steps for text in (*step.get("env", {}).values(), *step.get("with", {}).values())}
    assert {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]} <= passed


def test_the_lock_has_hashes_for_what_is_needed_and_names_no_index() -> None:
    text = LOCK.read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    entries = re.split(r"\n(?=\w)", text.partition("\n")[2])
    assert [entry.partition("==")[0] for entry in entries] == ["pyromark", "pyyaml", "regex", "typing-extensions"]
    assert all(entry.count("--hash=sha256:") >= 2 for entry in entries)


@pytest.mark.slow
def test_zizmor_has_nothing_to_say(tmp_path: Path) -> None:
    if shutil.which("zizmor") is None:
        pytest.skip("zizmor is not installed")
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    for number, sample in enumerate(samples()):
        (folder / f"sample{number}.yml").write_text(sample, "utf-8")
    for path in WORKFLOWS:
        shutil.copy2(path, folder)
    shutil.copy2(ACTION, tmp_path)
    done = subprocess.run(
        ["zizmor", "--offline", "--persona", "pedantic", "--no-progress", "--color=never", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("No findings to report. Good job!"), done.stdout
    ignored = [
        line for path in tmp_path.rglob("*.yml") for line in path.read_text("utf-8").splitlines() if "zizmor:" in line
    ]
    assert {line.strip() for line in ignored} == {"uses: ./ # zizmor: ignore[self-repository]"}


@pytest.mark.slow
def test_the_schemas_of_github_are_kept(tmp_path: Path) -> None:
    if shutil.which("check-jsonschema") is None:
        pytest.skip("check-jsonschema is not installed")
    files = [*WORKFLOWS]
    for number, sample in enumerate(samples()):
        files.append(tmp_path / f"sample{number}.yml")
        files[-1].write_text(sample, "utf-8")
    (tmp_path / "gitlab.yml").write_text(blocks("script")[0], "utf-8")
    kinds = (("github-actions", [ACTION]), ("github-workflows", files), ("gitlab-ci", [tmp_path / "gitlab.yml"]))
    for schema, paths in kinds:
        done = subprocess.run(
            ["check-jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, paths)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_pre_commit_accepts_the_manifest_and_the_sample(tmp_path: Path) -> None:
    (tmp_path / "sample.yaml").write_text(blocks("repos")[0], "utf-8")
    subprocess.run(["pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], check=True)
    subprocess.run(["pre-commit", "validate-config", str(tmp_path / "sample.yaml")], check=True)
