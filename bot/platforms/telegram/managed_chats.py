"""A channel or group that is named in a private chat, with the rights of bot and asker there."""

from __future__ import annotations

import asyncio

from telegram import Bot, Chat, ChatFullInfo, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.errors import DeliveryError
from bot.languages import tr
from bot.models import Address, Command, Platform, Role
from bot.platforms.interfaces import ManagedChat
from bot.platforms.telegram.errors import plain
from bot.platforms.telegram.members import ChatMembers

LOOK_UP_SECONDS = 8.0
"""Timeout of each lookup while a person waits for the answer."""

GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def find_chat(
    bot: Bot, members: ChatMembers, command: Command, name: str
) -> ManagedChat | None:
    """Ask Telegram for a chat and for the rights of both; nothing is remembered.

    A chat without a public name is hidden. None where the bot knows no such chat. Raises
    DeliveryError where Telegram does not answer.
    """
    try:
        chat = await _chat(bot, name)
        if chat is None:
            return None
        title = chat.title or name
        fault = await _fault(bot, chat, title)
    except (TelegramError, TimeoutError) as error:
        raise DeliveryError(plain(error)) from None
    role = Role.OPERATOR if command.user.admin else await members.role_now(chat.id, command.user.id)
    address = Address(Platform.TELEGRAM, "", str(chat.id))
    return ManagedChat(address, str(chat.id), title, role, hidden=not chat.username, fault=fault)


async def _chat(bot: Bot, name: str) -> ChatFullInfo | None:
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            chat = await bot.get_chat(name if name.startswith("@") else int(name))
    except (BadRequest, Forbidden):
        return None
    return None if chat.type == Chat.PRIVATE else chat


async def _fault(bot: Bot, chat: ChatFullInfo, title: str) -> str:
    """Return why the bot is not in a chat, or may not write there; "" where it may."""
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            me = await bot.get_chat_member(chat.id, bot.id)
    except (BadRequest, Forbidden):
        return _outside(chat, title)
    if me.status in GONE:
        return _outside(chat, title)
    posts = isinstance(me, ChatMemberAdministrator) and bool(me.can_post_messages)
    if chat.type == Chat.CHANNEL and not posts:
        return tr(
            "I may not post in {title}: give me the right to post messages there.", title=title
        )
    if isinstance(me, ChatMemberRestricted) and not me.can_send_messages:
        return tr("I may not write in {title}: lift the restriction there.", title=title)
    return ""


def _outside(chat: ChatFullInfo, title: str) -> str:
    if chat.type == Chat.CHANNEL:
        return tr(
            "I am not in {title} yet: add me there as an admin who may post messages, "
            "then try again.",
            title=title,
        )
    return tr("I am not in {title} yet: add me there as a member, then try again.", title=title)
