"""A Telegram update → what was asked of the bot. Pure: decides nothing about the answer."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from telegram import Chat, Message, Update

from bot.models import Address, Command, Platform, User

UPDATE_KINDS = ("message", "channel_post")
"""What is asked of Telegram; edits, reactions and all the rest never come."""

_COMMAND = re.compile(
    r"/(?P<name>[a-zA-Z0-9_]{1,32})(?:@(?P<bot>[a-zA-Z0-9_]+))?(?:\s+(?P<args>.*))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update for this bot; in a private chat small talk is a command without a name.

    `to_bot` is false for a group's /command that names no bot and may be meant for another.
    """

    update_id: str
    address: Address
    command: Command
    to_bot: bool
    shows_actions: bool


def parse_update(
    update: Update, *, bot: str, names: Collection[str], admins: Collection[str]
) -> Incoming | None:
    """What an update asks of the bot called `bot`; None where it is not for it.

    `names` are the commands that also work without a slash in a private chat, `admins` the
    operators as in the settings. Edits, other bots and a channel's automatic copy into its
    discussion group are not heard.
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
        update_id=str(update.update_id),
        address=address,
        command=_command(*said, address, message, admins),
        to_bot=private or bool(slashed and slashed["bot"]),
        shows_actions=message.chat.type != Chat.CHANNEL,
    )


def _slashed(found: re.Match[str]) -> tuple[str, str]:
    return found["name"].lower(), (found["args"] or "").strip()


def _spoken(text: str, names: Collection[str]) -> tuple[str, str]:
    word, *rest = text.strip().split(maxsplit=1) or [""]
    return (word.lower(), "".join(rest)) if word.lower() in names else ("", text.strip())


def _relayed(message: Message) -> bool:
    return bool(message.is_automatic_forward or message.via_bot or _is_bot(message))


def _valid(text: str) -> str:
    """A text without lone surrogates, which JSON can carry and nothing else can."""
    return text.encode("utf-8", "ignore").decode()


def _is_bot(message: Message) -> bool:
    """Whether another bot speaks; an anonymous admin speaks through a bot, but as the chat."""
    sender = message.from_user
    return sender is not None and sender.is_bot and message.sender_chat is None


def _address(message: Message) -> Address:
    topic = message.message_thread_id if message.is_topic_message else None
    return Address(Platform.TELEGRAM, "", str(message.chat.id), str(topic or ""))


def _command(
    name: str, args: str, address: Address, message: Message, admins: Collection[str]
) -> Command:
    """The command; who speaks as a chat is named after the chat, never after its pseudo-user."""
    title = _valid(message.chat.effective_name or "")
    if message.sender_chat is not None or message.from_user is None:
        chat = message.sender_chat or message.chat
        user = User(str(chat.id), _valid(chat.effective_name or ""))
    else:
        id_ = str(message.from_user.id)
        user = User(id_, _valid(message.from_user.full_name), admin=f"telegram:{id_}" in admins)
    return Command(name, args, address, user, title)
