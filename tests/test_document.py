"""The document model on awkward Markdown: nothing crashes, and every span lies where it should."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamecheck.document import Document, parse
from blamecheck.sections import load
from blamecheck.source import Source

NAMES = load()


def document(text: str) -> Document:
    return parse(Source("x.md", text), NAMES)


def check_spans(text: str) -> None:
    """Every span of the document lies within the text, and the mask keeps length and line ends."""
    doc = document(text)
    assert len(doc.prose) == len(text)
    assert [i for i, c in enumerate(text) if c in "\r\n"] == [i for i, c in enumerate(doc.prose) if c in "\r\n"]
    spans = [
        *((b.start, b.end) for b in doc.blocks),
        *((link.start, link.end) for link in doc.markdown.links),
        *doc.sentences,
        *(s.name for s in doc.sections),
        *(s.body for s in doc.sections),
        *doc.markdown.comments,
    ]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert list(doc.sentences) == sorted(doc.sentences)
    assert doc.zones.starts[0] == 0


AWKWARD = [
    "",
    "\n",
    "\r\n\r\n",
    "---\ntitle: [unclosed\n---\n# x\n",
    "+++\ntitle = 'T'\n+++\n\ntext\n",
    "# 😀 Zeit: größer\r\n\r\n- [x] a\r\n  - b\r\n",
    "> quote\n> - list\n>   ```\n>   code\n",
    "| a | b\n|-|-\n| `x\\|y` | <br> z |\n",
    "[^1]: note\n\ntext[^1]\n",
    "<!-- never closed\n\n# x\n",
    "```\nnever closed\n",
    "1. a\n2. b\n   para\n\n   | t |\n   |---|\n   | c |\n",
    "&amp; &#39; &nbsp; &notanentity; \\* \\_\n",
    "a&#10;b&#13;c\n",
    "**Root cause:** a\n**Impact**: b\n",
    "x" * 5000 + "**",
    "\ufffd\u200b\u2028\u0085 text. More.\n",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_markdown(text: str) -> None:
    check_spans(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab é😀根#*_`~[](){}<>|-+=!&;:'\"\\/.,?\n\r\t 01"), max_size=120))
def test_any_text_keeps_its_positions(text: str) -> None:
    check_spans(text)


@pytest.mark.skipif("COMMONMARK_SPEC" not in os.environ, reason="COMMONMARK_SPEC names no specification text")
def test_the_examples_of_the_commonmark_specification() -> None:
    text = Path(os.environ["COMMONMARK_SPEC"]).read_text("utf-8")
    examples = re.findall(r"^`{32} example\n(.*?)^\.\n", text, re.DOTALL | re.MULTILINE)
    assert len(examples) > 600
    for example in examples:
        for eol in ("\n", "\r\n", "\r"):
            check_spans(example.replace("→", "\t").replace("\n", eol))
    check_spans(text)


CARRIERS = [
    ("## Root cause\n\ntext\n", "heading", "Root cause"),
    ("Root cause\n----------\n\ntext\n", "heading", "Root cause"),
    ("## 3. Root Cause(s):\n\ntext\n", "heading", "3. Root Cause(s):"),
    ("## 🌱 Blameless root cause\n\ntext\n", "heading", "🌱 Blameless root cause"),
    ("## :seedling: Root cause\n\ntext\n", "heading", ":seedling: Root cause"),
    ("x\n\n**Root cause:** text\n", "label", "Root cause"),
    ("x\n\n**Root cause**: text\n", "label", "Root cause"),
    ("x\n\n**Root cause**\n\ntext\n", "label", "Root cause"),
    ("- Root cause: text\n", "item", "Root cause"),
    ("- **Root cause:** text\n", "item", "Root cause"),
    ("| Item | Text |\n|---|---|\n| Root cause | text |\n", "row", "Root cause"),
    ("x\n\nRoot cause: text\n", "line", "Root cause"),
    ("x\n\nRoot cause\n\ntext\n", "line", "Root cause"),
    ("x\n\n<b>Root cause</b> text\n", "html", "Root cause"),
    ("<h2>Root cause</h2>\n\ntext\n", "html", "Root cause"),
    ("x\n\n<u>Root cause:</u> text\n", "html", "Root cause:"),
    ("---\nroot_cause: text\n---\n", "front-matter", "root_cause"),
]


@pytest.mark.parametrize(("text", "carrier", "title"), CARRIERS)
def test_a_section_has_many_carriers(text: str, carrier: str, title: str) -> None:
    (section,) = document(text).sections_of("root_cause")
    assert (section.carrier, section.title) == (carrier, title)
    assert "text" in text[section.body.start : section.body.end]


NO_SECTION = [
    "```\n## Root cause\n```\n",
    "<!-- ## Root cause -->\n",
    "We looked for the root cause: it was hidden.\n",
    "> ## Root cause\n",
    "`## Root cause`\n",
]


@pytest.mark.parametrize("text", NO_SECTION)
def test_what_only_looks_like_a_section(text: str) -> None:
    assert document("# Report of the day\n\n" + text).sections_of("root_cause") == []


def test_timestamps_as_headings_are_entries() -> None:
    doc = document("# T\n\n## Timeline\n\n### 21:10:57\n\nx\n\n### Sep 27 2017 13:06\n\ny\n\n## Impact\n\nz\n")
    assert [section.title for section in doc.sections if section.entry] == ["21:10:57", "Sep 27 2017 13:06"]
    assert doc.kinds_at(doc.text.index("y\n")) == ("timeline",)


def test_zones() -> None:
    text = (
        "---\nauthor: A\n---\n# T\n\nstory `code` more\n\n> said\n\n## Attendees\n\n- B\n\n"
        "## Action items\n\n- C\n\n## Thanks\n\nD\n\n## Impact\n\nE\n"
    )
    doc = document(text)
    wanted = {
        "author": "metadata", "story": "narrative", "code": "code", "more": "narrative", "said": "quote",
        "- B": "roster", "- C": "actions", "D\n": "thanks", "E\n": "narrative",
    }  # fmt: skip
    assert {piece: doc.zone(text.index(piece)) for piece in wanted} == wanted


def test_a_sentence_runs_over_a_wrapped_line_but_not_over_a_hard_break() -> None:
    doc = document("We saw it, e.g. in\nstaging. Then v1.2 came.  \nNext<br>last\n")
    assert [doc.text[a:b].strip() for a, b in doc.sentences] == [
        "We saw it, e.g. in\nstaging.",
        "Then v1.2 came.",
        "Next",
        "<br>last",
    ]
