"""What Telegram says about the bot's webhook and its rights in chats, for `briefbot doctor`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from telegram import Bot, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.platforms.telegram.errors import plain

GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def diagnose(bot: Bot, webhook: str | None, chats: Iterable[str]) -> AsyncIterator[str]:
    """A line with the remedy for each fault."""
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        yield f"Telegram says nothing of the webhook: {plain(error)}"
    else:
        if info.url and not webhook:
            yield (
                f"a webhook is set ({info.url}), so polling gets nothing: another program uses "
                "this token, or `briefbot run` removes it"
            )
        if webhook and info.last_error_message:
            yield f"Telegram cannot reach TELEGRAM_WEBHOOK_URL: {info.last_error_message}"
    for chat in chats:
        if fault := await _rights(bot, chat):
            yield f"chat {chat}: {fault}"


async def _rights(bot: Bot, chat: str) -> str | None:
    """What keeps the bot from writing to a chat."""
    if not chat.startswith("-"):  # a private chat, in which there is nothing to ask
        return None
    try:
        me = await bot.get_chat_member(chat, bot.id)
    except TelegramError as error:
        return f"{plain(error)}: add the bot again, or end the digests with /unsubscribe all"
    if me.status in GONE:
        return "the bot is not in it: add it again"
    if isinstance(me, ChatMemberRestricted) and not me.can_send_messages:
        return "the bot may not write there: lift the restriction"
    if isinstance(me, ChatMemberAdministrator) and me.can_post_messages is False:
        return "the bot may not post there: give it the right to post messages"
    return None
