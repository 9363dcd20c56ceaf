"""What all tests share: the same generated texts at every run, and programs of others to feed with our output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
# Before any test runs, and for the programs that tests start: the cache of who runs them is left alone. The
# workers of pytest-xdist have that of the process that started them, so that it is filled once.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _CACHE = tempfile.TemporaryDirectory(prefix="blamecheck-cache-", ignore_cleanup_errors=True)
    os.environ["BLAMECHECK_CACHE_DIR"] = _CACHE.name
# Neither a build server nor a terminal's colours change what is printed here.
for _name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
    os.environ.pop(_name, None)
# The programs installed beside this Python are found by their names, whether or not its environment is activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

SARIF_MULTITOOL = "@microsoft/sarif-multitool@5.7.0"
REVIEWDOG = "github.com/reviewdog/reviewdog/cmd/reviewdog@v0.21.0"


def _made(tools: Path, name: str, *command: str, **environment: str) -> str:
    """The program of that name among the tools, after the command has made it; skip when it cannot."""
    with FileLock(tools / f"{Path(name).name}.lock"):
        return _made_alone(tools / name, *command, **environment)


def _made_alone(program: Path, *command: str, **environment: str) -> str:
    if not program.exists():
        if shutil.which(command[0]) is None:
            pytest.skip(f"there is no {command[0]} here to install {program.name}")
        done = subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=600
        )
        if done.returncode:
            pytest.skip(f"{command[0]} cannot install {program.name} here: {done.stderr.strip()[-300:]}")
    return str(program)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a session have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def tools(pytestconfig: pytest.Config) -> Path:
    """A folder for installed programs that outlives the session."""
    assert pytestconfig.cache
    return pytestconfig.cache.mkdir("tools")


@pytest.fixture(scope="session")
def sarif_multitool(tools: Path) -> str:
    """Microsoft's validator of SARIF files."""
    system = {"linux": "linux", "darwin": "darwin", "win32": "win32"}[sys.platform]
    program = f"node_modules/@microsoft/sarif-multitool-{system}/Sarif.Multitool"
    return _made(tools, program, "npm", "install", "--silent", "--prefix", str(tools), SARIF_MULTITOOL)


@pytest.fixture(scope="session")
def reviewdog(tools: Path) -> str:
    """The program that posts rdjson to pull requests."""
    return _made(tools, "reviewdog", "go", "install", REVIEWDOG, GOBIN=str(tools))
