"""One stored message → one request to Telegram, without retries."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.errors import PlatformError
from bot.log import get_logger
from bot.models import Address, Receipt
from bot.platforms.telegram.callbacks import CallbackSigner
from bot.platforms.telegram.errors import delivery_error, plain
from config.proxies import lacks_part
from config.settings import Settings

CONNECTIONS = 64

TYPING_AFTER = 0.7
TYPING_EVERY = 4.5
"""Delays in seconds; Telegram shows "typing" for five."""

TelegramApp = Application[Any, Any, Any, Any, Any, Any]

log = get_logger(__name__)


def application(settings: Settings) -> TelegramApp:
    """Return the SDK's application with our addresses and timeouts, without job queue or pacing.

    Raises PlatformError if its proxy cannot be used.
    """
    assert settings.telegram_bot_token is not None
    api = settings.telegram_api_url.rstrip("/")
    proxy = settings.proxies.of(api)
    missing = lacks_part(proxy)
    if missing:
        raise PlatformError(missing)
    builder = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(_requests(settings.request_seconds, CONNECTIONS, proxy))
        .get_updates_request(_requests(settings.request_seconds, 2, proxy))
        .job_queue(None)
        .updater(None)
    )
    return builder.build()


async def post(
    bot: Bot,
    address: Address,
    payload: str,
    reply_to: str = "",
    *,
    signer: CallbackSigner | None = None,
) -> Receipt:
    """Send a payload (JSON text) to a chat and its forum topic; raises DeliveryError.

    With `reply_to` it is shown as a reply to that message, if it still exists. Buttons are signed
    for the chat; without a signer they are left out.
    """
    fields = json.loads(payload)
    markup = fields.pop("reply_markup", None)
    if markup and signer is not None:
        fields["reply_markup"] = await signer.kept_markup(address, markup)
    if reply_to:
        fields["reply_parameters"] = {
            "message_id": int(reply_to),
            "allow_sending_without_reply": True,
        }
    if address.thread:
        fields["message_thread_id"] = int(address.thread)
    try:
        sent = await bot.send_message(int(address.chat), fields.pop("text"), api_kwargs=fields)
    except TelegramError as error:
        raise delivery_error(error) from error
    return Receipt(str(sent.message_id))


@asynccontextmanager
async def typing(bot: Bot, address: Address) -> AsyncIterator[None]:
    """Show "typing" in a chat while the block runs, after a short delay."""
    task = asyncio.create_task(_keep_typing(bot, address))
    try:
        yield
    finally:
        task.cancel()


async def _keep_typing(bot: Bot, address: Address) -> None:
    thread = int(address.thread) if address.thread else None
    await asyncio.sleep(TYPING_AFTER)
    try:
        while True:
            await bot.send_chat_action(
                int(address.chat), ChatAction.TYPING, message_thread_id=thread
            )
            await asyncio.sleep(TYPING_EVERY)
    except TelegramError as error:
        log.debug("typing not shown", error=plain(error))


def _requests(seconds: float, connections: int, proxy: str | None) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=seconds,
        write_timeout=seconds,
        connect_timeout=seconds,
        pool_timeout=seconds,
        proxy=proxy,
        httpx_kwargs={"trust_env": False},
    )
