"""Messages a second without rate limits, beside procrastinate jobs with the same requests."""

from __future__ import annotations

import asyncio
import json
import time

import procrastinate

from benchmarks.delivery.job import Job, adapter
from benchmarks.delivery.stock import Stock, chat_name, opened, texts, workers
from bot.models import Address, Delivery, Platform, SendState
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_faults import Call
from tests.fakes.slack_web import FakeChannel

ANSWER_SECONDS = 0.05
AT_ONCE = 64
PATIENCE = 300.0

Figures = dict[str, float]


class SlowSlack(FakeSlack):
    """Answers each call after ANSWER_SECONDS."""

    def __init__(self, chats: list[str]) -> None:
        super().__init__()
        for chat in chats:
            self.channels[chat] = FakeChannel(chat, chat.lower())

    async def spoiled(self, method: str, call: Call) -> object:  # type: ignore[override]
        await asyncio.sleep(ANSWER_SECONDS)
        return await super().spoiled(method, call)


async def ledger(url: str, count: int) -> Figures:
    """Send `count` stored parts to as many chats; returns parts a second as `a second`."""
    chats = [chat_name(Platform.SLACK, number) for number in range(count)]
    server = SlowSlack(chats)
    async with opened(url) as store, server:
        await Stock(store, Platform.SLACK).add(chats, 1)
        return await _rate(Job(url, server.environ, paced=False, workers=AT_ONCE), server, count)


async def bare_jobs(url: str, count: int) -> Figures:
    """The same requests as jobs of procrastinate, on PostgreSQL."""
    chats = [chat_name(Platform.SLACK, number) for number in range(count)]
    server = SlowSlack(chats)
    async with server, _queue(url).open_async() as queue:
        await queue.schema_manager.apply_schema_async()
        task = queue.configure_task("send")
        for chat in chats:
            await task.defer_async(chat=chat, text=f"job {chat}")
        job = Job(url, server.environ, paced=False, workers=AT_ONCE, ledger=False)
        return await _rate(job, server, count)


async def _rate(job: Job, server: SlowSlack, count: int) -> Figures:
    async with workers(job) as senders:
        started = time.monotonic()
        await senders.start()
        await server.arrived(count, PATIENCE)
        seconds = time.monotonic() - started
    doubled = sum(times > 1 for times in texts(server).values())
    return {"a second": count / seconds, "doubled": doubled}


async def work(job: Job) -> None:
    """Run the jobs of the queue until the process is killed."""
    messenger = adapter(job.environ)
    queue = _queue(job.database)

    async def send(chat: str, text: str) -> None:
        address = Address(Platform.SLACK, "T1", chat)
        part = Delivery(1, 1, 1, 1, 1, json.dumps({"text": text}), SendState.SENDING)
        await messenger.send(address, part)

    queue.task(name="send")(send)
    async with queue.open_async():
        await queue.run_worker_async(concurrency=job.workers, install_signal_handlers=False)


def _queue(url: str) -> procrastinate.App:
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))
