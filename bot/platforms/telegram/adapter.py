"""Telegram: one bot, by long polling or webhook, and the sender of its digests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any

from starlette.routing import Route
from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.errors import DeliveryError, PlatformError
from bot.health import Health
from bot.log import get_logger
from bot.models import Address, Briefing, Command, Delivery, Platform, Receipt, Reply, Role
from bot.platforms.admission import Admit, InstallationFaults, NoInstallationFaults, admit_all
from bot.platforms.command_queue import CommandQueue
from bot.platforms.interfaces import (
    Answer,
    ChatEvents,
    Inbox,
    LanguageOf,
    ManagedChat,
    MenuEntry,
    NoEvents,
    ReadsOnly,
    Understand,
    first_word,
    own_language,
)
from bot.platforms.kept_commands import NOTHING_KEPT, KeptCommands
from bot.platforms.pictures import Painter, offered
from bot.platforms.telegram.callbacks import CallbackSigner
from bot.platforms.telegram.chat_kinds import ChatKinds
from bot.platforms.telegram.conversation import Conversation
from bot.platforms.telegram.diagnosis import diagnose
from bot.platforms.telegram.errors import REFUSED, delivery_error, plain, quieten_sdk
from bot.platforms.telegram.managed_chats import find_chat
from bot.platforms.telegram.members import ChatMembers
from bot.platforms.telegram.menus import offer_menus
from bot.platforms.telegram.pictures import post_picture
from bot.platforms.telegram.polling import NAME, UpdatePoller
from bot.platforms.telegram.sender import application, post
from bot.platforms.telegram.updates import UPDATE_KINDS
from bot.platforms.telegram.webhook import NotReady, webhook_route
from bot.render.charts.payload import is_picture
from bot.render.telegram.messages import briefing_messages, reply_messages
from bot.supervisor import keep_running
from config.settings import Settings

START_SECONDS = 5.0
"""Seconds after which `start` returns; connecting continues in the background."""

STOP_SECONDS = 7.0
"""The time that answers in progress have at the end."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0

Turn = Callable[[], AbstractAsyncContextManager[asyncio.Event]]
"""Waits until this process may poll; the event is set when it may no longer."""

log = get_logger(__name__)


@asynccontextmanager
async def always() -> AsyncIterator[asyncio.Event]:
    """The turn of a single process."""
    yield asyncio.Event()


