"""Telegram: one bot, by long polling or webhook, and the sender of its digests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from starlette.routing import Route
from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import TypeHandler, Updater

from bot.errors import DeliveryError, PlatformError
from bot.models import Address, Briefing, Delivery, Platform, Receipt, Reply
from bot.platforms.interfaces import Answer, Inbox
from bot.platforms.telegram.conversation import Conversation
from bot.platforms.telegram.errors import REFUSED, SECOND_POLLER, plain, quieten_sdk
from bot.platforms.telegram.sender import application, post
from bot.platforms.telegram.updates import UPDATE_KINDS
from bot.platforms.telegram.webhook import webhook_route
from bot.render.telegram.messages import briefing_messages, reply_messages
from config.settings import Settings

START_SECONDS = 5.0
"""Seconds after which `start` returns; connecting continues in the background."""

STOP_POLLING_SECONDS, STOP_SECONDS = 2.0, 7.0
"""Timeouts in seconds for confirming fetched updates, and for answers in progress."""

POLL = timedelta(seconds=25)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
QUIET_SECONDS = 3600.0
"""Interval in seconds at which the same polling error is logged."""

DESCRIPTION_LENGTH = 256
"""Maximum length of a command's description in the menu."""

Turn = Callable[[], AbstractAsyncContextManager[asyncio.Event]]
"""Waits until this process may poll; the event is set when it may no longer."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def always() -> AsyncIterator[asyncio.Event]:
    """The turn of a single process."""
    yield asyncio.Event()


class TelegramPlatform:
    """The adapter. `menu` has the names and summaries of commands for Telegram's menu.

    `commands` are all commands: in a group, others are ignored, as they belong to other bots.
    `inbox` accepts each update once, so that a repeated one has no effect.
    `turn` elects the process that polls: Telegram allows one poller per bot.
    """

    name = Platform.TELEGRAM.value
    traceable = False

    def __init__(
        self,
        settings: Settings,
        answer: Answer,
        *,
        menu: Sequence[tuple[str, str]],
        inbox: Inbox,
        commands: Collection[str] = (),
        turn: Turn = always,
    ) -> None:
        self._settings = settings
        self._menu = menu
        self._turn = turn
        quieten_sdk()
        self._app = application(settings)
        self._connecting: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()
        self._ready = asyncio.Event()
        self._logged: dict[str, float] = {}
        talk = Conversation(
            self._app.bot,
            answer,
            inbox,
            names={name for name, _ in menu} | set(commands),
            known=frozenset(commands),
            admins=settings.admins,
        )
        self._app.add_handler(TypeHandler(Update, talk.take))

    @property
    def routes(self) -> list[Route]:
        """The routes for the web server: the webhook, if one is set."""
        url, secret = self._settings.telegram_webhook_url, self._settings.telegram_webhook_secret
        return [webhook_route(url, secret.get_secret_value(), self._put)] if url and secret else []

    async def check(self) -> str:
        """Ask Telegram for the bot's name; raises PlatformError with the remedy."""
        try:
            async with self._app.bot as bot:
                return f"@{bot.username}"
        except InvalidToken as error:
            raise self._refusal(error) from None  # the SDK's error text names the token
        except TelegramError as error:
            raise PlatformError(f"Telegram cannot be reached: {plain(error)}") from None

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
        if self._app.running:
            await _within(STOP_SECONDS, self._app.stop())
        await self._app.shutdown()
        await self._app.bot.shutdown()

    def parts(self, briefing: Briefing, heading: str) -> tuple[str, ...]:
        """Render a digest as payloads for sendMessage."""
        return briefing_messages(briefing, heading)

    def notice(self, text: str) -> str:
        """Render a notice to the operators."""
        return reply_messages(Reply.saying(text))[0]

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        """Send one stored part once; raises DeliveryError."""
        return await post(self._app.bot, address, delivery.payload)

    async def find(
        self, _address: Address, _delivery: Delivery, _since: datetime | None = None
    ) -> Receipt | None:
        """Never called: a bot cannot read a chat's history."""
        raise DeliveryError("Telegram has no lookup of sent messages", uncertain=True)

    async def _connect(self) -> None:
        for step in (self._app.initialize, self._app.start, self._offer_menu):
            await self._with_retries(step)
        if self._app.updater is None:
            await self._with_retries(self._set_webhook)
            self._connected()
        while self._app.updater is not None:
            await self._poll_in_turn(self._app.updater)

    async def _poll_in_turn(self, updater: Updater) -> None:
        """Wait for the turn, then poll until it is lost."""
        self._ready.set()
        async with self._turn() as lost:
            try:
                await self._with_retries(partial(self._start_polling, updater))
                self._connected()
                await lost.wait()
            finally:
                if updater.running:
                    await _within(STOP_POLLING_SECONDS, updater.stop())

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

    async def _start_polling(self, updater: Updater) -> None:
        await updater.start_polling(
            timeout=POLL,
            bootstrap_retries=-1,
            allowed_updates=UPDATE_KINDS,
            error_callback=self._polling_failed,
        )

    async def _set_webhook(self) -> None:
        secret = self._settings.telegram_webhook_secret
        await self._app.bot.set_webhook(
            self._settings.telegram_webhook_url or "",
            allowed_updates=UPDATE_KINDS,
            secret_token=secret.get_secret_value() if secret else None,
        )

    async def _offer_menu(self) -> None:
        menu = [(name, summary[:DESCRIPTION_LENGTH]) for name, summary in self._menu]
        try:
            await self._app.bot.set_my_commands(menu)
        except BadRequest as error:
            log.error("command menu refused", error=plain(error))  # noqa: TRY400 - the text says it all

    async def _put(self, update: dict[str, Any]) -> None:
        await self._app.update_queue.put(Update.de_json(update, self._app.bot))

    def _polling_failed(self, error: TelegramError) -> None:
        """Log a polling error, the same one rarely; the SDK continues with back-off."""
        text = SECOND_POLLER if isinstance(error, Conflict) else plain(error)
        now = time.monotonic()
        if now - self._logged.get(text, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._logged[text] = now
            log.warning("telegram polling failed", error=text)


async def _within(seconds: float, work: Coroutine[Any, Any, None]) -> None:
    """Await work with a timeout; Telegram errors at shutdown are ignored."""
    with suppress(TimeoutError, TelegramError):
        async with asyncio.timeout(seconds):
            await work
