"""Globs of files, as .gitignore has them."""

from __future__ import annotations

import re
from functools import lru_cache


def matches(glob: str, path: str) -> bool:
    """Whether a glob covers a path with forward slashes, relative to the folder that the glob is relative to.

    `*` and `?` stay within a name, `**` goes over folders, `[ab]` is one of some characters. A glob
    without a slash, save at its end, covers names at any depth. What covers a folder covers all beneath.
    """
    return bool(_compiled(glob).match(path))


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    body = glob.removeprefix("./").rstrip("/")
    anywhere = "" if "/" in body else "(?:.*/)?"
    return re.compile(anywhere + _translate(body.lstrip("/")) + r"(?:/.*)?\Z", re.DOTALL)


def _translate(glob: str) -> str:
    out, at = "", 0
    while at < len(glob):
        if glob.startswith("**/", at):
            out, at = out + "(?:.*/)?", at + 3
        elif glob.startswith("**", at):
            out, at = out + ".*", at + 2
        elif glob[at] == "[" and (end := glob.find("]", at + 2)) > 0:
            inside = glob[at + 1 : end].replace("\\", r"\\").replace("[", r"\[")
            out, at = out + f"[{'^' + inside[1:] if inside[0] == '!' else inside}]", end + 1
        else:
            out, at = out + {"*": "[^/]*", "?": "[^/]"}.get(glob[at], re.escape(glob[at])), at + 1
    return out
