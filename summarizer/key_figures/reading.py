"""The figures that an article states of its own news, each with its sentence and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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

OPENING = 2
"""The sentences that, with the title, say what an article is about."""

_HARM = lazy_pattern(
    r"kill|dea[dt]h?|\bdie|\bdying|toll|martyr|slain|drown|injur|wound|hurt|casualt|victim|crash|"
    r"lives|shot|shooting|blast|attack|strike|quake|shell",
    re.IGNORECASE,
)
_ABOUT = {
    Kind.KILLED: _HARM,
    Kind.INJURED: _HARM,
    Kind.MISSING: lazy_pattern(r"missing|unaccounted|rescue|search|capsiz|collaps|drown", re.I),
    Kind.DISPLACED: lazy_pattern(
        r"displac|homeless|flee|fled|flood|quake|refugee|strike|shell", re.I
    ),
    Kind.EVACUATED: lazy_pattern(r"evacuat|fire|flood|erupt|storm|cyclone|hurricane", re.I),
    Kind.ARRESTED: lazy_pattern(r"arrest|detain|held|raid|custody|bust|apprehend", re.I),
    Kind.WITHOUT_POWER: lazy_pattern(r"power|outage|blackout|electric|storm|grid", re.I),
}
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
    found: list[Stated] = []
    told: set[tuple[Kind, str]] = set()
    for sentence in sentences:
        for each, country in _in_sentence(sentence, written):
            if not _is_its_own(each, sentence, about):
                continue
            key = each.kind, "" if each.kind in INCIDENTS else each.of
            if key not in told:
                told.add(key)
                found.append(Stated(each, sentence, country, town))
    return tuple(found)


def _is_its_own(figure: KeyFigure, sentence: Sentence, about: str) -> bool:
    """Whether an article's title or opening tells of what is counted further down."""
    if figure.kind not in INCIDENTS or sentence.index < OPENING:
        return True
    return _ABOUT[figure.kind].search(about) is not None


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
