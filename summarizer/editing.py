"""An editor's judgements: which articles to ask about, and what the answers change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.models import Article, Topic
from summarizer.judgements import MOST_IMPORTANT, Judgement
from summarizer.newsworthiness.judge import JudgedWindow
from summarizer.newsworthiness.scoring import Scored

TRUST = 0.9
"""The share of a judgement in a score; the rest is the local score, which orders what is alike."""

COPY = 0.9
"""What an article is worth beside one that says the same and that the editor was shown."""

SAME = 0.6
"""Articles that are so alike are judged once."""

UNSURE = 0.3
"""The share of an article's chance to be on the topic in its order among those to be judged."""


@dataclass(frozen=True, slots=True)
class Pick:
    """An article to be judged, and others that say the same, to which its judgement applies."""

    article: Article
    copies: tuple[Article, ...] = ()


def picks(windows: Sequence[JudgedWindow], most: int) -> list[Pick]:
    """The articles that are worth a judgement on any of the topics, the likeliest first.

    `windows` holds the same articles, scored on each topic.
    """
    first = windows[0]
    values = [
        max(scored.worth + UNSURE * scored.on_topic for scored in of_article)
        for of_article in zip(*(each.scores for each in windows), strict=True)
    ]
    order = sorted(range(len(values)), key=lambda at: (-values[at], first.articles[at].id))
    chosen: dict[int, list[Article]] = {}
    for at in order:
        like = next((one for one in chosen if first.similar[at, one] >= SAME), None)
        if like is not None:
            chosen[like].append(first.articles[at])
        elif len(chosen) < most:
            chosen[at] = []
    return [Pick(first.articles[at], tuple(copies)) for at, copies in chosen.items()]


def for_copies(judgements: Mapping[str, Judgement], found: Sequence[Pick]) -> dict[str, Judgement]:
    """The judgements by article id, copies included."""
    return {
        article.id: judgements[each.article.id]
        for each in found
        if each.article.id in judgements
        for article in (each.article, *each.copies)
    }


def edited(judged: JudgedWindow, topic: Topic, judgements: Mapping[str, Judgement]) -> JudgedWindow:
    """The window with an editor's judgements, by article id, in its scores; others keep theirs."""
    scores = (
        _scored(scored, topic, article, judgements.get(article.id))
        for article, scored in zip(judged.articles, judged.scores, strict=True)
    )
    return replace(judged, scores=tuple(scores))


def _scored(local: Scored, topic: Topic, article: Article, judgement: Judgement | None) -> Scored:
    if judgement is None:
        return local
    fits = judgement.fits(topic.name)
    importance = judgement.importance / MOST_IMPORTANT if fits else 0.0
    return replace(
        local,
        on_topic=_mixed(float(fits), local.on_topic),
        news=_mixed(float(judgement.is_news), local.news),
        importance=_mixed(importance, local.importance)
        * (1.0 if judgement.article_id == article.id else COPY),
    )


def _mixed(judged: float, local: float) -> float:
    return TRUST * judged + (1 - TRUST) * min(1.0, local)
