"""The menus of commands that Telegram shows: for private chats, groups, their admins, operators.

A menu only shows commands; who may use them is checked when they arrive.
https://core.telegram.org/bots/api#botcommandscope
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden

from bot.languages import ENGLISH, OFFERED, speaking, tr
from bot.log import get_logger
from bot.platforms.interfaces import MenuEntry, MenuReader
from bot.platforms.telegram.errors import plain

DESCRIPTION_LENGTH = 256
"""Maximum length of a command's description in the menu."""

Menu = list[tuple[str, str]]

log = get_logger(__name__)


async def offer_menus(
    bot: Bot, entries: Sequence[MenuEntry], admins: Sequence[str], usual: str = ENGLISH
) -> None:
    """Set every menu; raises the SDK's errors except for a refused menu, which is logged.

    People whose Telegram speaks no offered language see the menus in the `usual` one. That one is
    set as an offered one, too: Telegram keeps what an earlier start has set for its speakers.
    `admins` are the operators as in the settings. One who never wrote to the bot has no chat yet.
    """
    for language in ("", *OFFERED):
        with speaking(language or usual):
            await _offer(bot, entries, language)
    for chat in [each.removeprefix("telegram:") for each in admins if "telegram:" in each]:
        try:
            await _offer_operator(bot, entries, BotCommandScopeChat(int(chat)), usual)
        except (BadRequest, Forbidden) as error:
            log.info("no menu for an operator who has not written yet", error=plain(error))


async def _offer_operator(
    bot: Bot, entries: Sequence[MenuEntry], chat: BotCommandScopeChat, usual: str
) -> None:
    for language in ("", *OFFERED):
        with speaking(language or usual):
            whole = _menu(entries, MenuReader.OPERATOR)
        await bot.set_my_commands(whole, scope=chat, language_code=language or None)


async def _offer(bot: Bot, entries: Sequence[MenuEntry], language: str) -> None:
    """Set the menus of the people whose Telegram speaks a language; without one, of all others."""
    for scope, menu in _menus(entries):
        try:
            await bot.set_my_commands(menu, scope=scope, language_code=language or None)
        except BadRequest as error:
            log.error("command menu refused", scope=scope.type, error=plain(error))  # noqa: TRY400 - the text says it all


def _menus(entries: Sequence[MenuEntry]) -> Iterator[tuple[BotCommandScope, Menu]]:
    yield BotCommandScopeDefault(), _menu(entries, MenuReader.MEMBER)
    yield BotCommandScopeAllPrivateChats(), _menu(entries, MenuReader.ADMIN)
    yield BotCommandScopeAllGroupChats(), _menu(entries, MenuReader.MEMBER)
    yield BotCommandScopeAllChatAdministrators(), _menu(entries, MenuReader.ADMIN)


def _menu(entries: Sequence[MenuEntry], reader: MenuReader) -> Menu:
    return [
        (each.name, tr(each.summary)[:DESCRIPTION_LENGTH])
        for each in entries
        if each.reader <= reader
    ]
