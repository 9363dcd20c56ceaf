"""A linter for incident postmortems: no names, no blame, a root cause and action items."""

from __future__ import annotations

__version__ = "0.1.0"
