"""Requests that never end are closed, and those that do are served meanwhile."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.health import Health
from bot.platforms import web_limits
from bot.platforms.web_server import WebServer

HALF_OPEN = {
    "nothing": b"",
    "half a header": b"POST /echo HTTP/1.1\r\nHost: x\r\nX-A: ",
    "half a body": b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
}


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
async def server(health: Health) -> AsyncIterator[WebServer]:
    made = WebServer("127.0.0.1", 0, [Route("/echo", echo, methods=["POST"])], health)
    await made.start()
    yield made
    await made.stop()


async def half_open(server: WebServer, sent: bytes) -> asyncio.StreamReader:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(sent)
    await writer.drain()
    return reader


async def closed(reader: asyncio.StreamReader) -> None:
    """Wait until the server has closed the connection, with or without an answer."""
    try:
        while await reader.read(1024):
            pass
    except ConnectionError:
        return


async def get(server: WebServer, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"http://127.0.0.1:{server.port}{path}")
        return answer.status, await answer.text()


async def test_fault_71_nine_hundred_half_open_requests_are_closed_within_10_s(
    server: WebServer,
) -> None:
    began = time.monotonic()
    kinds = [*HALF_OPEN.values()] * 300
    readers = [await half_open(server, sent) for sent in kinds]
    assert len(readers) == 900
    assert (await get(server, "/healthz"))[0] == 200
    await asyncio.wait_for(asyncio.gather(*map(closed, readers)), 10)
    assert time.monotonic() - began < 20
    assert (await get(server, "/healthz"))[0] == 200


@pytest.mark.parametrize("sent", HALF_OPEN.values(), ids=HALF_OPEN)
async def test_fault_71_a_request_that_does_not_arrive_is_closed(
    sent: bytes, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_limits, "REQUEST_SECONDS", 0.2)
    reader = await half_open(server, sent)
    await asyncio.wait_for(closed(reader), 5)


async def test_fault_71_one_byte_at_a_time_does_not_help(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_limits, "REQUEST_SECONDS", 0.3)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)

    async def drip() -> None:
        try:
            for byte in b"POST /echo HTTP/1.1\r\nX-Slow: " + b"a" * 1000:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.01)
        except ConnectionError:
            return

    dripping = asyncio.create_task(drip())
    await asyncio.wait_for(closed(reader), 5)
    dripping.cancel()


async def test_an_answer_may_take_longer_than_its_request(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_limits, "REQUEST_SECONDS", 0.1)

    async def slow(_: Request) -> PlainTextResponse:
        await asyncio.sleep(0.3)
        return PlainTextResponse("done")

    other = WebServer("127.0.0.1", 0, [Route("/slow", slow)])
    await other.start()
    try:
        assert await get(other, "/slow") == (200, "done")
    finally:
        await other.stop()


async def test_who_takes_no_answer_is_closed_and_cannot_put_that_off(
    server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_limits, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(web_limits, "REQUEST_SECONDS", 0.3)  # what it writes begins a request

    async def large(_: Request) -> PlainTextResponse:
        return PlainTextResponse("x" * 50_000_000)

    other = WebServer("127.0.0.1", 0, [Route("/large", large)])
    await other.start()
    _, writer = await asyncio.open_connection("127.0.0.1", other.port)
    writer.write(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")

    async def keep_writing() -> None:
        while True:
            await asyncio.sleep(0.05)
            writer.write(b"G")
            await writer.drain()

    try:
        with pytest.raises(ConnectionError):
            await asyncio.wait_for(keep_writing(), 5)
    finally:
        writer.close()
        await other.stop()


async def test_one_connection_serves_several_requests(server: WebServer) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:
        for length in (1, 50_000):
            address = f"http://127.0.0.1:{server.port}/echo"
            answer = await session.post(address, data=b"x" * length)
            assert await answer.text() == str(length)


async def test_readiness_names_what_does_not_work_without_details(
    server: WebServer, health: Health
) -> None:
    status, text = await get(server, "/readyz")
    assert (status, json.loads(text)) == (200, {"ready": True, "problems": []})
    health.failed("Telegram polling", "401 at /secret/path")
    status, text = await get(server, "/readyz")
    assert (status, json.loads(text)) == (
        503,
        {"ready": False, "problems": ["Telegram polling"]},
    )
    health.working("Telegram polling")
    assert (await get(server, "/readyz"))[0] == 200
