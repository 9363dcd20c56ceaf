"""Patterns: how they are read, what word classes stand for, and which words of a text wake them."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from blamecheck.patterns import PERSON, UNSPACED, Node, PatternError, parse, whole_words, word_class
from blamecheck.triggers import LONGEST_PREFIX, Trigger, triggers

ROLES = ["engineer", "on-call engineer", "dba"]
SOFT = [r"\b", "(?=x)"]
CLASSES = {"role": word_class(ROLES, {}), "edge": word_class(SOFT, {})}
CLASSES["actor"] = word_class(["{role}", "{person}", "we"], CLASSES)


def found(pattern: str, text: str) -> list[str]:
    """What a pattern matches in a text, case aside."""
    return [match[0] for match in regex.finditer(whole_words(parse(pattern, CLASSES)), text, regex.IGNORECASE)]


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("fat finger", "a fat finger, a fat\n  finger, a Fat Finger", ["fat finger", "fat\n  finger", "Fat Finger"]),
        ("fat finger", "a fat-finger, a flat finger, a fat fingerprint", []),
        ("don't", "don't don’t dont", ["don't", "don’t"]),
        ("fail(?:s|ed)? to", "fails to fail to failed  to", ["fails to", "fail to", "failed  to"]),
        ("fail(?:s|ed)? to", "faillissement to failure to", []),
        ("the {role} forgot", "The on-call engineer forgot. The DBA won.", ["The on-call engineer forgot"]),
        ("{role}", "on-call engineer", ["on-call engineer"]),
        ("{actor} broke", f"{PERSON * 3} broke it; we broke it", [f"{PERSON * 3} broke", "we broke"]),
        ("{person}", f"by {PERSON * 4}.", [PERSON * 4]),
        ("{person}", f"x{PERSON}", []),
        ("broke", f"{PERSON}broke", []),
        (r"C\+\+", "C++ and C", ["C++"]),
        (r"\d{1,3} users", "12 users, 1234 users", ["12 users"]),
        (r"\p{Lu}\w+ did", "Kim did", ["Kim did"]),
        ("[]x]y", "]y xy zy", ["]y", "xy"]),
        ("[^]x]y", "]y xy zy", ["zy"]),
        (r"[\]x]y", "]y xy", ["]y", "xy"]),
        ("(?<=by )(?P<span>hand)", "by hand, a hand", ["hand"]),
        ("(?i:ops)(?! team)", "Ops team, ops", ["ops"]),
        ("(?-i:IT)", "it IT", ["IT"]),
        ("ヒューマンエラー", "原因はヒューマンエラーです", ["ヒューマンエラー"]),
        ("menschliches Versagen", "Es war menschliches\r\nVersagen.", ["menschliches\r\nVersagen"]),
        ("a|b c", "a, b c, b", ["a", "b c"]),
        ("{edge}x", "x", ["x"]),
        ("x??y", "xy", ["xy"]),
        ("(?:ab){2,}+", "abab", ["abab"]),
    ],
)
def test_what_a_pattern_matches(pattern: str, text: str, matches: list[str]) -> None:
    assert found(pattern, text) == matches


@pytest.mark.parametrize(
    ("pattern", "error"),
    [
        ("a {rule} b", "unknown word class {rule} at 3 in 'a {rule} b'"),
        ("a {not a class}", "not a word class at 3"),
        ("a {role", "not a word class at 3"),
        ("a (b", "unclosed group at 3"),
        ("a [b", "unclosed set at 3"),
        (r"[b\]", "unclosed set at 1"),
        ("a) b", "unexpected ')' at 2"),
        ("(?s:a)", "unknown kind of group at 2"),
        ("(?#note)", "unknown kind of group at 2"),
    ],
)
def test_what_cannot_be_read(pattern: str, error: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse(pattern, CLASSES)
    assert error in str(caught.value)


def test_a_class_tries_its_longest_entry_first() -> None:
    assert word_class(["on", "on-call", "on-call engineer"], {}).regex == r"(?:on-call\s+engineer|on-call|on)"


def test_a_class_that_only_looks_around_takes_no_text() -> None:
    assert CLASSES["edge"].kind == "empty"
    assert CLASSES["role"].kind == "choice"


def test_a_quantifier_holds_for_a_whole_class() -> None:
    assert found("(?:the )?{role}* left", "the dba left") == ["the dba left"]
    assert found("{role}{2}", "dbadba") == ["dbadba"]


def words(*texts: str) -> frozenset[Trigger]:
    """Triggers: whole words, and beginnings with an asterisk."""
    return frozenset(Trigger(text.rstrip("*"), text.endswith("*")) for text in texts)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("fat finger", [words("fat"), words("finger")]),
        ("human error", [words("human"), words("error")]),
        ("the error", [words("error"), words("the")]),
        ("Error", [words("error")]),
        (r"careless\w*", [words("careless*")]),
        (r"ab\w*", []),
        (r"\w*fault", []),
        ("fails?", [words("fail*")]),
        ("fail(?:s|ed)?", [words("fail*")]),
        ("sloppy|careless", [words("sloppy", "careless")]),
        ("sloppy|", []),
        ("(?:very )?sloppy", [words("sloppy")]),
        ("{role} forgot", [words("forgot"), words("engineer", "on", "call", "dba")]),
        ("{person} broke", [words(PERSON), words("broke")]),
        ("don't", [words("don"), words("t")]),
        ("人為的ミス", [frozenset({Trigger(UNSPACED, False)})]),
        (r"\d+", []),
        ("(?:a|b)?", []),
        (f"{'x' * 30}y*", [words(f"{'x' * LONGEST_PREFIX}*")]),
    ],
)
def test_the_words_that_a_match_cannot_do_without(pattern: str, needs: list[frozenset[Trigger]]) -> None:
    got = triggers(parse(pattern, CLASSES))
    if pattern == "{role} forgot":  # one word of each entry is enough
        assert got[0] == words("forgot")
        assert {trigger.word for trigger in got[1]} <= {trigger.word for trigger in needs[1]}
    else:
        assert set(got) == set(needs)


def test_rare_words_come_before_common_ones() -> None:
    assert triggers(parse("the error", {}))[0] == words("error")
    assert triggers(parse("we should have known", {}))[0] == words("known")


ATOMS = st.sampled_from(["fail", "ed", "to", " ", "{role}", "(?:a|bc)", "x?", "[xy]", r"\d", "-", "'", "(?:old )?"])


@given(st.lists(ATOMS, min_size=1, max_size=6), st.data())
def test_a_text_that_a_pattern_matches_has_its_words(atoms: list[str], data: st.DataObject) -> None:
    """No pattern sleeps through a text that it would match."""
    node: Node = parse("".join(atoms), CLASSES)
    text = data.draw(st.from_regex(re.compile(f"\\A(?:{node.regex})\\Z", re.ASCII)))
    if not regex.search(whole_words(node), text):
        return
    held = set(re.findall(r"[^\W_]+", text.casefold()))
    for needed in triggers(node):
        assert any(
            trigger.word in held or (trigger.prefix and any(word.startswith(trigger.word) for word in held))
            for trigger in needed
        )
