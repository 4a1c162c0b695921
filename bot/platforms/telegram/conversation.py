"""Updates → commands → answers: in order within each chat, each update once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from telegram import Bot, CallbackQuery, ChatMemberUpdated, Update

from bot.errors import BriefbotError
from bot.languages import offered, speaking
from bot.log import get_logger
from bot.models import Address, Place, Platform, Reply
from bot.platforms.admission import Admit, admit_all
from bot.platforms.command_queue import CommandQueue, Work
from bot.platforms.interfaces import (
    Answer,
    ChatEvents,
    Inbox,
    LanguageOf,
    ReadsOnly,
    Understand,
    own_language,
)
from bot.platforms.kept_commands import Pressed
from bot.platforms.own_replies import failed, not_saved, spoken, stale
from bot.platforms.pictures import Painter
from bot.platforms.telegram.answers import Answers
from bot.platforms.telegram.callbacks import CallbackSigner
from bot.platforms.telegram.deep_links import ASKS, opened
from bot.platforms.telegram.inline import InlineAnswers
from bot.platforms.telegram.members import ChatMembers, added_to, gone_from
from bot.platforms.telegram.presses import Press, PressAnswers, busy
from bot.platforms.telegram.sender import typing
from bot.platforms.telegram.store_patience import StorePatience
from bot.platforms.telegram.updates import (
    Incoming,
    parse_joining,
    parse_press,
    parse_update,
    pressed_in,
)
from bot.platforms.unstored_updates import UnstoredUpdates
from bot.render.telegram.messages import notice_text

log = get_logger(__name__)


class Conversation:
    """Passes updates to the command core and sends its answers."""

    def __init__(
        self,
        bot: Bot,
        answer: Answer,
        inbox: Inbox,
        *,
        understand: Understand,
        known: Collection[str],
        admins: Sequence[str],
        members: ChatMembers,
        events: ChatEvents,
        reads_only: ReadsOnly,
        bot_id: str,
        signer: CallbackSigner,
        channel_buttons: bool = False,
        language_of: LanguageOf = own_language,
        admit: Admit = admit_all,
        queue: CommandQueue | None = None,
        painter: Painter | None = None,
    ) -> None:
        self._bot = bot
        self._answer = answer
        self._inbox = inbox
        self._understand = understand
        self._signer = signer
        self._known = known
        self._admins = admins
        self._members = members
        self._events = events
        self._reads_only = reads_only
        self._bot_id = bot_id
        self._answers = Answers(
            bot, events, signer, painter or Painter(), channel_buttons=channel_buttons
        )
        self._pressed = PressAnswers(bot, self._answers, signer)
        self._language_of = language_of
        self._unstored = UnstoredUpdates()
        self._admit = admit
        self._queue = queue or CommandQueue()
        self._patience = StorePatience()
        self._reading_patience = StorePatience()
        self._inline = InlineAnswers(bot, answer, admit, admins)

    async def stop(self) -> None:
        """End the answers to inline queries."""
        await self._inline.stop()

    async def take(self, update: Update, _: object = None) -> None:
        """Admit, store and queue an update; when this returns it is safe to confirm it."""
        if update.chat_member is not None:
            self._members.changed(update.chat_member)
        if update.my_chat_member is not None:
            await self._on_membership(update, update.my_chat_member)
        if update.callback_query is not None:
            await self._take_press(update.callback_query)
            return
        if update.inline_query is not None:
            self._inline.take(update.inline_query)
            return
        found = parse_update(
            update,
            bot=self._bot.username,
            bot_id=self._bot_id,
            understand=self._understand,
            admins=self._admins,
        )
        if found is not None and not self._for_others(found):
            await self._take_command(self._opened(found))

    async def _take_command(self, found: Incoming) -> None:
        admission = self._admit(found.command)
        if not admission.admitted:
            if admission.reply is not None:
                self._put(found, partial(self._answers.send, found, admission.reply))
        elif not self._queue.has_room(found.address):
            log.warning("too many commands wait in a chat", chat=found.address.chat)
        elif await self._taken(found):
            self._put(found, partial(self._answer_one, found))

    def _opened(self, found: Incoming) -> Incoming:
        """Return the command of a link that opened the bot; of a link that is wrong, /start."""
        command = found.command
        if command.name != "start" or not command.args:
            return found
        line = opened(command.args)
        name, args = self._understand(f"/{line}") if line else ("start", "")
        if name != ASKS and not self._reads_only(name, args):
            name, args = "start", ""
        return replace(found, command=replace(command, name=name, args=args))

    async def _take_press(self, query: CallbackQuery) -> None:
        """Admit, store and queue a pressed button, which is acknowledged in any case."""
        press = Press(self._bot, query.id)
        press.start_timer()
        address = pressed_in(query)
        line = self._signer.command(address.chat, query.data or "")
        found = self._as_pressed(query, None if line is None else Pressed(line))
        if found is None:
            log.warning("a button was forged or is stale", user=query.from_user.id)
            profile = offered(query.from_user.language_code or "")
            with speaking(self._language_of(address, profile)):
                await press.answer(stale(), alert=True)
            return
        admission = self._admit(found.command)
        if not admission.admitted:
            reply = admission.reply
            told = await press.answer(notice_text(reply) if reply else "", alert=True)
            if reply is not None and not told:
                self._put(found, partial(self._answers.send, found, reply))
        elif not self._queue.has_room(found.address):
            with speaking(self._language_of(found.address, found.command.user.language)):
                await press.answer(busy(), alert=True)
        else:
            await self._take_admitted(press, query, found)

    async def _take_admitted(self, press: Press, query: CallbackQuery, found: Incoming) -> None:
        """Look up what an admitted button stands for, store and queue it."""
        patience = self._reading_patience.bounded()
        kept = await self._signer.pressed(found.address, query.data or "", patience)
        found = self._as_pressed(query, kept) or found
        if found.problem is not None:
            reply = spoken(found.problem, found.command, self._language_of)
            self._put(found, partial(self._pressed.show, press, found, reply, again=True))
        elif await self._taken(found):
            self._put(found, partial(self._answer_press, press, found))

    def _as_pressed(self, query: CallbackQuery, pressed: Pressed | None) -> Incoming | None:
        return parse_press(
            query,
            pressed,
            bot_id=self._bot_id,
            understand=self._understand,
            admins=self._admins,
        )

    async def _answer_press(self, press: Press, found: Incoming) -> None:
        try:
            reply = await self._reply(found)
        except Exception:
            log.exception("button failed", update=found.update_id)
            reply = spoken(failed, found.command, self._language_of)
        again = self._reads_only(found.command.name, found.command.args)
        await self._pressed.show(press, found, reply or Reply(place=Place.TOAST), again=again)
        await self._inbox.answered(found.update_id)

    def _put(self, found: Incoming, work: Work) -> None:
        self._queue.put(found.address, found.command.user.id, work)

    async def _answer_one(self, found: Incoming) -> None:
        await self._respond(found)
        await self._inbox.answered(found.update_id)

    async def _on_membership(self, update: Update, changed: ChatMemberUpdated) -> None:
        """Greet a group that the bot was added to, stop the digests of a chat that it left."""
        self._members.changed(changed)
        if added_to(changed):
            joining = parse_joining(
                changed, update.update_id, admins=self._admins, bot_id=self._bot_id
            )
            await self._take_command(joining)
        reason = gone_from(changed)
        if reason:
            try:
                async with self._patience.bounded():
                    await self._events.left(
                        Address(Platform.TELEGRAM, "", str(changed.chat.id)), reason
                    )
            except Exception:
                log.exception("removal from a chat not stored", chat=changed.chat.id)

    def _for_others(self, found: Incoming) -> bool:
        """Return whether a group's /command is unknown and names no bot, or is small talk."""
        command = found.command
        if found.overheard:
            return not command.args.rstrip().endswith(("?", "؟", "？"))
        if found.to_bot or not self._known:
            return False
        return command.name not in self._known

    async def _taken(self, found: Incoming) -> bool:
        """Store the update; False if it is a repetition, or changes something unstored.

        A command that only reads is answered even where the database cannot write.
        """
        try:
            return await self._claimed(found)
        except (BriefbotError, TimeoutError) as error:
            log.warning(
                "command not stored", update=found.update_id, error=str(error) or "time-out"
            )
        except Exception:
            log.exception("command not stored", update=found.update_id)
        if not self._unstored.is_new(found.update_id):
            return False
        if self._reads_only(found.command.name, found.command.args):
            return True
        self._put(
            found,
            partial(self._answers.send, found, spoken(not_saved, found.command, self._language_of)),
        )
        return False

    async def _claimed(self, found: Incoming) -> bool:
        async with self._patience.bounded():
            return await self._inbox.claim(found.update_id, found.address, found.command.name)

    async def _respond(self, found: Incoming) -> None:
        try:
            reply = await self._reply(found)
        except Exception:
            log.exception("command failed", update=found.update_id)
            reply = spoken(failed, found.command, self._language_of)
        if reply is not None:
            again = self._reads_only(found.command.name, found.command.args)
            await self._answers.send(found, reply, again=again)

    async def _reply(self, found: Incoming) -> Reply | None:
        if not found.shows_actions:
            return await self._answer(found.command)
        async with typing(self._bot, found.address):
            return await self._answer(found.command)
