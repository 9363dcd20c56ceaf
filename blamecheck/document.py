"""A document under check: its prose, sentences, sections and zones, all as offsets in the source."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from blamecheck.markdown import LEAVES, Block, Link, Markdown, Span
from blamecheck.markdown import parse as parse_markdown
from blamecheck.marks import heading_name
from blamecheck.nesting import too_deep
from blamecheck.outline import Section, outline
from blamecheck.sections import SectionNames
from blamecheck.sentences import sentences
from blamecheck.source import Source
from blamecheck.zones import Zone, Zones, paint

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(
    r"\"[^\"\r\n]{1,300}\"|“[^”]{1,300}”|«[^»]{1,300}»|„[^“”]{1,300}[“”]|「[^」]{1,300}」|『[^』]{1,300}』"
)
_LONGEST_PASSAGE = 4000
"""Characters; of the postmortems that the rules were made with, no block of text has more than 2,000."""


@dataclass(frozen=True)
class Document:
    """A parsed document. Every span lies within `source.text`; `prose` is as long as it.

    `prose` is blank wherever the text is not prose. `sentences` are in order and do not overlap.
    `title` is where the document's title stands, None when it has none.
    """

    source: Source
    markdown: Markdown = field(repr=False)
    front_matter: Mapping[str, object]
    title: Span | None
    sections: tuple[Section, ...]
    zones: Zones = field(repr=False)
    sentences: tuple[Span, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The source text."""
        return self.source.text

    @property
    def prose(self) -> str:
        """The prose mask."""
        return self.markdown.prose

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The Markdown blocks in order."""
        return self.markdown.blocks

    def zone(self, offset: int) -> Zone:
        """What the place is for."""
        return self.zones.at(offset)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that the offset stands in or under, its title included."""
        index = bisect_right(self._section_starts, offset) - 1
        while index >= 0:
            section = self.sections[index]
            if offset < max(section.body.end, section.name.end):
                return section
            index = section.parent
        return None

    def kinds_at(self, offset: int) -> tuple[str, ...]:
        """The kinds of the innermost section of a known kind that the offset stands under."""
        section = self.section_at(offset)
        while section and not section.kinds and section.parent >= 0:
            section = self.sections[section.parent]
        return section.kinds if section else ()

    def sections_of(self, kind: str) -> list[Section]:
        """The sections of a canonical kind, in order."""
        return [section for section in self.sections if kind in section.kinds]

    def sentence_at(self, offset: int) -> Span:
        """The sentence around an offset; an empty span there when it stands in none."""
        index = self.sentence_index(offset)
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        return Span(offset, offset)

    def sentence_index(self, offset: int) -> int:
        """The index of the last sentence that begins at an offset or before it; -1 when there is none."""
        return bisect_right(self._sentence_starts, offset) - 1

    def sentences_in(self, span: Span) -> tuple[Span, ...]:
        """The sentences that start within a span."""
        starts = self._sentence_starts
        return self.sentences[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def leaf_at(self, offset: int) -> Block | None:
        """The block of text that the offset stands in; None outside of text."""
        index = bisect_right(self._leaf_starts, offset) - 1
        return self._leaves[index] if index >= 0 and offset < self._leaves[index].end else None

    def passage_at(self, offset: int) -> Span:
        """The block of text around an offset, or that part of a long one; the sentence outside of text."""
        index = bisect_right(self._passage_starts, offset) - 1
        if index >= 0 and offset < self._passages[index].end:
            return self._passages[index]
        return self.sentence_at(offset)

    def in_code(self, offset: int) -> bool:
        """Whether the offset stands in a code block or span."""
        index = bisect_right(self._code, (offset, len(self.text))) - 1
        return index >= 0 and offset < self._code[index].end

    def links_in(self, span: Span) -> Iterator[Link]:
        """The links and images that start within a span."""
        links = self.markdown.links
        index = bisect_left(links, span.start, key=lambda link: link.start)
        while index < len(links) and links[index].start < span.end:
            yield links[index]
            index += 1

    def sections_in(self, span: Span) -> tuple[Section, ...]:
        """The sections whose titles start within a span."""
        return self.sections[
            bisect_left(self._section_starts, span.start) : bisect_left(self._section_starts, span.end)
        ]

    def blocks_in(self, span: Span) -> tuple[Block, ...]:
        """The blocks that start within a span."""
        first = bisect_left(self.blocks, span.start, key=lambda block: block.start)
        return self.blocks[first : bisect_left(self.blocks, span.end, lo=first, key=lambda block: block.start)]

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether the span stands within quotation marks."""
        index = bisect_right(self._quoted, (start, len(self.text))) - 1
        return index >= 0 and self._quoted[index].start <= start and end <= self._quoted[index].end

    def is_heading(self, offset: int) -> bool:
        """Whether the offset stands in a heading."""
        index = bisect_right(self._headings, (offset, len(self.text))) - 1
        return index >= 0 and offset < self._headings[index].end

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Each word of the prose, case-folded, and the indexes of the sentences that hold it."""
        index: dict[str, list[int]] = {}
        for number, span in enumerate(self.sentences):
            for word in set(_WORD.findall(self.prose[span.start : span.end].casefold())):
                index.setdefault(word, []).append(number)
        return index

    @cached_property
    def _headings(self) -> list[Span]:
        return [Span(block.start, block.end) for block in self.blocks if block.kind == "heading"]

    @cached_property
    def _leaves(self) -> list[Block]:
        return list(leaves(self))

    @cached_property
    def _leaf_starts(self) -> list[int]:
        return [block.start for block in self._leaves]

    @cached_property
    def _passages(self) -> list[Span]:
        return [passage for block in self._leaves for passage in self._parts(block)]

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [passage.start for passage in self._passages]

    def _parts(self, block: Block) -> Iterator[Span]:
        """A block of text, cut between sentences where it is too long to be looked at as one."""
        at = block.start
        if block.end - at > _LONGEST_PASSAGE:
            first = bisect_left(self._sentence_starts, at)
            for sentence in self.sentences[first : bisect_left(self._sentence_starts, block.end)]:
                if sentence.end - at > _LONGEST_PASSAGE and sentence.start > at:
                    yield Span(at, sentence.start)
                    at = sentence.start
        yield Span(at, block.end)

    @cached_property
    def _code(self) -> list[Span]:
        blocks = (Span(block.start, block.end) for block in self.blocks if block.kind == "code")
        return sorted([*blocks, *self.markdown.code])

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.name.start for section in self.sections]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    @cached_property
    def _quoted(self) -> list[Span]:
        return [
            Span(*match.span())
            for block in self.blocks
            if block.kind in LEAVES
            for match in _QUOTED.finditer(self.prose, block.start, block.end)
        ]


