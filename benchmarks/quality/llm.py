"""A configured language model against the local engine: ROUGE, what was proved, what it cost.

Reads the same files of clusters as `bullets`, and the model from OPENAI_MODEL with OPENAI_API_KEY
or OPENAI_BASE_URL; prices and caps are those of the settings. The model rewrites the bullets that
the local engine chose; where one is not proved, or money or two minutes run out, the local one
stands.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

from benchmarks.quality.bullets import METRICS, Cluster, cut, ours, read_clusters, rouge
from benchmarks.report import Row
from bot.cli.llm import editor_for
from bot.models import Bullet, ModelCall, Story, Topic, TopicScore
from bot.store import Store
from config.settings import Settings, load_settings
from summarizer.briefing import TopicMaterial
from summarizer.llm.engine import LlmSummarizer, Written
from summarizer.llm.tasks import NAME

PATIENCE = 120.0
"""Seconds that the model may take for one cluster."""

TOPIC = Topic("news", "News", "Any news.", {})


@dataclass(frozen=True, slots=True)
class Told:
    """One cluster summarized by both engines, and the seconds that the model took."""

    local: tuple[str, ...]
    written: Written
    seconds: float


def run(files: list[Path]) -> list[Row]:
    """Two rows a file: the local engine, and the model with the local engine as fallback."""
    if not files:
        raise ValueError("llm: name at least one file of clusters with their summaries")
    settings = load_settings()
    if not settings.llm_on:
        raise ValueError("llm: set OPENAI_MODEL, and OPENAI_API_KEY or OPENAI_BASE_URL")
    return [row for path in files for row in _rows(path, settings)]


def _rows(path: Path, settings: Settings) -> list[Row]:
    clusters = read_clusters(path)
    told = asyncio.run(_told(clusters, settings))
    scorer = RougeScorer(list(METRICS), use_stemmer=True)
    local = [cut(each.local, at.budget) for each, at in zip(told, clusters, strict=True)]
    ours = [
        cut([bullet.text for bullet in each.written.bullets], at.budget)
        for each, at in zip(told, clusters, strict=True)
    ]
    model = f"{settings.openai_model}, proved"
    return [
        Row(path.stem, "extractive", rouge(scorer, local, clusters)),
        Row(path.stem, model, rouge(scorer, ours, clusters) | _figures(told)),
    ]


async def _told(clusters: Sequence[Cluster], settings: Settings) -> list[Told]:
    store = Store.open("sqlite://")
    await store.migrate()
    editor = editor_for(settings.model_copy(update={"llm_seconds": PATIENCE}), store)
    if editor is None:
        raise ValueError("llm: no language model is configured")
    try:
        told = []
        for number, cluster in enumerate(clusters, 1):
            print(f"\rcluster {number} of {len(clusters)} …", end="", file=sys.stderr)
            told.append(await _one(editor, cluster, str(number)))
        print(file=sys.stderr)
        return told
    finally:
        await editor.close()
        await store.close()


async def _one(editor: LlmSummarizer, cluster: Cluster, name: str) -> Told:
    score = (TopicScore(TOPIC.name, 1.0),)
    articles = tuple(replace(each, topics=score) for each in cluster.articles)
    day = articles[0].published_at
    story = Story(name, articles[0].title, day, day, articles)
    local = tuple(ours(cluster))
    bullets = [Bullet(text, name, day, len(articles), ()) for text in local]
    began = time.perf_counter()
    material = TopicMaterial(TOPIC, (story,))
    written = await editor.rewrite([(material, bullets)], datetime.now(UTC))
    return Told(local, written, time.perf_counter() - began)


def _figures(told: Sequence[Told]) -> dict[str, float]:
    bullets = [bullet for each in told for bullet in each.written.bullets]
    calls: list[ModelCall] = [call for each in told for call in each.written.calls]
    proved = sum(bullet.engine == NAME for bullet in bullets)
    offered = proved + sum(len(each.written.dropped) for each in told)
    return {
        "of those offered proved, %": 100 * proved / max(1, offered),
        "replaced, %": 100 * (1 - proved / max(1, len(bullets))),
        "calls failed, %": 100 * sum(bool(each.fault) for each in calls) / max(1, len(calls)),
        "tokens in": float(sum(each.input_tokens for each in calls)),
        "tokens out": float(sum(each.output_tokens for each in calls)),
        "dollars": sum(each.cost for each in calls) / 1e6,
        "s a cluster": sum(each.seconds for each in told) / len(told),
    }
