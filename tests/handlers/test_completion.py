"""What Tab offers while a line is typed in the terminal's chat."""

from __future__ import annotations

import pytest

from handlers.completion import suggestions
from tests.support.dialog import Chat
from tests.support.engines import SQLITE_ALONE


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("bri", ["brief"]),
        ("/bri", ["/brief"]),
        ("BRI", ["brief"]),
        ("brief en", ["energy"]),
        ("brief energy se", ["security"]),
        ("brief zzz", []),
        ("help bri", ["brief"]),
        ("why ports", ["ports"]),
    ],
)
@SQLITE_ALONE
async def test_commands_first_then_topics(chat: Chat, typed: str, offered: list[str]) -> None:
    await chat.hears(("/topics add ports: port, harbour, shipping", "…"))
    found = await suggestions(chat.services, chat.address, typed)
    assert [each.word for each in found] == offered
    assert all(each.says for each in found)


@SQLITE_ALONE
async def test_an_empty_line_offers_all_listed_commands(chat: Chat) -> None:
    found = await suggestions(chat.services, chat.address, "")
    assert {"brief", "help", "subscribe"} <= {each.word for each in found}
