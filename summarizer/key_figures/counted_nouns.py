"""The noun behind a number of people, and whether the words behind it tell what befell them."""

from __future__ import annotations

import re

from summarizer.language.calendar import A_DAY
from summarizer.language.word_lists import listed
from summarizer.lazy_pattern import lazy_pattern

_WORD = lazy_pattern(r"[ -](\w[\w’'-]*)")
_MOST = 7
"""Words behind a number among which its noun stands."""

_ENDS = lazy_pattern(
    r"(?:of|in|on|at|after|by|to|from|that|who|which|and|or|but|when|as|amid|with|for|over|across|before|"
    r"during|near|off|outside|inside|around|under|along|since|while|was|were|is|are|has|had|have|been|kill\w*|dead|died|perished|martyred|"
    rf"shot|lost|slain|drowned|injur\w*|wound\w*|hurt|hospital\w*|missing|\w+ing|{A_DAY})",
    re.IGNORECASE,
)
"""A word with which the noun phrase behind a number is over."""

_IRREGULAR = frozenset(
    listed("people men women children police troops personnel crew staff cattle sheep fish")
)
_NO_MEN = frozenset(listed("yemen specimen regimen omen abdomen"))
_ANYBODY = frozenset(listed("people persons individuals others lives victims"))
_ALONE = frozenset({"members"})
"""A noun that says nothing without the word before it."""

_VAGUE = frozenset(
    listed("members nationals officials officers guards personnel workers staff men women")
)
"""Nouns before which a word says more: "crew members", "police officials"."""

_LOOSE = frozenset(listed("other young old innocent senior local more unidentified armed also the"))
_MIXED = lazy_pattern(r", (?:[\w’'-]+ ){0,2}and (?!(?:the|an?|his|her|their|its)\b)")
"""Behind a noun that is not that of all who are counted: "26 men, women and children"."""

_ATTRIBUTE = lazy_pattern(r"\b(?:dead|slain|wounded|injured|missing|martyred)$", re.IGNORECASE)
_PEOPLE = lazy_pattern(
    r" (?:[a-z’'-]+ )?(?:children|people|women|men|bodies|hostages|students|victims|civilians|"
    r"soldiers|workers|miners|migrants|troops|sailors)\b"
)
_ONE = lazy_pattern(r" (?:was|is|has)\b")


def noun_behind(folded: str, end: int) -> str:
    """What a number that ends at `end` counts, in the text's own case; "" for people in general.

    It is the last plural noun before a verb or a preposition: "cops" in "50 cops badly injured".
    """
    said: list[str] = []
    at = end
    while len(said) < _MOST and (found := _WORD.match(folded, at)):
        if _ENDS.fullmatch(found[1]):
            break
        if found[1].lower() in _ANYBODY:
            return ""
        said.append(found[1])
        at = found.end()
        if _is_plural(found[1]) and _MIXED.match(folded, at):
            return ""
    place = next((n for n in reversed(range(len(said))) if _is_plural(said[n])), None)
    if place is None:
        return ""
    noun = said[place] if said[place][0].isupper() else said[place].lower()
    if noun in _VAGUE and place and (more := _more(said, place)):
        return f"{more} {noun}"
    return "" if noun in _ALONE else noun


def _more(said: list[str], place: int) -> str:
    """The word before a vague noun that says which: "crew", "Afghan"; "" where it says nothing."""
    word = said[place - 1]
    part_of_name = word[0].isupper() and place > 1 and said[place - 2][0].isupper()
    loose = word.lower() in _LOOSE or word.endswith("ed") or not word.isalpha()
    return "" if part_of_name or loose else word


def _is_plural(word: str) -> bool:
    low = word.lower()
    if low in _IRREGULAR:
        return True
    if low.endswith("men"):
        return low not in _NO_MEN
    return len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s"))


def only_describes(folded: str, start: int, end: int) -> bool:
    """Whether the words at `start` to `end` only describe: "five slain hostages remain"."""
    return bool(_ATTRIBUTE.search(folded, start, end) and _PEOPLE.match(folded, end))


def is_of_one(folded: str, end: int, last: int) -> bool:
    """Whether a verb in the singular stands between a number and what befell: not its own verb."""
    return _ONE.search(folded, end, last) is not None
