"""The SDK's errors → DeliveryError, with messages that do not contain the token."""

from __future__ import annotations

import logging
import re
import warnings
from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.warnings import PTBDeprecationWarning

from bot.errors import DeliveryError

THREAD_GONE = "message thread not found"
GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot was kicked from the",
    "bot is not a member of the",
    "the group chat was deleted",
    "chat not found",
    THREAD_GONE,
)
"""Errors after which a chat or a forum topic cannot be reached again."""

UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""Errors before the request was written."""

DEFAULT_PAUSE = 30.0
"""Seconds to wait after a rate limit without a duration."""

_TOKEN = re.compile(r"(?<!\d)\d++:[\w-]{10,}|(?<=/bot)[^/\s]+", re.ASCII)

REFUSED = (
    "Telegram refused the bot's token: write the one that @BotFather shows into TELEGRAM_BOT_TOKEN"
)
SECOND_POLLER = (
    "another program polls Telegram with this bot's token: stop it, or give each its own bot"
)


def delivery_error(error: TelegramError) -> DeliveryError:
    """Convert an error of a send request."""
    text = f"Telegram: {plain(error)}"
    match error:
        case RetryAfter():
            found = DeliveryError(text, retry_after=pause(error))
        case ChatMigrated():
            found = DeliveryError(text, migrate_to=str(error.new_chat_id))
        case InvalidToken() | EndPointNotFound():
            found = DeliveryError(REFUSED, installation=True)
        case Forbidden() | BadRequest() | Conflict():
            found = DeliveryError(
                text,
                permanent=any(gone in text.lower() for gone in GONE),
                thread_gone=THREAD_GONE in text.lower(),
            )
        case NetworkError() if "too many requests" in text.lower():
            found = DeliveryError(text, retry_after=DEFAULT_PAUSE)
        case _:
            found = DeliveryError(text, uncertain=not isinstance(error.__cause__, UNSENT))
    return found


def pause(error: RetryAfter) -> float:
    """Seconds that Telegram asked to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def plain(error: BaseException) -> str:
    """Return an error's message without any bot token."""
    return without_token(str(error)) or type(error).__name__


def without_token(text: str) -> str:
    """Return a text with bot tokens replaced."""
    return _TOKEN.sub("<token>", text)


class NoToken(logging.Filter):
    """Removes bot tokens and tracebacks from the SDK's log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keep the record."""
        text = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            text = f"{text} ({plain(record.exc_info[1])})"
        record.msg, record.args, record.exc_info = without_token(text), (), None
        return True


def quieten_sdk() -> None:
    """Keep tokens out of the log of the SDK and of its HTTP client, which logs addresses."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("telegram")]:
        if not any(isinstance(one, NoToken) for one in logging.getLogger(name).filters):
            logging.getLogger(name).addFilter(NoToken())
    warnings.filterwarnings("ignore", ".*retry_after", PTBDeprecationWarning)