class TelegramPlatform:
    """The adapter. `menu` has the commands for Telegram's menus.

    `commands` are all commands: in a group, others are ignored, as they belong to other bots.
    `inbox` accepts each update once, so that a repeated one has no effect.
    `turn` elects the process that polls: Telegram allows one poller per bot.
    `events` hears of shown briefings and removals; `reads_only` tells commands without effect.
    `kept` stores what is too long for a button.
    """

    name = Platform.TELEGRAM.value
    traceable = False

    def __init__(
        self,
        settings: Settings,
        answer: Answer,
        *,
        menu: Sequence[MenuEntry],
        inbox: Inbox,
        commands: Collection[str] = (),
        turn: Turn = always,
        admit: Admit = admit_all,
        health: Health | None = None,
        faults: InstallationFaults | None = None,
        events: ChatEvents | None = None,
        reads_only: ReadsOnly = lambda _name, _args: False,
        understand: Understand = first_word,
        language_of: LanguageOf = own_language,
        kept: KeptCommands = NOTHING_KEPT,
    ) -> None:
        self._settings = settings
        self._painter = Painter()
        self._menu = menu
        self._turn = turn
        quieten_sdk()
        self._app = application(settings)
        self._connecting: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()
        self._ready = asyncio.Event()
        self._health = health or Health()
        self._faults = faults or NoInstallationFaults()
        self._queue = CommandQueue()
        self._members = ChatMembers(self._app.bot)
        self._kinds = ChatKinds(self._app.bot)
        self._signer = CallbackSigner(self._app.bot.token, self._name, kept)
        self._talk = Conversation(
            self._app.bot,
            answer,
            inbox,
            understand=understand,
            known=frozenset(commands),
            admins=settings.admins,
            members=self._members,
            events=events or NoEvents(),
            reads_only=reads_only,
            bot_id=settings.telegram_bot_id,
            signer=self._signer,
            channel_buttons=settings.channel_buttons,
            language_of=language_of,
            admit=admit,
            queue=self._queue,
            painter=self._painter,
        )
        self._poller = UpdatePoller(
            self._app.bot,
            self._talk.take,
            self._health,
            refused=partial(self._faults.refused, Platform.TELEGRAM, ""),
            accepted=partial(self._faults.accepted, Platform.TELEGRAM, ""),
        )

    def _name(self) -> str:
        """Return the bot's name; "" before Telegram has told it."""
        return self._app.bot.username if self._tried.is_set() or self._ready.is_set() else ""

    @property
    def shows_pictures(self) -> bool:
        """Whether a picture can be drawn."""
        return offered()

    @property
    def routes(self) -> list[Route]:
        """The routes for the web server: the webhook, if one is set."""
        url, secret = self._settings.telegram_webhook_url, self._settings.telegram_webhook_secret
        return [webhook_route(url, secret.get_secret_value(), self._put)] if url and secret else []

    async def role_of(self, command: Command) -> Role:
        """Return the sender's role in the chat, by getChatMember."""
        return await self._members.role_of(command)

    async def find_chat(self, command: Command, name: str) -> ManagedChat | None:
        """Find a channel or group that is named in a private chat; None if unknown."""
        return await find_chat(self._app.bot, self._members, command, name)

    async def check(self) -> str:
        """Ask Telegram for the bot's name; raises PlatformError with the remedy."""
        try:
            async with self._app.bot as bot:
                return f"@{bot.username}"
        except InvalidToken as error:
            raise self._refusal(error) from None  # the SDK's error text names the token
        except TelegramError as error:
            raise PlatformError(f"Telegram cannot be reached: {plain(error)}") from None

    async def diagnose(self, chats: Sequence[Address]) -> list[str]:
        """A line with the remedy for each fault of the webhook and of the rights in chats."""
        async with self._app.bot as bot:
            webhook = self._settings.telegram_webhook_url
            return [line async for line in diagnose(bot, webhook, [each.chat for each in chats])]

    async def start(self) -> None:
        """Connect and start answering; if Telegram cannot be reached, retry in the background.

        With several processes, this one may wait for its turn to poll.
        Raises PlatformError if Telegram refuses the token or the webhook.
        """
        self._connecting = asyncio.create_task(self._connect())
        waits = {asyncio.create_task(each.wait()) for each in (self._tried, self._ready)}
        first = asyncio.FIRST_COMPLETED
        await asyncio.wait({self._connecting, *waits}, timeout=START_SECONDS, return_when=first)
        for each in waits:
            each.cancel()
        try:
            if self._connecting.done():
                await self._connecting
        except PlatformError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop accepting updates, finish the answers in progress, disconnect."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        self._health.remove(NAME)
        await self._talk.stop()
        await self._queue.stop(STOP_SECONDS)
        await self._app.shutdown()
        await self._app.bot.shutdown()

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        """Render a digest as payloads for sendMessage; with `folded`, proof is under its bullet."""
        return briefing_messages(briefing, heading, folded=folded, page=page)

    def notice(self, text: str) -> str:
        """Render a notice to the operators."""
        return reply_messages(Reply.saying(text))[0]

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        """Send one stored part once; raises DeliveryError."""
        if is_picture(delivery.payload):
            return await post_picture(self._app.bot, self._painter, address, delivery.payload)
        signer = self._signer if await self._shows_buttons(address, delivery) else None
        return await post(self._app.bot, address, delivery.payload, signer=signer)

    async def _shows_buttons(self, address: Address, delivery: Delivery) -> bool:
        if self._settings.channel_buttons or "reply_markup" not in delivery.payload:
            return True
        return not await self._kinds.is_channel(address.chat)

    async def find(
        self, _address: Address, _delivery: Delivery, _since: datetime | None = None
    ) -> Receipt | None:
        """Never called: a bot cannot read a chat's history."""
        raise DeliveryError("Telegram has no lookup of sent messages", uncertain=True)

    async def probe(self, workspace: str) -> None:
        """Ask Telegram whether it accepts the token; raises DeliveryError."""
        try:
            await self._app.bot.get_me()
        except TelegramError as error:
            raise delivery_error(error) from None  # the SDK's error text names the token

    async def _connect(self) -> None:
        for step in (self._app.initialize, self._offer_menu):
            await self._with_retries(step)
        if self._settings.telegram_webhook_url:
            await self._with_retries(self._set_webhook)
            self._connected()
            return
        while True:
            await self._poll_in_turn()

    async def _poll_in_turn(self) -> None:
        """Wait for the turn, then poll until it is lost."""
        self._ready.set()
        async with self._turn() as lost:
            await self._with_retries(self._app.bot.delete_webhook)
            self._connected()
            polling = asyncio.create_task(keep_running(NAME, self._poller.run, self._health))
            try:
                await lost.wait()
            finally:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)
                self._health.remove(NAME)

    def _connected(self) -> None:
        self._ready.set()
        log.info("telegram connected", bot=self._app.bot.username)

    async def _with_retries(self, step: Callable[[], Awaitable[Any]]) -> None:
        """Run a step, with retries while Telegram cannot be reached."""
        pause = FIRST_PAUSE
        while True:
            try:
                await step()
            except (InvalidToken, BadRequest) as error:
                raise self._refusal(error) from None  # the SDK's error text names the token
            except TelegramError as error:
                log.warning("telegram cannot be reached", error=plain(error), retry_in=pause)
                self._tried.set()
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                return

    def _refusal(self, error: TelegramError) -> PlatformError:
        text = f"Telegram: {plain(error)}: check TELEGRAM_WEBHOOK_URL"
        if isinstance(error, InvalidToken):
            text = REFUSED
        if self._tried.is_set():
            log.error("telegram stopped", error=text)
        return PlatformError(text)

    async def _set_webhook(self) -> None:
        secret = self._settings.telegram_webhook_secret
        await self._app.bot.set_webhook(
            self._settings.telegram_webhook_url or "",
            allowed_updates=UPDATE_KINDS,
            secret_token=secret.get_secret_value() if secret else None,
        )

    async def _offer_menu(self) -> None:
        settings = self._settings
        await offer_menus(self._app.bot, self._menu, settings.admins, settings.language)

    async def _put(self, update: dict[str, Any]) -> None:
        """Take an update from the webhook; it is stored when this returns."""
        found = Update.de_json(update, self._app.bot)
        if not self._ready.is_set():
            raise NotReady
        await self._talk.take(found)
