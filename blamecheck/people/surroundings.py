"""What stands around a candidate: verbs and nouns after it, prepositions and titles before it, its entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blamecheck.document import Document
from blamecheck.people.candidates import Candidate
from blamecheck.people.entries import Entry, entry_at
from blamecheck.people.evidence import Evidence
from blamecheck.people.words import Words

_WORD = re.compile(r"[^\W_][\w'’-]*")
_GAP = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?")
_TITLE_OF = re.compile(r"\s(?:in|of|and|vs)\s+(?:the\s+)?[A-Z]\w+")
_LOCATED = re.compile(r"\b(?:on|in|at|via|using|across)\s+[A-Z][\w-]+(?:,\s+[A-Z][\w-]+)*(?:,|,?\s+(?:and|or|&))\s+$")
_PRONOUN = re.compile(r"[a-z]+ (?:that )?(he|she|they|I)(?:['’](?:s|d|ll|m|ve|re))?\b")
_COORDINATED = re.compile(r"(?:,|,?\s(?:and|or)|\s&|\s?\+|/)\s+$|/$")


def clues(candidate: Candidate, document: Document, words: Words, known: bool) -> list[Evidence]:
    """The clues around a candidate; `known` says that it is in a list of names."""
    prose, sentence = document.prose, candidate.sentence
    line = prose.rfind("\n", 0, candidate.start) + 1
    before = prose[max(sentence.start, candidate.start - 80) : candidate.start]
    start = candidate.end + (len(_possession(prose, candidate.end)) if candidate.possessive else 0)
    after = prose[start : min(sentence.end, start + 100)]
    opening = prose[line : candidate.start]
    entry = entry_at(opening, candidate.start, document) if len(opening) < 90 else None
    found = _before(before, entry, candidate, words)
    found += _owned(after, words) if candidate.possessive else _after(after, before, entry, candidate, words, known)
    found = [evidence._replace(around=True) for evidence in found]
    if entry:
        found.append(Evidence("entry"))
    return found


def _possession(prose: str, at: int) -> str:
    match = re.compile(r"['’]s?").match(prose, at)
    return match[0] if match else ""


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Each word with what stands between it and the word before."""
    at = 0
    for match in _WORD.finditer(text):
        yield match[0], text[at : match.start()]
        at = match.end()


def _owned(after: str, words: Words) -> list[Evidence]:
    """What a possessive owns, up to three words on."""
    for number, (word, gap) in enumerate(_words(after)):
        if number > 2 or gap.strip(" \t\r\n\"“'*_") or gap.count("\n") > 1:
            break
        key = word.casefold()
        if key in words.sets["laws"] and number < 2:
            return [Evidence("law", word)]
        if key in words.sets["belongings"]:
            return [Evidence("owns", word)]
    return []


def _after(
    after: str, before: str, entry: Entry | None, candidate: Candidate, words: Words, known: bool
) -> list[Evidence]:
    sets = words.sets
    named = candidate.parts[0].casefold() not in words.plain
    if entry == "timed" and named and re.match(r"\s*(?:\([^()]{1,30}\))?\s*[:\])>]", after):
        return [Evidence("speaker")]
    if re.match(r"\s*,?\s*(?:and|&)\s+(?:I|me|myself)\b", after):
        return [Evidence("joined")]
    if _TITLE_OF.match(after) and before.casefold().endswith("the "):
        return [Evidence("phrase", after.strip()[:20].strip())]
    gap = _GAP.match(after)
    rest = after[gap.end() :] if gap else after
    sequence = list(_words(rest))[:6]
    if not sequence:
        return []
    first, between = sequence[0]
    key = first.casefold()
    if re.match(r"\s*\((?:he|she|they)/", after):
        return [Evidence("who", "they")]
    if between.strip():
        who = between.strip() == "," and key in ("who", "whom", "our", "my")
        return [Evidence("who", f", {first}")] if who else []
    if key in ("who", "whom"):
        return [Evidence("who", first)]
    if key in sets["companies"] and (
        first[0].isupper() or key in ("team", "teams", "support", "group", "engineers", "engineering", "community")
    ):
        return [Evidence("company", first)]
    verb = _verb(sequence, before, entry, words, known)
    if verb:
        return [verb, Evidence("who", pronoun[1])] if (pronoun := _PRONOUN.match(rest)) else [verb]
    if key in sets["laws"] and len(candidate.parts) == 1 and not re.match(r"\s*\(", after) and key == "law":
        return [Evidence("law", first)]
    if key in sets["things"]:
        return [Evidence("thing", first)]
    if (
        first[0].isupper()
        and key not in ("i",)
        and candidate.form == "name"
        and not (entry and candidate.shape == "initials")
        and "\n" not in after[: gap.end() if gap else 0]
    ):
        return [Evidence("run-on", first)]
    return []


