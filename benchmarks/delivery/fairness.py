"""One person floods a chat that must pause, with a slow model: how soon others get their `/help`.

`python -m benchmarks fairness` on each platform and database engine.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.delivery.stock import databases, quiet
from benchmarks.report import Row
from bot.app import App
from bot.cli.context import services_for
from bot.ingest.pipeline import IngestPipeline
from bot.sources.files.samples import sample_articles
from bot.store import Store
from config.settings import load_settings
from tests.fakes import openai
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

MESSAGES = 300
PAUSE = 25
"""Seconds for which the platform asks to wait in the busy chat."""

MODEL_SECONDS = 10.0
TRIES = 100
BUSY, CALM = 77, 42
TYPED = ("/brief energy", "/ask What happened to the pipeline?", "/help", "/brief security 7d")
SETTINGS = {
    "BRIEFBOT_COMMANDS_A_MINUTE": "10000",
    "BRIEFBOT_REFRESH": "false",
    "BRIEFBOT_WEB_PORT": "0",
    "OPENAI_MODEL": "slow",
    "OPENAI_API_KEY": "sk-test",
    "BRIEFBOT_LLM_DAY_CAP": "1000",
    "BRIEFBOT_LLM_MONTH_CAP": "1000",
    "BRIEFBOT_LLM_PERSON_SHARE": "1",
}

Ask = Callable[[], Awaitable[None]]


def run(files: Sequence[Path]) -> list[Row]:
    """Measure on each platform and engine; takes no files."""
    if files:
        raise ValueError(f"{files[0]}: fairness is measured without files")
    quiet()
    tries = int(os.environ.get("BENCH_TRIES", str(TRIES)))
    rows = []
    for engine, urls in databases():
        for platform, flooded in (("telegram", _on_telegram), ("slack", _on_slack)):
            took, asked = asyncio.run(_measure(next(urls), flooded, tries))
            figures = {
                "tries": len(took),
                "median, s": float(np.median(took)),
                "p99, s": float(np.quantile(took, 0.99)),
                "longest, s": max(took),
                "asked the model": asked,
            }
            rows.append(Row(f"/help beside a flood, {platform}", f"briefbot on {engine}", figures))
    return rows


Flood = Callable[[str, str, int], Awaitable[list[float]]]


async def _measure(url: str, flood: Flood, tries: int) -> tuple[list[float], int]:
    """Seconds that each of the calm person's answers took, and how often the model was asked."""
    async with openai.running(_slow) as model:
        took = await flood(url, model.url, tries)
        return took, len(model.asked)


def _slow(question: openai.Question) -> openai.Answer:
    return replace(openai.honest(question), seconds=MODEL_SECONDS)


async def _on_telegram(url: str, model: str, tries: int) -> list[float]:
    async with FakeTelegram() as telegram, _bot(url, model, telegram.environ):
        telegram.limit(PAUSE, chat=BUSY, times=MESSAGES)
        for number in range(MESSAGES):
            telegram.type(TYPED[number % len(TYPED)], chat=BUSY, user=BUSY)

        def answered() -> int:
            return sum(each.chat == CALM for each in telegram.sent)

        async def ask() -> None:
            before = answered()
            telegram.type("/help", chat=CALM, user=CALM)
            await telegram.until(lambda: answered() > before)

        return await _timed(ask, tries)


async def _on_slack(url: str, model: str, tries: int) -> list[float]:
    async with FakeSlack() as slack, _bot(url, model, slack.environ):
        slack.limit("chat.postMessage", retry_after=PAUSE, times=MESSAGES)
        for number in range(MESSAGES):
            line = TYPED[number % len(TYPED)].removeprefix("/")
            await slack.mention(line, channel="C1", user="U1")

        def answered() -> int:
            return sum(each.channel == "G1" for each in slack.sent)

        async def ask() -> None:
            before = answered()
            await slack.mention("help", channel="G1", user="U2")
            await slack.until(lambda: answered() > before)

        return await _timed(ask, tries)


async def _timed(ask: Ask, tries: int) -> list[float]:
    took = []
    for _ in range(tries):
        began = time.monotonic()
        await ask()
        took.append(time.monotonic() - began)
        await asyncio.sleep(0.1)
    return took


@asynccontextmanager
async def _bot(url: str, model: str, environ: dict[str, str]) -> AsyncIterator[None]:
    """The whole bot with the sample articles and the model."""
    settings = load_settings(
        {**SETTINGS, **environ, "OPENAI_BASE_URL": model}, Path("/nonexistent")
    )
    store = Store.open(url)
    await store.migrate()
    services = services_for(settings, store, lambda: datetime.now(UTC))
    intake, now = IngestPipeline(store, services.scorer), services.clock()
    for article in sample_articles(now):
        await intake.add(article, source=None, now=now)
    app = App(services)
    await app.start()
    try:
        yield
    finally:
        await app.stop()
        await store.close()
