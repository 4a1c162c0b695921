"""Finds where a mark is missing between two sentences, and where a comma parts none."""

from __future__ import annotations

from summarizer.evidence.moods.lexicon import VERBS
from summarizer.evidence.moods.word_kinds import SAYS, is_finite
from summarizer.language.text import Text
from summarizer.language.tokens import Word
from summarizer.language.word_lists import listed

_OPENERS = frozenset(listed("the a an he she they it but this these those there their her we"))


def run_on(text: Text, first: int, end: int) -> frozenset[int]:
    """The words that open a sentence behind one without a stop: "in deep thought The batter …"."""
    words = text.words
    return frozenset(
        at
        for at in range(first + 1, end - 1)
        if words[at].word.capital
        and words[at].word.low in _OPENERS
        and _may_end(words[at - 1].word)
        and not words[at + 1].word.capital
    )


def _may_end(word: Word) -> bool:
    """Whether a sentence may end with a word: "thought", not "says", "that" or "the"."""
    leads_on = word.stem in SAYS or VERBS.get(word.stem) == "deny"
    return word.content and not word.capital and not leads_on


def beside_days(text: Text, first: int, end: int) -> frozenset[int]:
    """The words that open a date between two commas, and the verbs that follow it."""
    found: set[int] = set()
    for day in text.days:
        after = day.last + 1
        inside = first < day.first and after < end
        if inside and text.gap(day.first) == text.gap(after) == ", ":
            verb = is_finite(text.words[after].word.low)
            found |= {day.first, after} if verb else {day.first}
    return frozenset(found)
