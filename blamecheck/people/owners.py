"""Who owns a repository by its own files: CODEOWNERS, OWNERS, AUTHORS, MAINTAINERS, CONTRIBUTORS and the like.

The files are somebody else's: whatever cannot be read or understood says nothing, and is no error.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from blamecheck.nesting import too_deep
from blamecheck.people.identity import Identity
from blamecheck.people.lexicon import load

_FOLDERS = (".", ".github", ".gitlab", "docs")
_FILE = re.compile(
    r"(?P<code>codeowners)"
    r"|(?P<k8s>owners|owners_aliases)"
    r"|(?P<all>\.all-contributorsrc)"
    r"|(?:authors|maintainers|contributors|owners|credits)(?:\.(?:(?P<yaml>ya?ml)|md|txt|rst|markdown))?",
    re.IGNORECASE,
)
_LARGEST_BYTES = 1_000_000
_HANDLE = re.compile(r"(?<![\w@./-])@([A-Za-z0-9](?:[\w.-]*\w)?)(?![\w/@-])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PROFILE = re.compile(r"//(?:www\.)?(?:github|gitlab|codeberg)\.(?:com|org)/([\w-]+)/?(?=[\s)>\"'\]|,]|$)")
_LEAD = re.compile(r"^[\s|>#*+-]*(?:\d+[.)]\s+)?(?:[A-Z]:\s+)?[*_\[\"]*")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’\"-]+){0,4}")
_PEOPLE_KEYS = re.compile(
    r".*(?:approvers|reviewers|maintainers|owners|authors|contributors|members|aliases|leads|chairs)"
)
_NAME_KEYS, _LOGIN_KEYS = ("name", "full_name"), ("login", "github", "handle", "username", "gitlab")


def files(root: Path) -> list[Path]:
    """The files of a repository that name its owners, in order; those too large to be one are left out."""
    return sorted(path for folder in _FOLDERS for path in _files(root / folder))


def identities(path: Path) -> Iterator[Identity]:
    """Who is named in one of the `files`."""
    kind = _FILE.fullmatch(path.name)
    try:
        text = path.read_text("utf-8", errors="replace")
        if kind and (kind["k8s"] or kind["yaml"]):
            data = _yaml(text)
            yield from _structured(data, set()) if isinstance(data, dict | list) else _listed(text)
        elif kind and kind["all"]:
            yield from _structured(json.loads(text), set())
        elif kind and kind["code"]:
            yield from _code_owners(text)
        else:
            yield from _listed(text)
    except (OSError, ValueError, RecursionError):
        return


def _yaml(text: str) -> Any:
    """What YAML holds; raise ValueError."""
    import yaml  # takes longer than most documents, and is not needed in most repositories

    if too_deep(text):
        raise ValueError("nested too deeply")
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _files(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if _FILE.fullmatch(entry.name) and entry.is_file() and entry.stat().st_size <= _LARGEST_BYTES:
                    yield Path(entry.path)
    except OSError:
        return


def _code_owners(text: str) -> Iterator[Identity]:
    """Handles without a group, and addresses, after the pattern of each line."""
    for line in text.splitlines():
        owners = line.partition("#")[0]
        yield from (Identity("", login=handle) for handle in _HANDLE.findall(owners))
        yield from (Identity("", email) for email in _EMAIL.findall(owners))


def _listed(text: str) -> Iterator[Identity]:
    """One person a line: a name beside an address, a handle or a profile, or a line that is a name and no more."""
    for line in text.splitlines():
        rest = _LEAD.sub("", line)
        match = _NAME.match(rest)
        name, after = (match[0], rest[match.end() :]) if match else ("", "")
        email, login = _EMAIL.search(line), _HANDLE.search(line) or _PROFILE.search(line)
        if email or login:
            beside = name if " " in name and not after.strip()[:1].isalnum() else ""
            yield Identity(beside, email[0] if email else "", login[1] if login else "")
        elif _is_plain_name(name) and not line.startswith(("#", "=")) and not after.strip(' *_]|"'):
            yield Identity(name)


def _is_plain_name(name: str) -> bool:
    """Whether a text alone on its line is a name: words with capitals, a known given name among them."""
    parts = name.split()
    capitals = all(part[0].isupper() for part in parts if part[0].isalpha())
    return len(parts) > 1 and capitals and any(load().given(part) for part in (parts[0], parts[-1]))


def _structured(data: Any, seen: set[int], people: bool = False) -> Iterator[Identity]:
    """People in YAML or JSON: mappings with a name, login or address, and texts in lists of people."""
    if id(data) in seen:
        return
    if isinstance(data, dict):
        seen.add(id(data))
        name, login = _first(data, _NAME_KEYS), _first(data, _LOGIN_KEYS)
        if login or "email" in data:
            yield Identity(name, _first(data, ("email",)), login.removeprefix("@"))
        for key, value in data.items():
            inside = people or bool(_PEOPLE_KEYS.fullmatch(str(key).lower()))
            yield from _structured(value, seen, inside) if isinstance(value, dict | list) else ()
    elif isinstance(data, list):
        seen.add(id(data))
        for value in data:
            if isinstance(value, str) and people:
                yield from _listed(value) if re.search(r"[\s@]", value) else [Identity("", login=value)]
            else:
                yield from _structured(value, seen, people)


def _first(data: dict[Any, Any], keys: tuple[str, ...]) -> str:
    return next((value for key in keys if isinstance(value := data.get(key), str)), "")
