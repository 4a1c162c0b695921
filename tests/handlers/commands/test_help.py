"""/start, /help, and what happens to words that are no command."""

from __future__ import annotations

import pytest

from bot.models import Role
from handlers.command_spec import Purpose
from handlers.commands import COMMANDS
from handlers.commands.help import help_reply
from handlers.services import Services
from tests.support.dialog import OPERATOR, Chat
from tests.support.engines import SQLITE_ALONE

NAMES = [spec.name for spec in COMMANDS]


@SQLITE_ALONE
async def test_help_lists_every_command_with_its_usage(chat: Chat) -> None:
    said = await Chat(chat.services, user=OPERATOR).say("/help")
    for spec in COMMANDS:
        assert spec.example in said or not spec.listed


@SQLITE_ALONE
async def test_help_begins_with_three_lines_and_groups_commands_by_what_people_want(
    chat: Chat,
) -> None:
    first, *groups = (await chat.say("/help")).split("\n\n")[1:]
    assert first.count("\n") == 2
    assert [each.splitlines()[0] for each in groups[:-1]] == [each.value for each in Purpose]


@pytest.mark.parametrize(
    ("role", "hidden"),
    [
        (
            Role.MEMBER,
            {
                "subscribe",
                "unsubscribe",
                "resume",
                "forget",
                "resend",
                "withdraw",
                "follow",
                "unwatch",
            },
        ),
        (Role.ADMIN, {"resend", "withdraw"}),
    ],
)
@SQLITE_ALONE
async def test_help_shows_only_what_this_person_may_use(
    services: Services, role: Role, hidden: set[str]
) -> None:
    said = await Chat(services, role=role).say("/help")
    lines = {line.strip("• ").split()[0] for line in said.splitlines() if "• /" in line}
    for spec in COMMANDS:
        assert (f"/{spec.name}" in {each.rstrip(":") for each in lines}) is (
            spec.listed and spec.name not in hidden
        ), spec.name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/cancel", "unsubscribe"),
        ("/notify", "watch"),
        ("/news", "brief"),
        ("/timezone", "settings"),
        ("/proof", "why"),
        ("/find", "search"),
        ("/feeds", "sources"),
        ("/hide", "mute"),
        ("/commands", "help"),
    ],
)
@SQLITE_ALONE
async def test_an_unknown_command_suggests_the_nearest_meaning(
    chat: Chat, typed: str, meant: str
) -> None:
    await chat.hears(
        (typed, f"I know no command “{typed[1:]}”. Did you mean {meant}? Try /{meant}")
    )


async def test_stop_ends_digests_after_a_question(chat: Chat) -> None:
    await chat.hears(
        ("/stop", "This chat gets no digests. I write only when I am asked."),
        ("/subscribe energy", "New digest…"),
        ("/stop", "End all digests of this chat (1 digest)?…/unsubscribe all…"),
    )
    asked = await chat.ask("/stop")
    assert asked is not None
    assert asked.buttons[0][0].command == "unsubscribe yes all"
    await chat.hears(("/subscriptions", "Digests of this chat…Energy…"))


@pytest.mark.parametrize("name", NAMES)
@SQLITE_ALONE
async def test_help_tells_all_about_one_command(services: Services, name: str) -> None:
    chat = Chat(services, user=OPERATOR)
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
        ("/breif energy", "I know no command “breif”. Did you mean brief?\nTry /brief"),
        ("/xyzzy", "I know no command “xyzzy”.\nTry /help"),
        ("/help breif", "I know no command “breif”. Did you mean brief?\nTry /brief"),
    )


async def test_the_name_of_the_bot_and_capitals_do_not_matter(chat: Chat) -> None:
    await chat.hears(
        ("/help@briefbot", "Commands…"),
        ("/HELP", "Commands…"),
        ("/subscribe@Brief_bot energy 08:00", "New digest: Energy…"),
    )


async def test_nothing_is_said_to_nothing(chat: Chat) -> None:
    await chat.hears(("/", ""), ("/@briefbot", ""))


async def test_a_command_name_may_be_anything(chat: Chat) -> None:
    await chat.hears((f"/{'x' * 5_000}\x1b[31m \ud800", "I know no command “xxx…Try /help"))


def test_the_reply_of_help_is_built_from_the_table() -> None:
    assert not [each for each in help_reply((), "").lines if each.item]
