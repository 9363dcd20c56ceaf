"""What a document says of its own state: draft, final, in review."""

from __future__ import annotations

import re

from blamecheck.document import Document

_KEYS = ("status", "state", "draft", "stage")
_LINE = re.compile(r"[^\r\n]*")


def status(document: Document) -> str:
    """The lines that tell the state: such keys of the front matter, the labels of kind status, and the title."""
    said = [f"{key}: {document.front_matter[key]}" for key in _KEYS if key in document.front_matter]
    for section in document.sections_of("status"):
        rest = document.text[section.body.start : section.body.end].lstrip()
        line = _LINE.match(rest)
        said.append(f"{section.title}: {line[0] if line else ''}")
    if document.title:
        said.append(document.text[document.title.start : document.title.end])
    return "\n".join(said)
