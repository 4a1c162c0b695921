"""Long polling: each update is taken before the next request confirms it, for ever.

The SDK's own polling confirms updates that are only in memory, and ends for ever at a 401.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.errors import BriefbotError
from bot.health import Health
from bot.log import get_logger
from bot.platforms.telegram.errors import REFUSED, SECOND_POLLER, pause, plain
from bot.platforms.telegram.store_patience import StorePatience
from bot.platforms.telegram.updates import UPDATE_KINDS

POLL = timedelta(seconds=20)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STALLED_SECONDS = 28.0
"""Polling that has had no answer for this long counts as stalled."""

CONFIRM_SECONDS = 2.0
"""The time that stopping has to confirm what was taken."""

QUIET_SECONDS = 3600.0
"""The same polling error is logged at most once in this time."""

NAME = "Telegram polling"

Take = Callable[[Update], Awaitable[None]]

log = get_logger(__name__)


class UpdatePoller:
    """Fetches updates of one bot and passes each to `take`, which must store it.

    `refused` is called when Telegram refuses the token, `accepted` after each answer.
    """

    def __init__(
        self,
        bot: Bot,
        take: Take,
        health: Health,
        *,
        refused: Callable[[str], Awaitable[None]],
        accepted: Callable[[], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._take = take
        self._health = health
        self._refused = refused
        self._accepted = accepted
        self._patience = StorePatience()
        self._offset: int | None = None
        self._logged: dict[str, float] = {}

    async def run(self) -> None:
        """Poll until cancelled; every error is followed by another try."""
        wait = FIRST_PAUSE
        try:
            while True:
                try:
                    updates = await self._bot.get_updates(
                        offset=self._offset, timeout=POLL, allowed_updates=UPDATE_KINDS
                    )
                except TelegramError as error:
                    await self._failed(error)
                    asked = pause(error) if isinstance(error, RetryAfter) else 0
                    await asyncio.sleep(max(asked, wait))
                    wait = min(2 * wait, LONGEST_PAUSE)
                    continue
                wait = FIRST_PAUSE
                self._logged.clear()
                self._health.working(NAME, within=STALLED_SECONDS)
                await self._store(self._accepted)
                if not updates:
                    self._offset = None  # all is confirmed, and Telegram may restart its numbers
                await self._take_all(updates)
        finally:
            await asyncio.shield(self._confirm())

    async def _take_all(self, updates: tuple[Update, ...]) -> None:
        for update in updates:
            try:
                await self._take(update)
            except Exception:
                log.exception("an update was not taken", update=update.update_id)
            self._offset = update.update_id + 1

    async def _failed(self, error: TelegramError) -> None:
        """Report an error, the same one rarely."""
        text = SECOND_POLLER if isinstance(error, Conflict) else plain(error)
        if isinstance(error, InvalidToken):
            text = REFUSED
            await self._store(partial(self._refused, text))
        self._health.failed(NAME, text)
        now = time.monotonic()
        if now - self._logged.get(text, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._logged[text] = now
            log.warning("telegram polling failed", error=text)

    async def _store(self, state: Callable[[], Awaitable[None]]) -> None:
        """Store a refusal or its end; polling goes on where the database does not."""
        try:
            async with self._patience.bounded():
                await state()
        except (BriefbotError, TimeoutError) as error:
            log.warning("the state of the bot was not stored", error=str(error) or "time-out")
        except Exception:
            log.exception("the state of the bot was not stored")

    async def _confirm(self) -> None:
        """Tell Telegram what was taken, so that it is not delivered again."""
        if self._offset is None:
            return
        with suppress(TimeoutError, TelegramError):
            async with asyncio.timeout(CONFIRM_SECONDS):
                await self._bot.get_updates(
                    offset=self._offset, timeout=0, limit=1, allowed_updates=UPDATE_KINDS
                )