def _verb(
    sequence: list[tuple[str, str]], before: str, entry: Entry | None, words: Words, known: bool
) -> Evidence | None:
    """The verb that agrees with the candidate as its subject."""
    sets, helped = words.sets, ""
    for number, (word, gap) in enumerate(sequence):
        key = word.casefold()
        if number and gap.strip():
            return None
        if key in sets["adverbs"]:
            continue
        if key in sets["auxiliaries"] and not helped:
            helped = key
            continue
        if helped and key in sets["states"]:
            return Evidence("human", word)
        kind = words.verbs.get(word)
        if key in sets["plurals"] and not entry and not known:
            return None
        if kind is None or not _agrees(key, helped, before, entry, words):
            return None
        return Evidence(kind, word)
    return None


def _agrees(key: str, helped: str, before: str, entry: Entry | None, words: Words) -> bool:
    """Whether a form can follow one person: not a plain form, -ing only in notes and after "was"."""
    if key.endswith("ing") and key not in words.plain:
        return bool(helped or entry)
    if key in words.plain:
        return bool(_COORDINATED.search(before))
    return helped not in ("was", "is", "were", "are")


def _before(before: str, entry: Entry | None, candidate: Candidate, words: Words) -> list[Evidence]:
    sets = words.sets
    found: list[Evidence] = []
    run = [word.casefold() for word in _WORD.findall(before)][-4:]
    if not run or entry:
        return found
    gap = before[-(len(before) - max((m.end() for m in _WORD.finditer(before)), default=0)) :] if before else ""
    close = not gap.strip(" \t\r\n*_[")
    last = run[-1]
    second = run[-2] if len(run) > 1 else ""
    if (close or gap.strip() == ".") and last in sets["namesakes"] and candidate.form == "name":
        return [Evidence("phrase", last)]
    if candidate.form == "login" and last in sets["login-titles"] and gap.strip() in ("", ":", "="):
        return [Evidence("login-title", last)]
    if last in sets["titles"] and candidate.parts[0][0].isupper() and (close or gap.strip() in (".", ",")):
        found.append(Evidence("title", last))
    if _LOCATED.search(before):
        found.append(Evidence("located", last))
        return found
    if not close:
        return found
    if last == "by" and second in sets["participles"]:
        found.append(Evidence("by"))
    elif last in sets["objects"] and (candidate.form != "login" or last.endswith(("ed", "ld", "ke", "pings", "asks"))):
        found.append(Evidence("object", last))
    elif last in ("in", "on") and second in sets["summons"]:
        found.append(Evidence("object", f"{second} {last}"))
    elif last in ("to", "with", "from", "by", "of", "on", "over", "for", "up") and set(run[-4:-1]) & sets["handovers"]:
        found.append(Evidence("object", " ".join(run[-2:])))
    elif last in sets["determiners"]:
        found.append(Evidence("determiner", last))
    elif last in sets["locations"]:
        found.append(Evidence("located", last))
    return found
