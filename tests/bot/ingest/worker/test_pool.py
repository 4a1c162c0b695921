"""The worker process does its work, is replaced when it breaks, and ends with the bot."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import cast

import pytest

from bot.errors import LeftForLater, RefusedInput, StoreError
from bot.ingest.pipeline import IngestPipeline
from bot.ingest.worker import tasks
from bot.ingest.worker.main import MEMORY, Worker
from bot.ingest.worker.messages import Counts, FolderJob, Read, ReadJob, StoreJob
from bot.ingest.worker.pool import COMMAND, WorkerPool
from bot.ingest.worker.protocol import order, sent_request
from bot.ingest.worker.tasks import read
from bot.models import ParsedArticle, SourceKind
from bot.store import Store
from summarizer.topics.scorer import TopicScorer
from tests.fakes.broken_worker import CRASHED, RELEASED
from tests.support.builders import NOW, a_parsed_article
from tests.support.feed_texts import LONG, item, page, rss
from tests.support.paths import ROOT
from tests.support.waiting import until

HARD_KIB = 8 * 1024**2
BROKEN = (sys.executable, "-m", "tests.fakes.broken_worker")


@pytest.fixture
async def worker_pool(database_url: str) -> AsyncIterator[WorkerPool]:
    async with WorkerPool(database_url) as opened:
        yield opened


@pytest.fixture
async def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WorkerPool]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    async with WorkerPool("", read_seconds=60, command=BROKEN) as opened:
        yield opened


def a_job(url: str = "https://wire.example/rss", kind: SourceKind | None = None) -> ReadJob:
    return ReadJob(url, kind, NOW)


async def test_it_reads_and_stores_in_another_process(
    worker_pool: WorkerPool, database_url: str, tmp_path: Path
) -> None:
    read = await worker_pool.read(a_job(), rss(item("Zürich 🌍"), item("Two")))
    assert read.feed is not None
    articles = tuple(each.entry.article for each in read.feed.fresh)
    assert [each.title for each in articles] == ["Zürich 🌍", "Two"]
    assert await worker_pool.store(StoreJob(articles, "Wire", NOW)) == Counts(new=2)
    assert await worker_pool.store(StoreJob(articles, "Wire", NOW)) == Counts(unchanged=2)
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Coal falls\n\n{LONG}")
    files = await worker_pool.read_folder(FolderJob(str(folder), NOW, 1_000_000))
    assert [each.title for each in files.articles] == ["Coal falls"]
    assert worker_pool.pid != os.getpid()
    store = Store.open(database_url)
    assert await store.articles.count() == 2
    await store.close()


async def test_a_file_named_bot_in_the_working_folder_is_not_run(
    worker_pool: WorkerPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bot.py").write_text("raise SystemExit('a stranger')")
    monkeypatch.chdir(tmp_path)
    assert (await worker_pool.read(a_job(), rss(item()))).feed is not None


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<html>", "is a web page, not a feed"),
        (b"<!-- a --><!DOCTYPE html>\n<html lang='en'>", "is a web page, not a feed"),
        (
            b"<?xml version='1.0'?>\n<opml><body/>",
            "is a list of feeds (OPML): use briefbot sources import",
        ),
        (b"<error>no <body></error>", "is XML, but not a feed"),
        (b'{"error": "no <html>"}', "is JSON without articles: no <html>"),
        (b'{"a": 1}', "is JSON, but not a feed: it holds no article"),
        (b"Service down", "is not a feed"),
    ],
)
def test_what_is_no_feed_is_named_by_how_it_starts(body: bytes, what: str) -> None:
    assert read(a_job(kind=SourceKind.FEED), body).refused == what


async def test_it_refuses_in_words(worker_pool: WorkerPool) -> None:
    with pytest.raises(RefusedInput, match="no such folder"):
        await worker_pool.read_folder(FolderJob("/nowhere", NOW, 1_000))


@pytest.mark.parametrize("field", ["id", "title", "content_text", "date_published", "tags"])
async def test_half_of_a_character_in_a_feed_is_answered(
    worker_pool: WorkerPool, field: str
) -> None:
    half: object = ["a\ud800"] if field == "tags" else "a\ud800"
    entry = {"id": "1", "title": "Dam holds", "content_text": LONG, field: half}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [entry]}
    read = await worker_pool.read(a_job(), json.dumps(feed).encode())
    assert read.feed is not None
    assert len(read.feed.fresh) == 1


async def test_a_file_with_a_name_of_an_old_system_costs_nothing(
    worker_pool: WorkerPool, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(f"Coal falls\n\n{LONG}")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(f"Gas falls\n\n{LONG}")
    (tmp_path / os.fsdecode(b"\xe9mpty.txt")).write_text("")
    found = await worker_pool.read_folder(FolderJob(str(tmp_path), NOW, 1_000_000))
    assert {each.title: each.origin for each in found.articles} == {
        "Coal falls": "a.txt#1",
        "Gas falls": "caf\ufffd.txt#1",
    }


async def test_a_result_that_cannot_be_encoded_is_refused(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(tasks, "read", lambda _job, _body: object())
    store = Store.open(database_url)
    worker = Worker(IngestPipeline(store, TopicScorer(())), cast(asyncio.StreamWriter, None))
    assert b"the log has the details" in await worker._answer(1, a_job(), b"")
    await store.close()


async def test_a_large_body_goes_through(worker_pool: WorkerPool) -> None:
    body = page("Report", LONG) + b" " * 8_000_000
    read = await worker_pool.read(a_job(kind=SourceKind.PAGE), body)
    assert read.article is not None


async def test_jobs_may_come_all_at_once(worker_pool: WorkerPool) -> None:
    reads = await asyncio.gather(
        *(worker_pool.read(a_job(), rss(item(f"I{n}"))) for n in range(30))
    )
    titles = [each.feed.fresh[0].entry.article.title for each in reads if each.feed]
    assert titles == [f"I{n}" for n in range(30)]


async def test_a_database_in_the_way_is_told(tmp_path: Path) -> None:
    async with WorkerPool(f"sqlite:///{tmp_path}/none/x.db") as worker_pool:
        with pytest.raises(StoreError, match="unable to open"):
            await worker_pool.store(StoreJob((a_parsed_article(),), "Wire", NOW))


@pytest.mark.parametrize(
    ("url", "seconds", "why"), [("hang", 1.5, "took more than 1.5 s"), ("crash", 60, "crashed")]
)
async def test_a_body_that_breaks_the_reader_is_refused_and_the_next_is_read(
    broken: WorkerPool, url: str, seconds: float, why: str
) -> None:
    patient, broken._read_seconds = broken._read_seconds, seconds
    with pytest.raises(RefusedInput, match=why):
        await broken.read(a_job(url), b"")
    broken._read_seconds = patient  # the next reader may start slowly on a busy machine
    assert (await broken.read(a_job("fine"), b"")).refused == "done"


async def test_what_was_only_being_stored_is_asked_again(broken: WorkerPool) -> None:
    assert await broken.store(StoreJob((), "Wire", NOW)) == Counts(new=7)


async def test_nothing_is_read_while_many_wait_to_be_stored(
    broken: WorkerPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / CRASHED).touch()
    monkeypatch.setattr("bot.ingest.worker.pool.UNSTORED", 1)
    done: list[str] = []

    async def noted(name: str, work: Awaitable[object]) -> None:
        await work
        done.append(name)

    store = noted("store", broken.store(StoreJob((), "slow", NOW)))
    await asyncio.gather(store, noted("read", broken.read(a_job("fine"), b"")))
    assert done == ["store", "read"]


async def test_a_body_is_read_again_where_the_reader_may_have_broken_for_another(
    broken: WorkerPool,
) -> None:
    assert (await broken.read(a_job("crash once"), b"")).refused == "done"


async def test_bodies_that_hang_one_after_another_let_a_slow_store_end(
    broken: WorkerPool, tmp_path: Path
) -> None:
    broken._read_seconds = 1.5
    (tmp_path / CRASHED).touch()
    hang = [asyncio.create_task(broken.read(a_job("hang"), b"")) for _ in range(2)]
    assert await broken.store(StoreJob((), "slow", NOW)) == Counts(new=7)
    for each in hang:
        with pytest.raises(RefusedInput, match=r"took more than 1\.5 s"):
            await each


async def test_a_body_that_takes_long_keeps_no_other_waiting(
    broken: WorkerPool, tmp_path: Path
) -> None:
    (tmp_path / CRASHED).touch()
    hang = await hanging(broken)
    assert (await broken.read(a_job("fine"), b"")).refused == "done"
    assert await broken.store(StoreJob((), "Wire", NOW)) == Counts(new=7)
    assert not hang.done()
    await give_up(broken, hang)


async def test_bodies_that_take_long_are_not_given_up_for_each_other(broken: WorkerPool) -> None:
    broken._read_seconds = 1.5
    for each in [await hanging(broken), await hanging(broken)]:
        with pytest.raises(RefusedInput, match=r"took more than 1\.5 s"):
            await each


async def test_the_second_that_takes_long_is_set_aside_when_the_first_has_ended(
    broken: WorkerPool,
) -> None:
    first, second = await hanging(broken), await hanging(broken)
    fine = asyncio.create_task(broken.read(a_job("fine"), b""))
    await give_up(broken, first)
    assert (await fine).refused == "done"
    assert not second.done()
    await give_up(broken, second)


async def test_a_body_that_nobody_waits_for_any_more_keeps_no_other_waiting(
    broken: WorkerPool,
) -> None:
    hang = asyncio.create_task(broken.read(a_job("hang"), b""))
    await until(lambda: broken.pid is not None)
    hang.cancel()
    assert (await broken.read(a_job("fine"), b"")).refused == "done"
    assert hang.cancelled()


async def test_what_was_read_is_not_kept_back_by_what_is_being_stored(
    broken: WorkerPool, tmp_path: Path
) -> None:
    (tmp_path / CRASHED).touch()
    store = asyncio.create_task(broken.store(StoreJob((), "held", NOW)))
    await until(lambda: broken.pid is not None)
    broken._patience = 0
    assert (await broken.read(a_job("fine"), b"")).refused == "done"
    assert not store.done()
    (tmp_path / RELEASED).touch()
    assert await store == Counts(new=7)


async def hanging(broken: WorkerPool) -> asyncio.Task[Read]:
    """A body that takes for ever to read, alone with no patience."""
    broken._patience = 0.1
    await until(lambda: not broken._reading.locked())
    hang = asyncio.create_task(broken.read(a_job("hang"), b""))
    await asyncio.sleep(0)
    broken._patience = 60
    return hang


async def give_up(broken: WorkerPool, hang: asyncio.Task[Read]) -> None:
    await until(lambda: broken._aside is not None)
    assert broken._aside is not None
    broken._aside.give_up("the test is over")
    with pytest.raises(RefusedInput, match="the test is over"):
        await hang


async def test_a_limit_of_the_machine_on_memory_is_kept(database_url: str) -> None:
    limited = ("sh", "-c", f'ulimit -v {HARD_KIB}; exec "$@"', "sh", *COMMAND)
    async with WorkerPool(database_url, command=limited) as worker_pool:
        await worker_pool.read(a_job(), rss(item()))
        limits = Path(f"/proc/{worker_pool.pid}/limits").read_text()  # noqa: ASYNC240
    (line,) = (each for each in limits.splitlines() if each.startswith("Max address space"))
    assert line.split()[3:5] == [str(MEMORY), str(HARD_KIB * 1024)]


async def test_it_ends_with_the_bot(worker_pool: WorkerPool) -> None:
    await worker_pool.read(a_job(), rss(item()))
    pid = worker_pool.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    os.kill(pid, signal.SIGTERM)
    assert (await worker_pool.read(a_job(), rss(item()))).feed is not None
    await worker_pool.__aexit__(None, None, None)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_an_unused_workshop_starts_nothing() -> None:
    async with WorkerPool("sqlite:///nowhere.db") as worker_pool:
        assert worker_pool.pid is None


def test_articles_survive_the_pipe() -> None:
    article = ParsedArticle(
        'T "x"\n\\', "Ünï 🌍 \u2028", published_at=NOW, url="https://a.example/"
    )
    job = StoreJob((article,), None, NOW)
    header = order(1, job)[8:]
    assert sent_request(header).job == job


@pytest.mark.parametrize("command", [("false",), ("/nonexistent/reader",)])
async def test_a_reader_that_cannot_be_started_is_not_the_sources_fault(
    command: tuple[str, ...],
) -> None:
    async with WorkerPool("", command=command) as worker_pool:
        with pytest.raises(LeftForLater):
            await worker_pool.read(a_job(), b"<rss/>")
