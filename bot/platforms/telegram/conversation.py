"""Updates → commands → answers: in order within each chat, each update once."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

import structlog
from telegram import Bot, Update

from bot.errors import BriefbotError, DeliveryError
from bot.models import Address, Reply
from bot.platforms.admission import Admit, admit_all
from bot.platforms.command_queue import CommandQueue, Work
from bot.platforms.interfaces import Answer, Inbox
from bot.platforms.telegram.sender import post, typing
from bot.platforms.telegram.updates import Incoming, parse_update
from bot.render.telegram.messages import reply_messages

STORE_SECONDS = 5.0
"""The time that the database has to store an update."""

TRIES = 4
SHORT_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Longest pause in seconds that an answer waits for a rate limit."""

APOLOGY = Reply.saying("Sorry, something went wrong. Please try again in a minute.")

log = structlog.get_logger(__name__)


class Conversation:
    """Passes updates to the command core and sends its answers."""

    def __init__(
        self,
        bot: Bot,
        answer: Answer,
        inbox: Inbox,
        *,
        names: Collection[str],
        known: Collection[str],
        admins: Sequence[str],
        admit: Admit = admit_all,
        queue: CommandQueue | None = None,
    ) -> None:
        self._bot = bot
        self._answer = answer
        self._inbox = inbox
        self._names = names
        self._known = known
        self._admins = admins
        self._admit = admit
        self._queue = queue or CommandQueue()

    async def take(self, update: Update, _: object = None) -> None:
        """Admit, store and queue an update; when this returns it is safe to confirm it."""
        found = parse_update(update, bot=self._bot.username, names=self._names, admins=self._admins)
        if found is None or self._for_others(found):
            return
        admission = self._admit(found.command)
        if not admission.admitted:
            if admission.reply is not None:
                self._put(found, partial(self._say, found.address, reply_messages(admission.reply)))
        elif not self._queue.has_room(found.address):
            log.warning("too many commands wait in a chat", chat=found.address.chat)
        elif await self._taken(found):
            self._put(found, partial(self._answer_one, found))

    def _put(self, found: Incoming, work: Work) -> None:
        self._queue.put(found.address, found.command.user.id, work)

    async def _answer_one(self, found: Incoming) -> None:
        await self._respond(found)
        await self._inbox.answered(found.update_id)

    def _for_others(self, found: Incoming) -> bool:
        """Return whether a group's /command is unknown and names no bot."""
        command = found.command
        if found.to_bot or not self._known:
            return False
        return command.name not in self._known

    async def _taken(self, found: Incoming) -> bool:
        """Store the update; False if it is a repetition or cannot be stored, which is reported."""
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return await self._inbox.claim(found.update_id, found.address, found.command.name)
        except BriefbotError as error:
            log.warning("command refused", update=found.update_id, error=str(error))
            text = reply_messages(Reply.saying(str(error)))
            self._put(found, partial(self._say, found.address, text))
        except Exception:
            log.exception("command not stored", update=found.update_id)
            self._put(found, partial(self._say, found.address, reply_messages(APOLOGY)))
        return False

    async def _respond(self, found: Incoming) -> None:
        try:
            reply = await self._reply(found)
            payloads = reply_messages(reply) if reply is not None else ()
        except BriefbotError as error:
            log.warning("command refused", update=found.update_id, error=str(error))
            payloads = reply_messages(Reply.saying(str(error)))
        except Exception:
            log.exception("command failed", update=found.update_id)
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
            log.warning("answer not sent", chat=address.chat, error=str(error))

    async def _post(self, address: Address, payload: str) -> Address:
        """Post with retries, but never twice what may have arrived; returns the chat's address."""
        for _ in range(TRIES - 1):
            try:
                await post(self._bot, address, payload)
            except DeliveryError as error:
                if not _may_retry(error):
                    raise
                address = replace(address, chat=error.migrate_to or address.chat)
                await asyncio.sleep(_pause(error))
            else:
                return address
        await post(self._bot, address, payload)
        return address


def _may_retry(error: DeliveryError) -> bool:
    return not error.permanent and not error.uncertain and _pause(error) <= LONGEST_PAUSE


def _pause(error: DeliveryError) -> float:
    if error.migrate_to:
        return 0
    return SHORT_PAUSE if error.retry_after is None else error.retry_after
