"""What tells a labelled day: briefbot by given weights, simple peers, and a configured model.

The peers tell articles with a topic's words in title or lead: those whose titles are most alike by
their headline (keywords, twenty lines) or by their first sentence (lead), those nearest to the
day's mean (centroid), and the newest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from benchmarks.quality.editor_data import LabelledDay, cited
from bot.cli.llm import editor_for
from bot.models import Article, Briefing, Coverage, Topic
from bot.store import Store
from config.settings import Settings
from summarizer.briefing import BriefingRequest, make_briefing
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.language.content_words import stems
from summarizer.language.sentences import split
from summarizer.newsworthiness.articles import read_article
from summarizer.newsworthiness.scoring import Model
from summarizer.newsworthiness.vectors import WordCounts, build_rows, dense
from summarizer.topics.sentence_fit import TopicFit

BULLETS = 5
SAME_WORDS = 3
LEAD_CHARS = 400
PATIENCE = 120.0
"""Seconds that a language model may take for one day."""

Told = tuple[Article, str]
"""The article that a bullet cites first, and the bullet's text."""

System = Callable[[LabelledDay], Mapping[str, Sequence[Told]]]
"""The bullets of a day by topic."""


def briefbot(model: Model | None) -> System:
    """The product's briefing of both topics, by these weights or the shipped ones."""

    def told(day: LabelledDay) -> Mapping[str, Sequence[Told]]:
        return _told(day, asyncio.run(_made(day, model)))

    return told


def language_model(settings: Settings) -> System:
    """The product's briefing as judged and worded by the configured model."""
    return lambda day: _told(day, asyncio.run(_edited(day, settings)))


def _request(day: LabelledDay) -> BriefingRequest:
    topics = tuple(each.topic for each in day.material)
    return BriefingRequest(topics, day.window, BULLETS, "UTC")


def _coverage(day: LabelledDay) -> Coverage:
    return Coverage(len(day.articles), 0, 0, (), None)


async def _made(day: LabelledDay, model: Model | None) -> Briefing:
    now = datetime.now(UTC)
    writer = ExtractiveSummarizer()
    return await make_briefing(
        _request(day), day.material, {}, _coverage(day), writer, now, model=model
    )


async def _edited(day: LabelledDay, settings: Settings) -> Briefing:
    store = Store.open("sqlite://")
    await store.migrate()
    editor = editor_for(settings.model_copy(update={"llm_seconds": PATIENCE}), store)
    if editor is None:
        raise ValueError("editor: no language model is configured")
    now = datetime.now(UTC)
    try:
        until = await editor.deadline(None)
        judged = await editor.judge(day.material, day.window, BULLETS, now, until)
        made = await make_briefing(
            _request(day),
            day.material,
            {},
            _coverage(day),
            ExtractiveSummarizer(),
            now,
            judged.judgements,
        )
        return await editor.edited(
            replace(made, calls=judged.calls), day.material, now, None, until
        )
    finally:
        await editor.close()
        await store.close()


def _told(day: LabelledDay, briefing: Briefing) -> dict[str, list[Told]]:
    known = dict(cited(day))
    return {
        section.topic: [
            (known[each.citations[0].article_id], each.text) for each in section.bullets
        ]
        for section in briefing.sections
    }


def _by_topic(choose: Callable[[list[Article], Topic], list[Told]]) -> System:
    def told(day: LabelledDay) -> dict[str, list[Told]]:
        topics = [each.topic for each in day.material]
        return {topic.name: choose(_on_topic(day, topic), topic) for topic in topics}

    return told


def _on_topic(day: LabelledDay, topic: Topic) -> list[Article]:
    fit = TopicFit(topic)
    return [a for a in day.articles if fit.of(a.title) + fit.of(a.text[:LEAD_CHARS]) > 0]


def _likeliest(found: list[Article]) -> list[Article]:
    """The articles whose titles are most alike to others', without those that repeat one."""
    words = {each.id: frozenset(stems(each.title)) for each in found}
    likes = {
        one: sum(len(mine & other) >= SAME_WORDS for other in words.values())
        for one, mine in words.items()
    }
    told: list[Article] = []
    for each in sorted(found, key=lambda article: (-likes[article.id], article.id)):
        if all(len(words[each.id] & words[other.id]) < SAME_WORDS for other in told):
            told.append(each)
    return told[:BULLETS]


def _keywords(found: list[Article], _: Topic) -> list[Told]:
    return [(each, each.title) for each in _likeliest(found)]


def _lead(found: list[Article], _: Topic) -> list[Told]:
    return [(each, _first_sentence(each)) for each in _likeliest(found)]


def _first_sentence(article: Article) -> str:
    return next((each.text for each in split(article.text[:4_000])), article.title)


def _centroid(found: list[Article], _: Topic) -> list[Told]:
    if not found:
        return []
    rows = dense(build_rows([WordCounts.of(read_article(each)) for each in found]))
    order = np.argsort(-(rows @ rows.mean(0)), kind="stable")[:BULLETS]
    return [(found[int(at)], found[int(at)].title) for at in order]


def _newest(found: list[Article], _: Topic) -> list[Told]:
    latest = sorted(found, key=lambda each: each.published_at, reverse=True)[:BULLETS]
    return [(each, each.title) for each in latest]


PEERS: dict[str, System] = {
    "keywords, 20 lines": _by_topic(_keywords),
    "their leads": _by_topic(_lead),
    "TF-IDF centroid": _by_topic(_centroid),
    "newest first": _by_topic(_newest),
}
