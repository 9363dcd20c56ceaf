"""`python -m blamecheck`."""

from __future__ import annotations

from blamecheck.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
