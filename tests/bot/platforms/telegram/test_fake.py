"""The fake Telegram refuses what Telegram refuses: passing against it means something."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import CHATS

HERE = CHATS["group"]


async def call(tg: FakeTelegram, method: str, token: str | None = None, **body: Any) -> Any:
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{tg.url}/bot{token or tg.token}/{method}", json=body)
        return await answer.json()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("<b></b>", "message text is empty"),
        ("a" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b>open", "can't parse entities"),
        ("a <b", "can't parse entities"),
        ("<script>x</script>", "can't parse entities"),
        ('<a href="https://a.example/">x</a>' * 400, "ENTITIES_TOO_LONG"),
        ("<b>a</b>" * 5000, "text is too long"),
    ],
)
async def test_it_refuses_a_bad_text(tg: FakeTelegram, text: str, reason: str) -> None:
    answer = await call(tg, "sendMessage", chat_id=HERE, text=text, parse_mode="HTML")
    assert answer["error_code"] == 400
    assert reason in answer["description"]
    assert tg.sent == []


@pytest.mark.parametrize(
    ("method", "body", "reason"),
    [
        ("sendMessage", {"chat_id": 5, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": HERE, "text": "x", "message_thread_id": 5}, "thread not found"),
        ("sendMessage", {"chat_id": HERE, "text": "x", "parse_mode": "bad"}, "parse_mode"),
        ("editMessageText", {"chat_id": HERE, "message_id": 5, "text": "x"}, "edit not found"),
        ("answerCallbackQuery", {"callback_query_id": "5"}, "query is too old"),
        ("sendChatAction", {"chat_id": HERE, "action": "sleeping"}, "wrong parameter action"),
        ("setMyCommands", {"commands": [{"command": "Brief", "description": "x"}]}, "INVALID"),
        ("setMyCommands", {"commands": [{"command": "brief", "description": ""}]}, "INVALID"),
        ("setWebhook", {"url": "http://public.example/"}, "HTTPS URL"),
        ("setWebhook", {"url": "https://a.example/", "secret_token": "a b"}, "secret token"),
        ("flyToTheMoon", {}, "Not Found"),
    ],
)
async def test_it_refuses_a_bad_call(
    tg: FakeTelegram, method: str, body: dict[str, Any], reason: str
) -> None:
    answer = await call(tg, method, **body)
    assert not answer["ok"]
    assert reason in answer["description"]


async def test_it_knows_its_own_token_only(tg: FakeTelegram) -> None:
    assert (await call(tg, "getMe"))["result"]["is_bot"]
    assert (await call(tg, "getMe", token="1:other"))["error_code"] == 401


async def test_it_edits_a_message_but_not_into_itself(tg: FakeTelegram) -> None:
    sent = (await call(tg, "sendMessage", chat_id=HERE, text="one"))["result"]
    here = {"chat_id": HERE, "message_id": sent["message_id"]}
    assert (await call(tg, "editMessageText", text="two", **here))["ok"]
    assert tg.sent[0].text == "two"
    assert "not modified" in (await call(tg, "editMessageText", text="two", **here))["description"]


async def test_a_button_is_answered_once(tg: FakeTelegram) -> None:
    query = tg.press("more")
    (update,) = (await call(tg, "getUpdates"))["result"]
    assert update["callback_query"]["data"] == "more"
    assert (await call(tg, "answerCallbackQuery", callback_query_id=query))["ok"]
    assert not (await call(tg, "answerCallbackQuery", callback_query_id=query))["ok"]


async def test_it_knows_who_is_an_admin(tg: FakeTelegram) -> None:
    tg.chats[HERE].members[7] = "administrator"
    for user, status in ((7, "administrator"), (8, "member")):
        answer = await call(tg, "getChatMember", chat_id=HERE, user_id=user)
        assert answer["result"]["status"] == status


async def test_updates_wait_until_they_are_confirmed(tg: FakeTelegram) -> None:
    first, second = tg.type("one"), tg.type("two")
    for _ in range(2):
        waiting = (await call(tg, "getUpdates", limit=5))["result"]
        assert [one["update_id"] for one in waiting] == [first, second]
    waiting = (await call(tg, "getUpdates", offset=second))["result"]
    assert [one["update_id"] for one in waiting] == [second]
    assert (await call(tg, "getUpdates", offset=second + 1))["result"] == []


async def test_it_counts_messages_that_come_too_fast(tg: FakeTelegram) -> None:
    for _ in range(5):
        await call(tg, "sendMessage", chat_id=HERE, text="x")
    assert not tg.violations
    for _ in range(20):
        await call(tg, "sendMessage", chat_id=HERE, text="x")
    assert tg.violations["chat"] >= 15
    assert tg.violations["group"] == 5
