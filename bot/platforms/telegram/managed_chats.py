"""A channel or group that is named in a private chat, with the rights of bot and asker there."""

from __future__ import annotations

import asyncio

from telegram import Bot, Chat, ChatFullInfo, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.errors import UsageError
from bot.models import Address, Command, Platform, Role
from bot.platforms.interfaces import ManagedChat
from bot.platforms.telegram.members import ChatMembers

LOOK_UP_SECONDS = 8.0
"""Timeout of each lookup while a person waits for the answer."""

GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def find_chat(bot: Bot, members: ChatMembers, command: Command, name: str) -> ManagedChat:
    """Ask Telegram for a chat and for the rights of both; nothing is remembered.

    A chat without a public name is as good as unknown to people who are not its admins.
    Raises UsageError with the remedy.
    """
    again = f"/{command.name} {name} {command.args}".strip()
    chat = await _chat(bot, name, again)
    title = chat.title or name
    await _check_presence(bot, chat, title, again)
    role = Role.OPERATOR if command.user.admin else await members.role_now(chat.id, command.user.id)
    if role is Role.UNKNOWN:
        raise _unanswered(title, again)
    if role is Role.MEMBER and not chat.username:
        raise _unknown(name, again)
    if role is Role.MEMBER:
        raise UsageError(f"Only admins of {title} can change what it gets, and you are none.")
    address = Address(Platform.TELEGRAM, "", str(chat.id))
    return ManagedChat(address, str(chat.id), title, role)


async def _chat(bot: Bot, name: str, again: str) -> ChatFullInfo:
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            chat = await bot.get_chat(name if name.startswith("@") else int(name))
    except (BadRequest, Forbidden):
        raise _unknown(name, again) from None
    except (TelegramError, TimeoutError):
        raise _unanswered(name, again) from None
    if chat.type == Chat.PRIVATE:
        raise _unknown(name, again)
    return chat


async def _check_presence(bot: Bot, chat: ChatFullInfo, title: str, again: str) -> None:
    """Raise UsageError where the bot is not in a chat, or may not write there."""
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            me = await bot.get_chat_member(chat.id, bot.id)
    except (BadRequest, Forbidden):
        raise _outside(chat, title, again) from None
    except (TelegramError, TimeoutError):
        raise _unanswered(title, again) from None
    if me.status in GONE:
        raise _outside(chat, title, again)
    posts = isinstance(me, ChatMemberAdministrator) and bool(me.can_post_messages)
    if chat.type == Chat.CHANNEL and not posts:
        raise UsageError(
            f"I may not post in {title}: give me the right to post messages there.", again
        )
    if isinstance(me, ChatMemberRestricted) and not me.can_send_messages:
        raise UsageError(f"I may not write in {title}: lift the restriction there.", again)


def _outside(chat: Chat | ChatFullInfo, title: str, again: str) -> UsageError:
    as_what = "as an admin who may post messages" if chat.type == Chat.CHANNEL else "as a member"
    return UsageError(f"I am not in {title} yet: add me there {as_what}, then try again.", again)


def _unknown(name: str, again: str) -> UsageError:
    return UsageError(
        f"I know no channel or group {name}. Add me there as an admin, and write its @name as it "
        "stands in its link.",
        again,
    )


def _unanswered(title: str, again: str) -> UsageError:
    return UsageError(
        f"I cannot check right now who may do what in {title}. Please try again in a minute.",
        again,
    )
