"""Telegram update → Command; pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from telegram import Chat, Message, Update

from bot.models import Address, Command, Platform, User

UPDATE_KINDS = ("message", "channel_post", "my_chat_member", "chat_member")
"""The kinds of updates requested from Telegram."""

_COMMAND = re.compile(
    r"/(?P<name>[a-zA-Z0-9_]{1,32})(?:@(?P<bot>[a-zA-Z0-9_]+))?(?:\s+(?P<args>.*))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update for this bot; in a private chat plain text is a command without a name.

    `update_id` names the update in the inbox. `to_bot` is false for a group's /command without a
    bot name, which may be for another bot.
    """

    update_id: str
    address: Address
    command: Command
    to_bot: bool
    shows_actions: bool
    in_group: bool = False


def parse_update(
    update: Update,
    *,
    bot: str,
    names: Collection[str],
    admins: Collection[str],
    bot_id: str = "",
) -> Incoming | None:
    """Convert an update; None if it is not for the bot called `bot`.

    `names` are the commands that also work without a slash in a private chat, `admins` the
    operators as in the settings. Edits, messages of other bots and automatic forwards of a channel
    into its discussion group are ignored.
    """
    message = update.message or update.channel_post
    if message is None or message.text is None or _relayed(message):
        return None
    private = message.chat.type == Chat.PRIVATE
    text = _valid(message.text)
    slashed = _COMMAND.fullmatch(text)
    if slashed and (slashed["bot"] or bot).lower() != bot.lower():
        return None
    if not (slashed or private):
        return None
    said = _slashed(slashed) if slashed else _spoken(text, names)
    address = _address(message)
    return Incoming(
        update_id=_inbox_id(update.update_id, message, text, bot_id),
        address=address,
        command=_command(*said, address, message, admins),
        to_bot=private or bool(slashed and slashed["bot"]),
        shows_actions=message.chat.type != Chat.CHANNEL,
        in_group=message.chat.type in {Chat.GROUP, Chat.SUPERGROUP},
    )


def _inbox_id(update_id: int, message: Message, text: str, bot_id: str) -> str:
    """Return the same id for every redelivery, and another one for any other message.

    Update ids are those of one bot, and Telegram may restart them after a week without updates.
    """
    said = f"{message.chat.id}:{message.message_id}:{message.date.timestamp():.0f}:{text}"
    return f"{bot_id}:{update_id}:{sha256(said.encode()).hexdigest()[:16]}"


def _reply_to(message: Message) -> str:
    """Return the id of the message that was replied to; in a topic its first one does not count."""
    replied = message.reply_to_message
    opening = message.is_topic_message and message.message_thread_id
    if replied is None or replied.message_id == opening:
        return ""
    return str(replied.message_id)


def _slashed(found: re.Match[str]) -> tuple[str, str]:
    return found["name"].lower(), (found["args"] or "").strip()


def _spoken(text: str, names: Collection[str]) -> tuple[str, str]:
    word, *rest = text.strip().split(maxsplit=1) or [""]
    return (word.lower(), "".join(rest)) if word.lower() in names else ("", text.strip())


def _relayed(message: Message) -> bool:
    return bool(message.is_automatic_forward or message.via_bot or _is_bot(message))


def _valid(text: str) -> str:
    """Return a text without lone surrogates, which cannot be stored."""
    return text.encode("utf-8", "ignore").decode()


def _is_bot(message: Message) -> bool:
    """Return whether a bot wrote it; an anonymous admin writes through a bot, as the chat."""
    sender = message.from_user
    return sender is not None and sender.is_bot and message.sender_chat is None


def _address(message: Message) -> Address:
    topic = message.message_thread_id if message.is_topic_message else None
    return Address(Platform.TELEGRAM, "", str(message.chat.id), str(topic or ""))


def _command(
    name: str, args: str, address: Address, message: Message, admins: Collection[str]
) -> Command:
    """Return the command; a sender that writes as a chat is named after that chat."""
    title = _valid(message.chat.effective_name or "")
    if message.sender_chat is not None:
        chat = message.sender_chat
        user = User(str(chat.id), _valid(chat.effective_name or ""))
    elif message.from_user is None:
        posted = message.chat.type == Chat.CHANNEL  # where only admins can post
        user = User(str(message.chat.id) if posted else "", title)
    else:
        id_ = str(message.from_user.id)
        user = User(id_, _valid(message.from_user.full_name), admin=f"telegram:{id_}" in admins)
    return Command(name, args, address, user, title, str(message.message_id), _reply_to(message))
