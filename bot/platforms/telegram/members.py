"""Who is an admin of a Telegram chat, by getChatMember."""

from __future__ import annotations

import asyncio

from telegram import Bot, Chat, ChatMember, ChatMemberUpdated
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.languages import marked
from bot.log import get_logger
from bot.models import Command, Role
from bot.platforms.role_cache import RoleCache
from bot.platforms.telegram.errors import plain

LOOK_UP_SECONDS = 8.0
"""Timeout of a lookup while a person waits for the answer."""

_ADMINS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})

_OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})

log = get_logger(__name__)


class ChatMembers:
    """The roles of people in chats, cached for a minute."""

    def __init__(self, bot: Bot, cache: RoleCache | None = None) -> None:
        self._bot = bot
        self._cache = cache or RoleCache()

    async def role_of(self, command: Command) -> Role:
        """Return the sender's role in the chat; UNKNOWN if Telegram does not say.

        A sender with the chat's own id is its person in a private chat, an anonymous admin in a
        group, the channel itself in a channel. Any other chat as sender has no role.
        """
        chat, person = command.address.chat, command.user.id
        if person == chat:
            return Role.ADMIN
        if not person.isdecimal():
            return Role.MEMBER
        known = self._cache.get(chat, person)
        if known is None:
            with self._cache.look_up(chat, person) as found:
                known = await self._ask(int(chat), int(person))
                self._cache.put(found, known)
        return known

    async def role_now(self, chat: int, person: str) -> Role:
        """Return a person's role in a chat, asked just now."""
        return await self._ask(chat, int(person)) if person.isdecimal() else Role.MEMBER

    def changed(self, update: ChatMemberUpdated) -> None:
        """Drop what is cached about a member whose status has changed."""
        self._cache.forget(str(update.new_chat_member.user.id), str(update.chat.id))

    async def _ask(self, chat: int, person: int) -> Role:
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                return await self._status(chat, person)
        except (TelegramError, TimeoutError) as error:
            log.warning("role not found", chat=chat, user=person, error=plain(error))
            return Role.UNKNOWN

    async def _status(self, chat: int, person: int) -> Role:
        """Ask for the member; where only admins may, for the list of admins, which all may see."""
        try:
            member = await self._bot.get_chat_member(chat, person)
        except (BadRequest, Forbidden):
            admins = await self._bot.get_chat_administrators(chat)
            found = any(each.user.id == person for each in admins)
            return Role.ADMIN if found else Role.MEMBER
        return Role.ADMIN if member.status in _ADMINS else Role.MEMBER


def added_to(changed: ChatMemberUpdated) -> bool:
    """Return whether the bot was added to a group or channel."""
    before, after = changed.old_chat_member.status, changed.new_chat_member.status
    shared = changed.chat.type in {Chat.GROUP, Chat.SUPERGROUP, Chat.CHANNEL}
    return shared and before in _OUTSIDE and after in {ChatMember.MEMBER, ChatMember.ADMINISTRATOR}


def gone_from(changed: ChatMemberUpdated) -> str:
    """Return why the bot can no longer write to a chat; empty if it can."""
    if changed.new_chat_member.status not in _OUTSIDE:
        return ""
    private = changed.chat.type == Chat.PRIVATE
    if private:
        return marked("the bot was blocked")
    return marked("the bot was removed from this chat")
