"""Chooses the statements that answer a question, the newest first, or the closest ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.models import Article, CitedField
from summarizer.answering.figures import TOLLS, figure
from summarizer.answering.full_names import names_another
from summarizer.answering.matching import Match, matched
from summarizer.answering.question import Asks, Question, parsed
from summarizer.answering.reasons import gives_reason
from summarizer.answering.retrieval import closest_to
from summarizer.answering.statements import Statement, statements
from summarizer.answering.truth import Verdict, verdict
from summarizer.answering.when_and_where import tells_place, tells_time
from summarizer.answering.who import is_of_another, names_somebody
from summarizer.language.content_words import words

READ = 24
"""The articles whose sentences are compared with the question."""

NEAR = 0.15
"""Answers whose share is at most so much below the best one are as good as it."""

CLOSEST = 0.35
"""A sentence with less of the question's words is not even close."""

LEADING = 0.05
"""What a title or a lead is ahead of another sentence."""

LONGEST = 400
"""The characters of a sentence that is shown although it is no answer."""

OF_ANOTHER = 0.2
"""What a figure falls behind whose act is told of somebody else than was asked about."""

LESS = 0.08
"""An earlier figure answers at most so much less well than the newest."""

EARLIER = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored title or sentence: `article[field][start:end] == text`; `share` is 0..1.

    `figure` is the number that answers the question, as it is said, `value` and `unit` what it is;
    `outlets` are the other sources that say the same. `leads` is true of the title and the lead.
    """

    article: Article
    field: CitedField
    text: str
    start: int
    end: int
    share: float
    figure: str = ""
    value: float | None = None
    unit: str = ""
    leads: bool = False
    verdict: Verdict | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The passages that answer a question, best first, or only the closest ones.

    `answered` is false where the passages are only close. `earlier` are figures that the first
    passage replaces, newest first, and `others` are those of other events. `verdict` is what the
    first passage says to "did" and "is".
    """

    answered: bool
    passages: tuple[Passage, ...] = ()
    earlier: tuple[Passage, ...] = ()
    others: tuple[Passage, ...] = ()
    verdict: Verdict | None = None


_FIGURES = frozenset({Asks.COUNT, Asks.AMOUNT, Asks.MEASURE, Asks.SPAN, Asks.AGE})
_TYPES: dict[Asks, Callable[[Question, Match], bool]] = {
    Asks.PERSON: names_somebody,
    Asks.TIME: tells_time,
    Asks.PLACE: tells_place,
    Asks.REASON: gives_reason,
}


def answer(question: str, articles: Sequence[Article], limit: int = 3) -> Answer:
    """Answer a question from the given articles with at most `limit` passages."""
    asked = parsed(question)
    if not asked.terms:
        return Answer(False)
    near = closest_to(asked, articles, READ)
    matches = [
        matched(asked, statement, near.meant)
        for article in near.articles
        for statement in statements(article)
        if not statement.said.isdisjoint(near.meant.spoken)
    ]
    matches.sort(key=lambda each: -each.share)
    found = _answers(asked, matches)
    if not found:
        return Answer(False, tuple(_closest(matches, limit)))
    return _ordered(asked, found, limit)


def _answers(asked: Question, matches: Sequence[Match]) -> list[Passage]:
    """The complete matches of the right type, the best of each article."""
    found: dict[str, Passage] = {}
    for match in matches:
        key = match.statement.article.id
        if key in found or not match.complete or not match.statement.is_fit():
            continue
        if names_another(asked, match):
            continue
        if passage := _passage(asked, match):
            found[key] = passage
    return list(found.values())


def _passage(asked: Question, match: Match) -> Passage | None:
    if asked.asks in _FIGURES:
        return _figure(asked, match)
    if asked.asks is Asks.TRUTH:
        told = verdict(asked, match)
        unclear = told is Verdict.UNCLEAR or is_of_another(asked, match)
        return None if unclear else replace(_plain(match), verdict=told)
    fits = _TYPES.get(asked.asks)
    if fits is not None and not fits(asked, match):
        return None
    return _plain(match)


def _figure(asked: Question, match: Match) -> Passage | None:
    number = None if match.contrary else figure(asked, match)
    if number is None:
        return None
    share = match.share - OF_ANOTHER * is_of_another(asked, match)
    told = replace(_plain(match), figure=number.said, value=number.value, unit=number.unit)
    return replace(told, share=share)


def _plain(match: Match) -> Passage:
    at: Statement = match.statement
    place = at.start, at.end
    return Passage(at.article, at.field, at.text, *place, match.share, leads=at.leads)


def _ordered(asked: Question, found: list[Passage], limit: int) -> Answer:
    best = max(each.share for each in found)
    near = [each for each in found if each.share >= best - NEAR]
    near.sort(key=lambda each: each.article.published_at, reverse=True)
    if asked.asks in _FIGURES:
        return _figures(asked, near)
    near.sort(key=lambda each: -round(each.share + LEADING * each.leads, 1))
    shown = _different([each for each in near if each.verdict is near[0].verdict])[:limit]
    return Answer(True, tuple(shown), verdict=shown[0].verdict)


def _figures(asked: Question, near: list[Passage]) -> Answer:
    """The newest figure first; each other one once, with its newest date."""
    newest = _newest(near)
    articles = Counter(each.value for each in near)
    outlets = dict.fromkeys(
        each.article.source
        for each in near
        if each.value == newest.value and each.article.source != newest.article.source
    )
    named = any(term.name for term in asked.terms)
    earlier: dict[float | None, Passage] = {}
    others: dict[float | None, Passage] = {}
    for each in near:
        if each.value == newest.value or not (each.leads or articles[each.value] > 1):
            continue
        if not named and each.article.story_id != newest.article.story_id:
            others.setdefault(each.value, each)
        elif _is_replaced(each, newest):
            earlier.setdefault(each.value, each)
    first = replace(newest, outlets=tuple(outlets))
    return Answer(True, (first,), _few(earlier), _few(others))


def _few(passages: dict[float | None, Passage]) -> tuple[Passage, ...]:
    return tuple(passages.values())[:EARLIER]


def _newest(near: Sequence[Passage]) -> Passage:
    """The newest figure; one that several articles state goes before one that a single one does.

    A toll does not fall: a smaller one is of some of the people only.
    """
    articles = Counter(each.value for each in near)
    agreed = [each for each in near if articles[each.value] > 1]
    if near[0].unit in TOLLS:
        least = max((each.value or 0 for each in agreed), default=0)
        return next(each for each in near if (each.value or 0) >= least)
    return near[0] if near[0].leads or not agreed else agreed[0]


def _is_replaced(earlier: Passage, newest: Passage) -> bool:
    """Whether an older figure is of the same kind, and answers about as well."""
    older = earlier.article.published_at < newest.article.published_at
    smaller = newest.unit not in TOLLS or (earlier.value or 0) < (newest.value or 0)
    alike = earlier.unit == newest.unit and newest.share - earlier.share < LESS
    return older and smaller and alike


def _closest(matches: Sequence[Match], limit: int) -> list[Passage]:
    """The sentences that share most words with the question, one an article."""
    found: dict[str, Passage] = {}
    for match in matches:
        if match.share < CLOSEST or len(found) == limit:
            break
        at = match.statement
        if at.article.id not in found and len(at.text) <= LONGEST and at.is_fit():
            found[at.article.id] = _plain(match)
    return _different(list(found.values()))


def _different(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without those that another article has word for word."""
    kept: dict[str, Passage] = {}
    for each in passages:
        kept.setdefault(" ".join(words(each.text)), each)
    return list(kept.values())
