"""The figures that an article states of its own news, each with its sentence and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from summarizer.key_figures.assertion import is_about_the_past
from summarizer.key_figures.background import OPENING, is_news, is_part
from summarizer.key_figures.kinds import INCIDENTS, KeyFigure, Kind
from summarizer.key_figures.markets import traded
from summarizer.key_figures.measures import measured
from summarizer.key_figures.people import counted
from summarizer.key_figures.places import place_of
from summarizer.language.quotation_marks import inside_quotes
from summarizer.language.sentences import Sentence, split
from summarizer.language.text import Text, read_once
from summarizer.lazy_pattern import lazy_pattern
from summarizer.sentence_rules.boilerplate import is_boilerplate
from summarizer.sentence_rules.cleaning import dateline_town

READ = 2_400
"""Characters of a text that are read."""

LEAD = 5
"""The first sentences, in which an article tells its own news; further down stands background."""

_LONGEST = 600
_NUMBER = lazy_pattern(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|dozen|hundred|thousand|one)\b",
    re.IGNORECASE,
)


_HINT = lazy_pattern(
    r"kill|dea[dt]|die|toll|lives|claim|perish|martyr|slain|drown|injur|wound|hurt|hospital|missing|"
    r"unaccounted|displac|uproot|homeless|flee|fled|driven|evacuat|airlift|safe|arrest|detain|"
    r"apprehend|custody|without|lost|power|electricity|MW|GW|watt|barrel|bpd|b/d|index|[$€£]|Rs|rupee|points|dollar|"
    r"Nasdaq|Dow|S&P|Sensex|Nikkei|FTSE|Nifty",
    re.IGNORECASE,
)
"""A word without which a sentence states no figure of any kind; the others are not analysed."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure with its sentence, the country it is placed in, and the town of the dateline."""

    figure: KeyFigure
    sentence: Sentence
    country: str
    dateline: str


@lru_cache(maxsize=1_024)
def figures_of(title: str, text: str, language: str | None, written: date) -> tuple[Stated, ...]:
    """The figures in the first sentences of an article, in order; one a kind for incidents.

    English alone is read. `written` is the day of the article.
    """
    if (language or "en")[:2] != "en":
        return ()
    sentences = split(text[:READ], language)
    town = dateline_town(sentences[0].text) if sentences else ""
    about = " ".join([title, *(each.text for each in sentences[:OPENING])])
    past = is_about_the_past(title, written)
    found: list[Stated] = []
    told: set[tuple[Kind, str]] = set()
    for sentence in sentences:
        stated = [*_in_sentence(sentence, written)]
        recalled = past or any(is_part(each, title) for each, _ in stated)
        for each, country in stated:
            if each.kind in INCIDENTS and (recalled or not is_news(each, sentence, title, about)):
                continue
            key = each.kind, "" if each.kind in INCIDENTS else each.of
            if key not in told:
                told.add(key)
                found.append(Stated(each, sentence, country, town))
    return tuple(found)


def _in_sentence(sentence: Sentence, written: date) -> Iterator[tuple[KeyFigure, str]]:
    said = sentence.text
    if len(said) > _LONGEST or not (_NUMBER.search(said) and _HINT.search(said)):
        return
    if is_boilerplate(said):
        return
    text = read_once(said)
    for figure in _read(text, sentence.index, written):
        if not inside_quotes(said, figure.start):
            first = next(at for at, each in enumerate(text.words) if each.end > figure.start)
            yield figure, place_of(text, first)


def _read(text: Text, index: int, written: date) -> Iterator[KeyFigure]:
    if index < LEAD:
        yield from counted(text, written)
        yield from measured(text, written)
    yield from traded(text, written)
