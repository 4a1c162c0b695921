"""/start, /help, and what happens to words that are no command."""

from __future__ import annotations

import pytest

from bot.models import Reply
from handlers.commands import COMMANDS
from handlers.commands.help import help_reply
from tests.support.dialog import Chat

NAMES = [spec.name for spec in COMMANDS]


async def test_help_lists_every_command_with_its_usage(chat: Chat) -> None:
    said = await chat.say("/help")
    for spec in COMMANDS:
        assert spec.usage.split(" ")[0] in said


@pytest.mark.parametrize("name", NAMES)
async def test_help_tells_all_about_one_command(chat: Chat, name: str) -> None:
    spec = COMMANDS[NAMES.index(name)]
    await chat.hears(
        (f"/help {name}", f"/{name}\n\n…\nUsage: {spec.usage}\nExample: {spec.example}")
    )


@pytest.mark.parametrize("example", [spec.example for spec in COMMANDS])
async def test_every_example_in_the_table_is_understood(chat: Chat, example: str) -> None:
    assert "understand" not in await chat.say(example)


async def test_the_start_says_what_it_is_and_what_to_type(chat: Chat) -> None:
    await chat.hears(
        ("/start", "Welcome to briefbot\n\n…supported…/brief energy…/subscribe energy…/help…")
    )


async def test_what_is_no_command_is_told_with_the_nearest_ones(chat: Chat) -> None:
    await chat.hears(
        ("/breif energy", "I know no command “breif”. Did you mean brief?\nTry /help"),
        ("/xyzzy", "I know no command “xyzzy”.\nTry /help"),
        ("/help breif", "I know no command “breif”. Did you mean brief?\nTry /help"),
    )


async def test_the_name_of_the_bot_and_capitals_do_not_matter(chat: Chat) -> None:
    await chat.hears(
        ("/help@briefbot", "Commands…"),
        ("/HELP", "Commands…"),
        ("/subscribe@Brief_bot energy 08:00", "Subscribed to Energy…"),
    )


async def test_nothing_is_said_to_nothing(chat: Chat) -> None:
    await chat.hears(("/", ""), ("/@briefbot", ""))


async def test_a_command_name_may_be_anything(chat: Chat) -> None:
    await chat.hears((f"/{'x' * 5_000}\x1b[31m \ud800", "I know no command “xxx…Try /help"))


def test_the_reply_of_help_is_built_from_the_table() -> None:
    assert help_reply((), "") == Reply(title="Commands", lines=help_reply((), "").lines[-1:])
