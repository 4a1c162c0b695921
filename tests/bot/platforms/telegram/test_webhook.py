"""The Telegram adapter by webhook, behind our own web server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.errors import PlatformError
from bot.models import Command, Reply
from bot.platforms.web_server import WebServer
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_bot import RecordingCore, a_telegram_platform, running, settings_of
from tests.fakes.telegram_chats import CHATS, FakeChat, Typed

SECRET = "the-secret_of-the-webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
HOOK = "/telegram/hook"
UPDATE = Typed("/brief", FakeChat(42, "private", "Ada"), 42).update(1, 1)


class Hooked:
    """The fake, the adapter and our web server, wired together."""

    def __init__(self, tg: FakeTelegram, core: RecordingCore, url: str) -> None:
        self.tg = tg
        self.core = core
        self.url = url

    async def post(self, body: Any, **headers: str) -> int:
        async with aiohttp.ClientSession() as session:
            answer = await session.post(self.url, json=body, headers=headers)
            return answer.status


@pytest.fixture
async def hooked(unused_tcp_port: int) -> AsyncIterator[Hooked]:
    url = f"http://127.0.0.1:{unused_tcp_port}{HOOK}"
    core = RecordingCore()
    async with FakeTelegram() as tg:
        more = {"TELEGRAM_WEBHOOK_URL": url, "TELEGRAM_WEBHOOK_SECRET": SECRET}
        async with running(core, settings_of(tg, **more)) as platform:
            server = WebServer("127.0.0.1", unused_tcp_port, platform.routes)
            await server.start()
            yield Hooked(tg, core, url)
            await server.stop()


async def test_it_answers_what_telegram_posts(hooked: Hooked) -> None:
    hooked.tg.type("/brief energy")
    assert (await hooked.tg.message(1)).text == "said: brief energy"
    assert hooked.tg.webhook == hooked.url
    assert hooked.tg.webhook_answers == [200]
    assert not [call for call in hooked.tg.calls if call.method == "getupdates"]


async def test_fault_15_a_repeated_update_has_one_effect(hooked: Hooked) -> None:
    update = hooked.tg.type("/brief energy")
    await hooked.tg.message(1)
    hooked.tg.again(update)
    hooked.tg.again(update)
    await hooked.tg.until(lambda: hooked.tg.webhook_answers == [200, 200, 200])
    hooked.tg.type("/brief last")
    assert (await hooked.tg.message(2)).text == "said: brief last"
    assert len(hooked.core.commands) == 2


async def test_fault_18_a_long_command_is_acknowledged_at_once(hooked: Hooked) -> None:
    done = asyncio.Event()

    async def slow(command: Command) -> Reply:
        await done.wait()
        return await hooked.core.echo(command)

    hooked.core.reply = slow
    hooked.tg.type("/brief", kind="group")
    await hooked.tg.until(lambda: hooked.tg.webhook_answers == [200])
    assert hooked.tg.sent == []
    done.set()
    assert (await hooked.tg.message(1)).chat == CHATS["group"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({HEADER: ""}, 403), ({HEADER: "wrong"}, 403), ({HEADER: SECRET + "x"}, 403)],
)
async def test_fault_19_it_refuses_who_does_not_know_the_secret(
    hooked: Hooked, headers: dict[str, str], status: int
) -> None:
    assert await hooked.post(UPDATE, **headers) == status
    hooked.tg.type("/brief last")
    assert (await hooked.tg.message(1)).text == "said: brief last"
    assert len(hooked.core.commands) == 1


@pytest.mark.parametrize("body", [None, [], "text", {}, {"update_id": 1, "message": "x"}])
async def test_it_refuses_what_is_no_update(hooked: Hooked, body: Any) -> None:
    assert await hooked.post(body, **{HEADER: SECRET}) == 400
    hooked.tg.type("/brief last")
    assert (await hooked.tg.message(1)).text == "said: brief last"


async def test_a_refused_webhook_is_told_at_start() -> None:
    async with FakeTelegram() as tg:
        more = {"TELEGRAM_WEBHOOK_URL": "http://not-https.example/", "TELEGRAM_WEBHOOK_SECRET": "s"}
        with pytest.raises(PlatformError, match="TELEGRAM_WEBHOOK_URL"):
            async with running(RecordingCore(), settings_of(tg, **more)):
                pass


async def test_polling_needs_no_route() -> None:
    async with FakeTelegram() as tg:
        assert a_telegram_platform(RecordingCore(), settings_of(tg)).routes == []
