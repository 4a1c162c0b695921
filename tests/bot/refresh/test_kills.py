"""kill -9 at random moments of a refresh: no article is lost or doubled, the database is sound.

BRIEFBOT_TEST_KILLS sets how often; the suite makes do with a few.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.models import FetchState, Source, SourceKind
from bot.store import Store
from tests.bot.refresh.feeds import item, rss
from tests.builders import NOW
from tests.fakes.web import FakeWeb, answer, fake_web

KILLS = int(os.environ.get("BRIEFBOT_TEST_KILLS", "4"))
FEEDS, ITEMS = 24, 12
SEED = 20261123


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web() as server:
        for feed in range(FEEDS):
            items = (item(f"Report {feed}-{n}", guid=f"g{feed}-{n}") for n in range(ITEMS))
            server.on(f"/{feed}", answer(rss(*items)))
        yield server


async def test_no_kill_loses_or_doubles_an_article(
    web: FakeWeb, database_url: str, tmp_path: Path
) -> None:
    store = Store.open(database_url)
    for feed in range(FEEDS):
        due = FetchState(next_at=NOW)
        await store.sources.add(
            Source(f"S{feed}", SourceKind.FEED, web.at(f"/{feed}"), f"h{feed}", state=due)
        )
    chance = random.Random(SEED)
    for number in range(KILLS):
        victim = "worker" if number % 4 == 3 else "bot"
        await _killed_refresh(web, database_url, tmp_path, chance.uniform(0, 1.2), victim)
        _expire(database_url, again=chance.random() < 0.5)
        _check(database_url)
    process = await _refresh(database_url, tmp_path)
    assert await process.wait() == 0
    assert await store.articles.count() == FEEDS * ITEMS
    assert all(each.state.last_ok_at for each in await store.sources.all())
    await store.close()
    _check(database_url)


async def _killed_refresh(web: FakeWeb, url: str, folder: Path, delay: float, victim: str) -> None:
    """Start a refresh, and kill it so long after its first request."""
    asked = len(web.asked)
    process = await _refresh(url, folder)
    while len(web.asked) == asked and process.returncode is None:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.01)
    await asyncio.sleep(delay)
    if process.returncode is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()  # noqa: ASYNC240
        worker = [int(each) for each in children.split()]
        os.kill(worker[0] if victim == "worker" and worker else process.pid, signal.SIGKILL)
    await process.wait()


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


def _expire(url: str, *, again: bool) -> None:
    """Let the leases of the dead run out; perhaps let every source be due once more."""
    with _database(url) as run:
        run("UPDATE sources SET leased_until = NULL")
        if again:
            changes = "next_at = '2026-11-23 12:00:00.000000', etag = NULL, body_hash = NULL"
            run(f"UPDATE sources SET {changes}")


def _check(url: str) -> None:
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
    assert articles == addresses == placed == words <= FEEDS * ITEMS


@contextmanager
def _database(url: str) -> Iterator[Any]:
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
