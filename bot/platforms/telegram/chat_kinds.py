"""Which chats are channels: buttons under a channel's post hide its comments.

https://github.com/telegramdesktop/tdesktop/issues/8748
"""

from __future__ import annotations

from telegram import Bot, Chat
from telegram.error import TelegramError

REMEMBERED = 10_000

LONG_IDS = "-100"
"""How the ids of supergroups and channels begin."""


class ChatKinds:
    """Asks Telegram once for the kind of a chat."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._channels: dict[str, bool] = {}

    async def is_channel(self, chat: str) -> bool:
        """Return whether a chat is a channel; one that Telegram does not describe counts as one."""
        if not chat.startswith(LONG_IDS):
            return False
        if chat not in self._channels:
            if len(self._channels) >= REMEMBERED:
                self._channels.clear()
            try:
                found = await self._bot.get_chat(int(chat))
            except TelegramError:
                return True
            self._channels[chat] = found.type == Chat.CHANNEL
        return self._channels[chat]
