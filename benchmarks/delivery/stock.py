"""The equipment of delivery benchmarks: stored digests, strict servers, workers to kill."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from functools import cache
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from benchmarks.delivery.job import Job
from bot.models import Address, Delivery, Platform, SendState
from bot.store import Store
from tests.fakes.mail import FakeMail, LateMail
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_faults import Call
from tests.fakes.slack_web import FakeChannel
from tests.fakes.telegram import FakeTelegram
from tests.fakes.webhook import FakeWebhook, LateWebhook
from tests.support.builders import a_briefing
from tests.support.postgres import PostgresMissing, running_server

REQUEST_SECONDS = 0.5
LATE_SECONDS = 1.2
"""Seconds by which a late server delays a request, longer than the sender's time-out."""

SETTLE_SECONDS = 1.5
ALL_DAYS = range(7)

WORKSPACES = {Platform.SLACK: "T1", Platform.WEBHOOK: "127.0.0.1"}

Server = FakeTelegram | FakeSlack | FakeMail | FakeWebhook


class LateSlack(FakeSlack):
    """Loses some answers and carries some requests out after the sender's time-out."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._chance = random.Random(seed)

    async def spoiled(self, method: str, call: Call) -> web.StreamResponse:
        kind = self._chance.random() if method == "chat.postMessage" else 1.0
        if kind < 0.04:
            await asyncio.sleep(self._chance.uniform(0, LATE_SECONDS))
        answer = await super().spoiled(method, call)
        if 0.04 <= kind < 0.08 and call.request.transport:
            call.request.transport.close()
        return answer


class Stock:
    """Adds digests that are ready to send; each part has a unique text."""

    def __init__(self, store: Store, platform: Platform) -> None:
        self._store = store
        self._platform = platform
        self._workspace = WORKSPACES.get(platform, "")
        self._now = datetime.now(UTC)
        self._digests = 0

    async def add(self, chats: Sequence[str], parts: int, *, payloads: Sequence[str] = ()) -> None:
        """One more digest for each of these chats, perhaps with payloads of its own."""
        for chat in chats:
            await self._digest(chat, parts, payloads)

    async def _digest(self, chat: str, parts: int, payloads: Sequence[str]) -> None:
        store, now = self._store, self._now
        self._digests += 1
        address = Address(self._platform, self._workspace, chat)
        channel = await store.channels.ensure(address, title="", timezone="UTC")
        subscription = await store.subscriptions.add(
            channel.id, [f"t{self._digests}"], clock_time(7), ALL_DAYS, "UTC", 5, now, now
        )
        later = now + timedelta(days=1)
        digest = await store.digests.open(subscription, now.date(), now, later, late=False)
        assert digest is not None
        briefing = a_briefing(id=f"briefing {digest.id}")
        await store.briefings.add(briefing, channel.id)
        texts = [f"digest {digest.id} part {part}" for part in range(1, parts + 1)]
        await store.digests.add_parts(
            digest.id, briefing.id, payloads or [self._payload(text) for text in texts]
        )

    def _payload(self, text: str) -> str:
        more = {"subject": text, "html": ""} if self._platform is Platform.MAIL else {}
        return json.dumps({"text": text, **more})


class Workers:
    """Sending processes, forked from one that has imported everything."""

    def __init__(self, job: Job) -> None:
        arguments = [sys.executable, "-m", "benchmarks.delivery.worker", job.text()]
        self._nursery = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._alive: set[int] = set()

    async def start(self) -> int:
        """Start one; returns its number."""
        number = int(await asyncio.to_thread(self._ask))
        self._alive.add(number)
        return number

    def kill(self, number: int) -> None:
        self._alive.discard(number)
        os.kill(number, signal.SIGKILL)

    async def ready(self) -> None:
        await asyncio.to_thread(self._line)

    def close(self) -> None:
        for number in list(self._alive):
            with suppress(ProcessLookupError):
                self.kill(number)
        assert self._nursery.stdin is not None
        self._nursery.stdin.close()
        self._nursery.wait()

    def _ask(self) -> str:
        assert self._nursery.stdin is not None
        print("start", file=self._nursery.stdin, flush=True)
        return self._line()

    def _line(self) -> str:
        assert self._nursery.stdout is not None
        return self._nursery.stdout.readline()


@asynccontextmanager
async def workers(job: Job) -> AsyncIterator[Workers]:
    """Workers that are all killed at the end."""
    made = Workers(job)
    try:
        await made.ready()
        yield made
    finally:
        made.close()


@asynccontextmanager
async def strict_server(
    platform: Platform, chats: Sequence[str], *, late: bool = False
) -> AsyncIterator[FakeTelegram | FakeSlack]:
    """A fake server of a chat platform that knows these chats."""
    if platform is Platform.TELEGRAM:
        async with FakeTelegram() as telegram:
            for chat in chats:
                telegram.chat(int(chat), "private" if int(chat) > 0 else "group")
            yield telegram
    else:
        async with LateSlack(1) if late else FakeSlack() as slack:
            for chat in chats:
                slack.channels[chat] = FakeChannel(chat, chat.lower())
            yield slack


@asynccontextmanager
async def receiver(
    platform: Platform, chats: Sequence[str], *, late: bool = False
) -> AsyncIterator[Server]:
    """Who gets what is sent to these chats, mail addresses or webhooks."""
    if platform is Platform.MAIL:
        async with LateMail(1, LATE_SECONDS) if late else FakeMail() as mail:
            yield mail
    elif platform is Platform.WEBHOOK:
        made = LateWebhook(1, LATE_SECONDS) if late else FakeWebhook()
        made.port = urlsplit(chats[0]).port or 0
        async with made as webhook:
            yield webhook
    else:
        async with strict_server(platform, chats, late=late) as server:
            yield server


def texts(server: Server) -> Counter[str]:
    """Each text with the number of its arrivals."""
    return Counter(sent.text for sent in server.sent)


async def ended(store: Store, seconds: float) -> bool:
    """Wait until no digest is being sent; returns false after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not await store.digests.sending(1):
            return True
        await asyncio.sleep(0.05)
    return False


