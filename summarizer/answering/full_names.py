"""Tells a name of several words from another one that ends alike: "Sugar Bowl", "Cotton Bowl"."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.answering.matching import Match
from summarizer.answering.question import Question
from summarizer.language.names import is_title
from summarizer.language.text import Text

HEADLINE = 0.8


def names_another(question: Question, match: Match) -> bool:
    """Whether a statement has the last word of an asked name only behind another first word."""
    text = match.statement.read
    if not question.names or is_headline(text):
        return False
    return any(_is_another(text, name) for name in question.names)


def is_headline(text: Text) -> bool:
    """Whether most words are capitalised."""
    long = [token.word.capital for token in text.words if len(token.word.low) > 3]
    return sum(long) > HEADLINE * len(long)


def _is_another(text: Text, name: Sequence[str]) -> bool:
    places = [at for at, stem in enumerate(text.stems) if stem == name[-1]]
    return bool(places) and all(_has_other_first(text, at, name) for at in places)


def _has_other_first(text: Text, at: int, name: Sequence[str]) -> bool:
    if at == 0 or text.folded[text.words[at - 1].end : text.words[at].start] != " ":
        return False
    before = text.words[at - 1].word
    return before.capital and not is_title(before.low) and before.stem not in name
