"""Updates → commands → answers: one at a time in each chat, each update once."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, Update

from bot.errors import BriefbotError, DeliveryError
from bot.models import Address, Reply
from bot.platforms.interfaces import Answer, Inbox
from bot.platforms.telegram.sender import post, typing
from bot.platforms.telegram.updates import Incoming, parse_update
from bot.render.telegram.messages import reply_messages

TRIES = 4
SHORT_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""An answer waits at most so many seconds where Telegram asks for a pause; then it is given up."""

APOLOGY = Reply.saying("Sorry, that went wrong on my side. Please try again in a minute.")

log = structlog.get_logger(__name__)


class Conversation:
    """Answers what is heard in the chats; the command core decides what to say."""

    def __init__(
        self,
        bot: Bot,
        answer: Answer,
        inbox: Inbox,
        *,
        names: Collection[str],
        known: Collection[str],
        admins: Sequence[str],
    ) -> None:
        self._bot = bot
        self._answer = answer
        self._inbox = inbox
        self._names = names
        self._known = known
        self._admins = admins
        self._turns: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    async def take(self, update: Update, _: object = None) -> None:
        """Answer one update, after the earlier ones of its chat."""
        found = parse_update(update, bot=self._bot.username, names=self._names, admins=self._admins)
        if found is None or self._for_others(found):
            return
        turn = self._turns.setdefault(found.address, asyncio.Lock())
        async with turn:
            if await self._taken(found):
                await self._respond(found)
                await self._inbox.answered(found.update_id)

    def _for_others(self, found: Incoming) -> bool:
        """Whether a group's /command is none of ours and names no bot."""
        command = found.command
        if found.to_bot or not self._known:
            return False
        return command.name not in self._known

    async def _taken(self, found: Incoming) -> bool:
        """Whether the update is new and noted; where it cannot be noted, that is said."""
        try:
            return await self._inbox.claim(found.update_id, found.address, found.command.name)
        except BriefbotError as error:
            log.warning("a command was refused", update=found.update_id, error=str(error))
            await self._say(found.address, reply_messages(Reply.saying(str(error))))
        except Exception:
            log.exception("a command could not be noted", update=found.update_id)
            await self._say(found.address, reply_messages(APOLOGY))
        return False

    async def _respond(self, found: Incoming) -> None:
        try:
            reply = await self._reply(found)
            payloads = reply_messages(reply) if reply is not None else ()
        except BriefbotError as error:
            log.warning("a command was refused", update=found.update_id, error=str(error))
            payloads = reply_messages(Reply.saying(str(error)))
        except Exception:
            log.exception("a command failed", update=found.update_id)
            payloads = reply_messages(APOLOGY)
        await self._say(found.address, payloads)

    async def _reply(self, found: Incoming) -> Reply | None:
        if not found.shows_actions:
            return await self._answer(found.command)
        async with typing(self._bot, found.address):
            return await self._answer(found.command)

    async def _say(self, address: Address, payloads: Sequence[str]) -> None:
        try:
            for payload in payloads:
                address = await self._post(address, payload)
        except DeliveryError as error:
            log.warning("an answer was not sent", chat=address.chat, error=str(error))

    async def _post(self, address: Address, payload: str) -> Address:
        """Post patiently, but never twice what may have arrived; returns where the chat is now."""
        for _ in range(TRIES - 1):
            try:
                await post(self._bot, address, payload)
            except DeliveryError as error:
                if not _worth_another_try(error):
                    raise
                address = replace(address, chat=error.migrate_to or address.chat)
                await asyncio.sleep(_pause(error))
            else:
                return address
        await post(self._bot, address, payload)
        return address


def _worth_another_try(error: DeliveryError) -> bool:
    return not error.permanent and not error.uncertain and _pause(error) <= LONGEST_PAUSE


def _pause(error: DeliveryError) -> float:
    if error.migrate_to:
        return 0
    return SHORT_PAUSE if error.retry_after is None else error.retry_after
