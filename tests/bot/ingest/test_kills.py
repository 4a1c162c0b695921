"""kill -9 at random moments of a refresh: no article is lost or doubled, the database is sound.

A kill comes when so many sources are done, by chance, and a little later; one feed does not answer
before it, so that no refresh ends too soon. BRIEFBOT_TEST_KILLS sets how often; the suite makes do
with a few.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.models import Source, SourceKind
from bot.store import Store
from tests.fakes.web import Asked, Behaviour, FakeWeb, answer, fake_web
from tests.support.feed_texts import item, rss
from tests.support.waiting import until

KILLS = int(os.environ.get("BRIEFBOT_TEST_KILLS", "4"))
FEEDS, ITEMS, MORE_ITEMS = 24, 12, 3
HELD = "127.0.0.2"
SEED = 20261123

Run = Callable[[str], list[Any]]


class Outlets:
    """Feeds that publish more and more; the last one does not answer before it `may_answer`."""

    def __init__(self, web: FakeWeb) -> None:
        self._web = web
        self.may_answer = asyncio.Event()
        self.items = 0
        self.urls = [web.at(f"/{feed}") for feed in range(FEEDS - 1)]
        self.urls.append(web.at(f"/{FEEDS - 1}", HELD))

    def publish(self, items: int) -> None:
        """Add so many items to every feed."""
        self.items += items
        for feed in range(FEEDS):
            names = (f"{feed}-{number}" for number in range(self.items))
            behave = answer(rss(*(item(f"Report {name}", guid=f"g{name}") for name in names)))
            self._web.on(f"/{feed}", self._held(behave) if feed == FEEDS - 1 else behave)

    def _held(self, behave: Behaviour) -> Behaviour:
        async def hold(asked: Asked, writer: asyncio.StreamWriter) -> None:
            await self.may_answer.wait()
            await behave(asked, writer)

        return hold


@pytest.fixture
async def outlets() -> AsyncIterator[Outlets]:
    async with fake_web("127.0.0.1", HELD) as server:
        yield Outlets(server)


async def test_no_kill_loses_or_doubles_an_article(
    outlets: Outlets, database_url: str, tmp_path: Path
) -> None:
    store = Store.open(database_url)
    for number, url in enumerate(outlets.urls):
        await store.sources.add(Source(f"S{number}", SourceKind.FEED, url, f"h{number}"))
    chance = random.Random(SEED)
    in_the_middle = 0
    for number in range(KILLS):
        outlets.publish(ITEMS if number == 0 else MORE_ITEMS)
        victim = "worker" if number % 4 == 3 else "bot"
        in_the_middle += await _is_killed_amid(outlets, database_url, tmp_path, chance, victim)
        _check(database_url, outlets)
    assert in_the_middle > KILLS * 3 // 4
    _make_due(database_url)
    outlets.may_answer.set()
    process = await _refresh(database_url, tmp_path)
    assert await process.wait() == 0
    assert await store.articles.count() == FEEDS * outlets.items
    assert all(each.state.last_ok_at for each in await store.sources.all())
    await store.close()
    _check(database_url, outlets)


async def _is_killed_amid(
    outlets: Outlets, url: str, folder: Path, chance: random.Random, victim: str
) -> bool:
    """Refresh, and kill while some sources are done and others are not; says whether it was so."""
    _make_due(url)
    outlets.may_answer.clear()
    process = await _refresh(url, folder)
    wanted = chance.randrange(1, FEEDS)
    with _database(url) as run:
        await until(lambda: process.returncode is not None or 0 < _left(run) <= wanted)
        await asyncio.sleep(chance.uniform(0, 0.05))
        if process.returncode is not None:
            return False
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()  # noqa: ASYNC240
        killed = int(children.split()[0]) if victim == "worker" else process.pid
        os.kill(killed, signal.SIGKILL)
        left = _left(run)
    outlets.may_answer.set()
    return left > 0 and await process.wait() == (0 if victim == "worker" else -signal.SIGKILL)


def _left(run: Run) -> int:
    """How many sources are being looked at."""
    ((count,),) = run("SELECT count(*) FROM sources WHERE leased_until IS NOT NULL")
    return int(count)


async def _refresh(url: str, folder: Path) -> asyncio.subprocess.Process:
    environ = {"DATABASE_URL": url, "BRIEFBOT_ALLOWED_NETWORKS": "127.0.0.0/8"}
    quiet = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sources", "refresh"),
        stdout=quiet,
        stderr=quiet,
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("BRIEFBOT_")} | environ,
    )


def _make_due(url: str) -> None:
    """Let the leases of the dead run out, and time pass."""
    with _database(url) as run:
        run("UPDATE sources SET leased_until = NULL, next_at = '2026-11-23 12:00:00.000000'")


def _check(url: str, outlets: Outlets) -> None:
    """Nothing is doubled, broken, or left without its story, topics or words."""
    with _database(url) as run:
        if url.startswith("sqlite"):
            assert run("PRAGMA integrity_check") == [("ok",)]
            assert run("PRAGMA foreign_key_check") == []
            run("INSERT INTO article_index (article_index) VALUES ('integrity-check')")
        ((articles, addresses, placed, words),) = run(
            "SELECT count(*), count(DISTINCT url), count(story_id),"
            " (SELECT count(*) FROM article_words) FROM articles"
        )
    assert articles == addresses == placed == words <= FEEDS * outlets.items


@contextmanager
def _database(url: str) -> Iterator[Run]:
    """Runs statements, in one transaction, on either engine."""
    connection: Any
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=15)
    else:
        connection = psycopg.connect(url)
    with closing(connection), connection:
        yield (
            lambda statement: (
                rows.fetchall() if (rows := connection.execute(statement)).description else []
            )
        )
