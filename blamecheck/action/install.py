"""Run by the action with any Python: make an environment for blamecheck outside of the checkout, and start it there.

Only the standard library is used, and only this file's own tree is read: nothing of a pull request is imported.
The environment is kept for the rest of the job, and is known by the lock file and the Python it was made from.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from hashlib import sha256
from pathlib import Path

LOCK = Path(__file__).resolve().with_name("requirements.txt")
TREE = LOCK.parent.parent.parent
_START = "import sys; sys.path.append(sys.argv.pop(1)); from blamecheck.action.run import main; sys.exit(main())"
_BROKEN = 2


def main() -> int:
    """Install what is missing, run the action, and return its exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - it may be any that the runner has
        return _broken(f"blamecheck needs Python 3.11 or later, not {sys.version.split()[0]}")
    try:
        python = environment(Path(os.environ.get("RUNNER_TEMP") or tempfile.gettempdir()))
    except subprocess.CalledProcessError:
        return _broken("what blamecheck needs could not be installed: pip says why in the log")
    command = [str(python), "-I", "-X", "utf8", "-c", _START, str(TREE)]
    return subprocess.run(command, check=False).returncode  # noqa: S603


def environment(parent: Path) -> Path:
    """The Python of an environment with exactly what the lock file names; raise CalledProcessError."""
    made_of = sha256(LOCK.read_bytes() + f"{sys.executable} {sys.version}".encode()).hexdigest()[:16]
    home = parent / f"blamecheck-{made_of}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete = home / "complete"
    if not complete.exists():
        venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=True).create(home)
        pip = [str(python), "-I", "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        locked = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--requirement", str(LOCK)]
        subprocess.run([*pip, *locked], cwd=home, check=True)  # noqa: S603
        complete.touch()
    return python


def _broken(message: str) -> int:
    print(f"::error title=blamecheck::{message}", flush=True)
    return _BROKEN


if __name__ == "__main__":
    sys.exit(main())
