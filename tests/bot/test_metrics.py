"""/metrics: what is stored and what works, in the text format of Prometheus."""

from __future__ import annotations

import re
from datetime import timedelta

import aiohttp

from bot.health import Health
from bot.loop_watch import LoopWatch
from bot.metrics import Metrics
from bot.platforms.web_server import WebServer
from bot.store import Store
from tests.support.builders import an_address
from tests.support.clock import Clock
from tests.support.ledger import Ledger
from tests.support.whole_bot import services_of

LINE = re.compile(r'briefbot_[a-z_]+(\{[a-z]+="(\\.|[^"\\])*"\})? -?[\d.e+-]+')


async def test_metrics_tell_of_the_store_and_the_parts(store: Store) -> None:
    ledger = Ledger(store, {})
    await ledger.ready(an_address("42"), parts=2)
    clock = Clock(ledger.clock() + timedelta(seconds=90))
    health = Health()
    health.working('odd "name"\\')
    health.failed("Telegram polling", "401 at /secret/path")
    metrics = Metrics(services_of(store, clock), health, LoopWatch(health))
    server = WebServer("127.0.0.1", 0, [], health, metrics.text)
    await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            answer = await session.get(f"http://127.0.0.1:{server.port}/metrics")
            text = await answer.text()
    finally:
        await server.stop()
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = text.splitlines()
    assert all(line.startswith("# ") or LINE.fullmatch(line) for line in lines)
    assert 'briefbot_deliveries{state="pending"} 2' in lines
    assert 'briefbot_digests{state="sending"} 1' in lines
    assert "briefbot_channels 1" in lines
    assert 'briefbot_part_working{part="Telegram polling"} 0' in lines
    assert 'briefbot_part_working{part="odd \\"name\\"\\\\"} 1' in lines
    assert float(text.split('briefbot_delivery_lag_seconds{lane="telegram"} ')[1].split()[0]) >= 90
    assert "secret" not in text


async def test_without_a_database_the_process_still_tells_of_itself(sqlite_store: Store) -> None:
    health = Health()
    services = services_of(Store.open("sqlite:////proc/nowhere/x.db"), Clock())
    text = await Metrics(services, health, LoopWatch(health)).text()
    assert "briefbot_up_seconds 0" in text
    assert "briefbot_articles" not in text


async def test_a_server_without_metrics_has_no_such_page() -> None:
    server = WebServer("127.0.0.1", 0, [])
    await server.start()
    try:
        async with aiohttp.ClientSession() as session:
            answer = await session.get(f"http://127.0.0.1:{server.port}/metrics")
    finally:
        await server.stop()
    assert answer.status == 404
