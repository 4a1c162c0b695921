"""Tells what somebody formerly was from the name behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.evidence.moods.clauses import Clauses
from summarizer.evidence.moods.word_kinds import is_finite
from summarizer.language.names import is_title, place_of
from summarizer.language.vocabulary import ordinary


def without_name(clauses: Clauses, nouns: Sequence[int]) -> Sequence[int]:
    """What somebody is, without the name behind it: "child actress" of "child actress Kim"."""
    for before, at in pairwise(nouns):
        word = clauses.text.words[before].word
        if (not word.capital or is_title(word.low)) and _is_name_alone(clauses, at):
            return nouns[: nouns.index(at)]
    return nouns


def _is_name_alone(clauses: Clauses, at: int) -> bool:
    """Whether only a name begins here: not "Korean President", "UN Envoy", "Dorn striker"."""
    first = at
    while at < clauses.end and not (at > first and clauses.parted(at)):
        word = clauses.text.words[at].word
        if not word.capital:
            return at > first and (not word.content or is_finite(word.low))
        if word.acronym or is_title(word.low) or ordinary(word.low) or place_of(word.low):
            return False
        at += 1
    return True
