"""Finds who can act in a text: names, and nouns for people."""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.language.dates import is_calendar
from summarizer.language.names import place_of, placed
from summarizer.language.text import Text
from summarizer.language.vocabulary import ordinary
from summarizer.language.word_lists import listed

_NO_ACTOR = frozenset(
    listed(
        """other others after over under never ever number power water order paper winter summer
        matter weather border quarter former later earlier together whether rather either neither
        number december november october september november per answer letter corner career offer
        center centre river silver recent different current violent silent absent fewer further
        higher lower larger smaller better longer greater major minor senior junior prior labor
        harbor honor important significant instant constant distant
        percent cent event extent content accent advent decent talent patent user"""
    )
)
_ACTOR = re.compile(
    r"(?:police|troops?|army|navy|government|parliament|rebels?|forces?|militants?|court|company|"
    r"group|party|bank|firm|team|crew|union|crowd|people|children|boys?|girls?|mother|father|"
    r"sons?|wife|husband|daughters?|brothers?|sisters?|king|queen|judges?|chief|mob|gang|militia|"
    r"spokes\w+|ministry|club|side|state|city|\w+(?:man|men|woman|women|[^e]ers?|[^aeiou]ors?|"
    r"ists?|ants?|[^m]ents?|[^m]ees|ians?))"
)


def is_somebody(text: Text, at: int) -> bool:
    """Whether a word names a place, a person, a company or a kind of people."""
    word = text.words[at].word
    if place_of(word.low) is not None:
        return True
    if word.capital:
        opens = text.sentences[text.where[at]][0] == at
        named = not is_calendar(word.low) and not (opens and ordinary(word.low))
        return named or is_actor(word.low)
    return is_actor(word.low)


@lru_cache(maxsize=16_384)
def is_actor(low: str) -> bool:
    """Whether a noun stands for people or for a body that acts, such as "court"."""
    return low not in _NO_ACTOR and _ACTOR.fullmatch(low) is not None


def somebodies(text: Text, words: range) -> frozenset[str]:
    """The actors among some words: places by their canonical form, others by their stems."""
    found = [at for at in words if is_somebody(text, at)]
    if not found:
        return frozenset()
    span = text.words[words.start : words.stop]
    where = {at: name for first, last, name in placed(span) for at in range(first, last + 1)}
    return frozenset(where.get(at - words.start, text.stems[at]) for at in found)
