"""Fault 60: Telegram, Slack and the model through the operator's proxy, by their SDKs' own code."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.platforms.slack.api import SlackApi
from bot.platforms.telegram.sender import application
from config.proxies import Proxies
from config.settings import Settings, load_settings
from summarizer.llm.prompts import Message
from summarizer.llm.server.client import ModelServer
from summarizer.llm.server.request import AnswerFormat
from tests.fakes.proxies import fake_proxy
from tests.fakes.web import FakeWeb, answer, fake_web

BOT = {"id": 7, "is_bot": True, "first_name": "Briefbot", "username": "briefbot"}
COMPLETION = {
    "id": "c",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "yes"}}],
}


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    json_type = [("Content-Type", "application/json")]
    async with fake_web() as server:
        for path, told in (
            ("/bot7:token/getMe", {"ok": True, "result": BOT}),
            ("/api/auth.test", {"ok": True, "user": "briefbot"}),
            ("/v1/chat/completions", COMPLETION),
        ):
            server.on(path, answer(json.dumps(told).encode(), headers=json_type))
        yield server


async def telegram(settings: Settings) -> object:
    async with application(settings).bot as bot:
        return bot.username


async def slack(settings: Settings) -> object:
    api = SlackApi("http://slack.example/api/", "xoxb-1", 5, settings.proxies)
    return (await api.ask("auth.test"))["user"]


async def model(settings: Settings) -> object:
    server = ModelServer("m", "key", "http://model.example/v1", None, settings.proxies)
    try:
        done = await server.complete([Message("user", "?")], 64, 5, AnswerFormat("a", {}))
    finally:
        await server.close()
    return done.text


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize(
    ("talk", "host", "told"),
    [
        (telegram, "telegram.example", "briefbot"),
        (slack, "slack.example", "briefbot"),
        (model, "model.example", "yes"),
    ],
)
async def test_fault_60_each_service_is_reached_through_the_proxy(
    web: FakeWeb, scheme: str, talk: Callable[[Settings], Awaitable[object]], host: str, told: str
) -> None:
    async with fake_proxy(web.port, socks=scheme == "socks5") as proxy:
        settings = load_settings(
            {
                "ALL_PROXY": f"{scheme}://127.0.0.1:{proxy.port}",
                "TELEGRAM_BOT_TOKEN": "7:token",
                "TELEGRAM_API_URL": "http://telegram.example",
            }
        )
        assert await talk(settings) == told
    assert {each.removesuffix(":80") for each in proxy.asked} == {host}


async def test_fault_60_slack_is_asked_directly_where_no_proxy_names_it(
    web: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    direct = Proxies(http="http://127.0.0.1:9", exceptions="127.0.0.1")
    api = SlackApi(web.at("/api/"), "xoxb-1", 5, direct)
    assert (await api.ask("auth.test"))["user"] == "briefbot"