async def all_parts(store: Store) -> list[Delivery]:
    digests = await store.digests.history(limit=1_000_000)
    return [part for each in digests for part in await store.deliveries.of_digest(each.id)]


def text_of(part: Delivery) -> str:
    return str(json.loads(part.payload)["text"])


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    store = Store.open(url)
    await store.migrate()
    try:
        yield store
    finally:
        await store.close()


def counted(parts: Sequence[Delivery]) -> Counter[SendState]:
    return Counter(part.state for part in parts)


def chat_name(platform: Platform, number: int) -> str:
    match platform:
        case Platform.TELEGRAM:
            return str(1000 + number)
        case Platform.MAIL:
            return f"reader{number}@readers.example"
        case Platform.WEBHOOK:
            return f"http://127.0.0.1:{_webhook_port()}/hooks/{number}"
        case _:
            return f"C{1000 + number}"


@cache
def _webhook_port() -> int:
    """A port for the receiver of webhooks, which is in the names of its channels."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def databases() -> Iterator[tuple[str, Iterator[str]]]:
    """Each database engine with addresses of empty databases."""
    with tempfile.TemporaryDirectory(prefix="briefbot-bench-") as folder:
        yield "sqlite", (f"sqlite:///{folder}/{number}.db" for number in range(1000))
    try:
        with running_server() as server:
            yield "postgresql", (server.url(server.create()) for _ in range(1000))
    except PostgresMissing as missing:
        print(f"without PostgreSQL: {missing}", file=sys.stderr)


def quiet() -> None:
    """Log nothing: what a benchmark breaks on purpose would fill the screen."""
    bound = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=bound, cache_logger_on_first_use=False)
    logging.disable(logging.CRITICAL)
