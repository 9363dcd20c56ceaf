"""Titles made comparable: from "## 3. Root **Cause(s)** :mag:" to "root cause"."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々"
_WIDE = re.compile(f"[{CJK}]")
TOKEN = re.compile(rf"[{CJK}]|[^\s{CJK}]+")

LONGEST = 1000
"""Characters of a title."""
_SIMPLE = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]+)*[:?.]?")
_MARKUP = (
    (re.compile(r"<[a-z/!][^>]*>", re.IGNORECASE), " "),
    (re.compile(r"\{[#.:][^}]*\}"), " "),
    (re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?"), " "),
    (re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"(?<!\w):[a-z0-9_+-]*[a-z][a-z0-9_+-]*:", re.IGNORECASE), " "),
    (re.compile("[0-9#*]\ufe0f?\u20e3"), " "),
    (re.compile(r"\((?:s|e?n|e?r|es)\)|(?<=[^\W\d_])(?:/(?:s|n)|[/*:_]in(?:nen)?|(?:·\w+)+)\b"), ""),
    (re.compile(r"[*`~_#]"), " "),
    (re.compile("[\u2018\u2019\u02bc\u00b4]"), "'"),
    (re.compile("[\u2010\u2011\u00ad]"), "-"),
)
_UNSEEN = {"So", "Sk", "Cf", "Mn", "Co", "Cn"}
_PARENTHESES = re.compile(r"\([^()]*\)")
_NUMBERING = re.compile(
    r"(?:(?:step|section|part|phase|schritt|teil|etape|paso|passo)\s+)?"
    r"(?:\d+(?:\.\d+)+[.):]?\s+|\d+(?:\.\d+)*[.):](?!\d)|[ivxlc]+[.)]\s|[a-z][.)]\s|"
    rf"\d{{1,2}}\s+(?!x?\s?why|x?\s?warum|pourquoi|porque|por\s)|\d{{1,2}}(?=[{CJK}])(?!\d?[つ个個次x])|"
    r"第?[一二三四五六七八九十]+[、.章节節:])\s*"
)
_JOINERS = frozenset("& / + , ; and und sowie or oder et ou y e plus".split())
_EDGES = ' \t\r\n:.#?!-–—・、。，,;|•>/&+=~“”"«»[]【】「」『』〜¿¡'

_ARTICLES = frozenset(
    "the this that these those our my an a der die das des dem den le la les el los las o os as um".split()
)
_CONTRACTIONS = (
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"(?<=\bi)'m\b"), " am"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"(?<=\bwhat)'s\b"), " is"),
)
_FIRST_PERSON = ((re.compile(r"\bi am\b"), "we are"), (re.compile(r"\bam i\b"), "are we"), (re.compile(r"\bi\b"), "we"))
_ELISION = re.compile(r"\b(?:[dcjlmnst]|qu)'(?=\w)")
_SUBTITLE = re.compile(r"\s+[-|]+\s+|\s*[–—→]\s*|:(?!\d)\s*")
_CJK_JOINER = re.compile(
    rf"(?<=[{CJK}])\s*(?:以及|(?<![参參波涉缓緩])[和与與及・、]|(?<!こ)と(?=[^めはこい]))\s*(?=[{CJK}])"
)
_SEPARATOR = re.compile(r"([&/+,;])")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


def normalise(title: str) -> str:
    """The words of a title in lower case, without numbers before it, emoji, markup, accents and end marks.

    What is in parentheses goes too, unless nothing else is left. What separates words (and, &, comma,
    slash, colon) stays. Of a title that is too long to be one, only the beginning counts.
    """
    title = title[:LONGEST]
    if _SIMPLE.fullmatch(title):
        return title.casefold().rstrip(":?.")
    text = unicodedata.normalize("NFKC", html.unescape(title))
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    text = "".join(char for char in _fold(text) if unicodedata.category(char) not in _UNSEEN)
    text = (_bare(text) or text.strip(_EDGES + "()")).casefold()
    numbering = _NUMBERING.match(text)
    return " ".join(text[numbering.end() if numbering else 0 :].strip(_EDGES).split())


def _bare(text: str) -> str:
    """The text without what is in parentheses, nested ones too."""
    while (shorter := _PARENTHESES.sub(" ", text)) != text:
        text = shorter
    return text.strip(_EDGES)


def _fold(text: str) -> str:
    """The text without the accents of Latin letters; kana keep their voicing marks."""
    if text.isascii():
        return text
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", plain)


def key(title: str) -> str:
    """The form that names are compared in: tokens with one blank between, no articles and apostrophes.

    What separates the parts of a title is a token of its own: " : " before a subtitle, " & " in place of
    和 and と, and the other signs as they are. One person tells it as a team does: "what I did" is "what we did".
    """
    text = _SUBTITLE.sub(" : ", normalise(title))
    if "'" in text:
        for pattern, replacement in _CONTRACTIONS:
            text = pattern.sub(replacement, text)
        text = _ELISION.sub("", text).replace("'", "")
    for pattern, replacement in _FIRST_PERSON:
        text = pattern.sub(replacement, text)
    if not text.isascii():
        text = _CJK_JOINER.sub(" & ", text)
    text = _HYPHEN.sub(" ", _SEPARATOR.sub(r" \1 ", text))
    words = [word.strip('?!"“”') for word in text.split()]
    return " ".join([word for word in words if word and word not in _ARTICLES] or words)


def stands(name: str, text: str, start: int) -> int:
    """Where a name that starts at a place in a text ends, 0 if it is not there; "..." skips up to six words."""
    head, _, tail = name.partition(" ... ")
    end = start + len(head)
    if not text.startswith(head, start) or not _ends(text, end):
        return 0
    if not tail:
        return end
    found = text.find(f" {tail}", end)
    words, end = text.count(" ", end, found), found + 1 + len(tail)
    return end if found >= 0 and words <= 6 and _ends(text, end) else 0


def _ends(text: str, end: int) -> bool:
    """Whether a word ends here: at a blank, at the end, beside a character of a script without blanks."""
    return end == len(text) or text[end] == " " or bool(_WIDE.search(text, end - 1, end + 1))


def parts(text: str, names: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Offsets of the parts of a key that joiners separate; a joiner within a name's offsets is none."""
    inside = {place for start, end, _ in names for place in range(start, end)}
    found, start = [], 0
    for token in TOKEN.finditer(text):
        if token[0] in _JOINERS and token.start() not in inside:
            found.append((start, token.start() - 1))
            start = token.end() + 1
    return [(start, end) for start, end in [*found, (start, len(text))] if end > start]
