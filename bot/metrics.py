"""What /metrics tells: the bot's state in the text format of Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from bot.errors import StoreError
from bot.health import Health
from bot.loop_watch import LoopWatch
from bot.models import Standing
from bot.store import Measured, Spent
from handlers.services import Services

KEPT_SECONDS = 15.0
"""How long counts are kept: a scrape in this time does not count again."""


@dataclass(frozen=True, slots=True)
class _Counts:
    measured: Measured
    sources: Counter[Standing]
    newest: datetime | None
    spent: Spent


class Metrics:
    """Counts what is stored when it is asked, at most every KEPT_SECONDS."""

    def __init__(self, services: Services, health: Health, watch: LoopWatch) -> None:
        self._services = services
        self._health = health
        self._watch = watch
        self._counts: _Counts | None = None
        self._counted_at = float("-inf")

    async def text(self) -> str:
        """All metrics; without a database those of the process alone."""
        if time.monotonic() > self._counted_at + KEPT_SECONDS:
            try:
                self._counts = await self._count()
            except StoreError:
                self._counts = None
            self._counted_at = time.monotonic()
        lines = [*self._of_process()]
        if self._counts is not None:
            lines += self._of_store(self._counts)
        return "\n".join(lines) + "\n"

    async def _count(self) -> _Counts:
        store, now = self._services.store, self._services.clock()
        return _Counts(
            measured=await store.measures.take(now),
            sources=Counter(each.state.standing(now) for each in await store.sources.all()),
            newest=await store.articles.newest_at(),
            spent=await store.spending.spent(now),
        )

    def _of_process(self) -> Iterator[str]:
        up = self._services.clock() - self._services.started_at
        working = {name: float(ok) for name, ok in self._health.states().items()}
        yield from _gauge("info", "The version that runs.", {version("briefbot"): 1}, "version")
        yield from _gauge("up_seconds", "Time since the start.", up.total_seconds())
        yield from _gauge("part_working", "1 if a background task works.", working, "part")
        yield from _gauge("loop_lag_seconds", "Delay of the event loop's timers.", self._watch.lag)

    def _of_store(self, counts: _Counts) -> Iterator[str]:
        now, measured, sources = self._services.clock(), counts.measured, counts.sources
        for table, rows in measured.rows.items():
            yield from _gauge(table, f"Stored {table}.", rows)
        yield from _gauge("digests", "Digests by state.", measured.digests, "state")
        yield from _gauge("deliveries", "Parts of digests by state.", measured.deliveries, "state")
        waits = {
            f"{platform} {workspace}".strip(): (now - since).total_seconds()
            for (platform, workspace), since in measured.waiting.items()
        }
        yield from _gauge("delivery_lag_seconds", "Wait of the oldest ready part.", waits, "lane")
        states = {each.value.replace(" ", "_"): sources[each] for each in Standing}
        yield from _gauge("sources", "Polled sources by state.", states, "state")
        if counts.newest is not None:
            age = (now - counts.newest).total_seconds()
            yield from _gauge("newest_article_age_seconds", "Age of the newest article.", age)
        dollars = {"day": counts.spent.day / 1e6, "month": counts.spent.month / 1e6}
        yield from _gauge("model_dollars", "Spent on the language model (UTC).", dollars, "period")


def _gauge(
    name: str, told: str, values: float | Mapping[str, float], label: str = ""
) -> Iterator[str]:
    full = f"briefbot_{name}"
    yield f"# HELP {full} {told}"
    yield f"# TYPE {full} gauge"
    if not isinstance(values, Mapping):
        yield f"{full} {values:.12g}"
        return
    for key, value in sorted(values.items()):
        yield f'{full}{{{label}="{_escaped(key)}"}} {value:.12g}'


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