def parse(source: Source, names: SectionNames) -> Document:
    """Read a document; any text is a document."""
    markdown = parse_markdown(source.text)
    front_matter = _front_matter(source.text, markdown)
    title = _title(source.text, markdown, front_matter, names)
    sections = outline(source.text, markdown, names, title, front_matter)
    return Document(
        source=source,
        markdown=markdown,
        front_matter=front_matter,
        title=title,
        sections=sections,
        zones=paint(markdown, sections, list(_owned(source.text, markdown, names))),
        sentences=tuple(sentences(markdown)),
    )


def _owned(text: str, markdown: Markdown, names: SectionNames) -> Iterator[Span]:
    """The tables that have a column for an action and one for its owner."""
    columns: dict[int, set[str | None]] = {}
    for block in markdown.blocks:
        if block.kind == "cell" and block.header:
            table = markdown.blocks[block.parent].parent
            columns.setdefault(table, set()).add(names.column(text[block.start : block.end].strip(" |*_`")))
    for table, held in columns.items():
        if {"action", "owner"} <= held:
            yield Span(markdown.blocks[table].start, markdown.blocks[table].end)


def _front_matter(text: str, markdown: Markdown) -> Mapping[str, object]:
    """The keys of the front matter; none when there is none or it cannot be read."""
    block = next((block for block in markdown.blocks if block.kind == "metadata"), None)
    if block is None:
        return {}
    inner = "\n".join(text[block.start : block.end].splitlines()[1:-1])
    try:
        value = tomllib.loads(inner) if text.startswith("+++", block.start) else _yaml(inner)
    except (ValueError, RecursionError):
        return {}
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _yaml(text: str) -> object:
    import yaml

    if too_deep(text):
        raise ValueError("nested too deeply")
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _title(text: str, markdown: Markdown, front_matter: Mapping[str, object], names: SectionNames) -> Span | None:
    """The front matter's title, or else the first heading when it is the top one and names no section."""
    for block in markdown.blocks:
        if block.kind == "metadata" and front_matter.get("title"):
            match = re.compile(r"^title\s*[:=]\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE).search(
                text, block.start, block.end
            )
            if match:
                return Span(*match.span(1))
    headings = [block for block in markdown.blocks if block.kind == "heading"]
    if not headings or headings[0].level > min(block.level for block in headings):
        return None
    name = heading_name(text, markdown, headings[0])
    alone = headings[0].level == 1 and sum(block.level == 1 for block in headings) == 1 and len(headings) > 1
    return name if name.end > name.start and (alone or not names.kinds(text[name.start : name.end])) else None


def leaves(document: Document) -> Iterator[Block]:
    """The blocks that hold text, in order."""
    return (block for block in document.blocks if block.kind in LEAVES)
