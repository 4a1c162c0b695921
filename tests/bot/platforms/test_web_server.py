"""The web server: up at once, down in order, and no hand on the process's signals."""

from __future__ import annotations

import asyncio
import signal

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.errors import PlatformError
from bot.platforms.web_server import WebServer


async def get(server: WebServer, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"http://127.0.0.1:{server.port}{path}")
        return answer.status, await answer.text()


async def test_it_serves_the_routes_and_a_health_check() -> None:
    async def hello(_: Request) -> PlainTextResponse:
        return PlainTextResponse("hello")

    server = WebServer("127.0.0.1", 0, [Route("/hello", hello)])
    await server.start()
    assert await get(server, "/hello") == (200, "hello")
    assert await get(server, "/healthz") == (200, "ok\n")
    assert (await get(server, "/other"))[0] == 404
    await server.stop()


async def test_it_finishes_what_was_begun_before_it_stops() -> None:
    begun, finish = asyncio.Event(), asyncio.Event()

    async def slow(_: Request) -> PlainTextResponse:
        begun.set()
        await finish.wait()
        return PlainTextResponse("done")

    server = WebServer("127.0.0.1", 0, [Route("/slow", slow)])
    await server.start()
    asked = asyncio.create_task(get(server, "/slow"))
    await begun.wait()
    stopping = asyncio.create_task(server.stop())
    finish.set()
    assert await asked == (200, "done")
    await stopping
    with pytest.raises(aiohttp.ClientConnectionError):
        await get(server, "/slow")


async def test_it_names_the_remedy_where_the_port_is_taken() -> None:
    first = WebServer("127.0.0.1", 0, [])
    await first.start()
    second = WebServer("127.0.0.1", first.port, [])
    with pytest.raises(PlatformError, match="BRIEFBOT_WEB_PORT"):
        await second.start()
    await second.stop()
    await first.stop()


async def test_it_leaves_signals_alone() -> None:
    before = signal.getsignal(signal.SIGTERM)
    server = WebServer("127.0.0.1", 0, [])
    await server.start()
    await get(server, "/healthz")
    assert signal.getsignal(signal.SIGTERM) is before
    await server.stop()
