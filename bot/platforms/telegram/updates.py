"""Telegram update → Command; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import telegram
from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update

from bot.languages import offered, without_marks
from bot.models import Address, Command, Platform, Reply, User
from bot.platforms.interfaces import Understand, first_word
from bot.platforms.kept_commands import Pressed

UPDATE_KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "chat_member",
)
"""The kinds of updates requested from Telegram."""

EDITED_WITHIN = timedelta(minutes=5)
"""A message that is edited later is left alone."""

_COMMAND = re.compile(
    r"/(?P<name>[a-zA-Z0-9_]{1,32})(?:@(?P<bot>[a-zA-Z0-9_]+))?(?:\s+(?P<args>.*))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update for this bot; plain words are a command without a name.

    `update_id` names the update in the inbox. `to_bot` is false for a group's /command without a
    bot name, which may be for another bot. `query` is the id of a pressed button, which is to be
    answered; `overheard` a group's plain words in reply to the bot, which may be for its members.
    A `problem` makes the answer to a button of which only the command's name is known.
    """

    update_id: str
    address: Address
    command: Command
    to_bot: bool
    shows_actions: bool
    in_group: bool = False
    query: str = ""
    overheard: bool = False
    problem: Callable[[], Reply] | None = None


def parse_update(
    update: Update,
    *,
    bot: str,
    admins: Collection[str],
    understand: Understand = first_word,
    bot_id: str = "",
) -> Incoming | None:
    """Convert a message; None if it is not for the bot called `bot`.

    `admins` are the operators as in the settings. Messages of other bots and automatic forwards of
    a channel into its discussion group are ignored, and edits of old messages.
    """
    message = update.message or update.channel_post or _recently_edited(update)
    if message is None or _relayed(message):
        return None
    text = _valid(message.text or message.caption or "")
    if not text:
        return None
    private = message.chat.type == Chat.PRIVATE
    slashed = _COMMAND.fullmatch(text)
    if slashed and (slashed["bot"] or bot).lower() != bot.lower():
        return None
    called = _without_mention(text, bot)
    replied = _replies_to(message, bot)
    if not (slashed or private or called is not None or replied):
        return None
    line = _line(slashed) if slashed else (called if called is not None else text)
    address = _address(message)
    command = _command(*understand(line), address, message, admins)
    return Incoming(
        update_id=_inbox_id(update.update_id, message, text, bot_id),
        address=address,
        command=command,
        to_bot=private or called is not None or replied or bool(slashed and slashed["bot"]),
        shows_actions=message.chat.type != Chat.CHANNEL,
        in_group=message.chat.type in {Chat.GROUP, Chat.SUPERGROUP},
        overheard=replied and not (slashed or private or called is not None or command.name),
    )


def parse_press(
    query: CallbackQuery,
    pressed: Pressed | None,
    *,
    admins: Collection[str],
    understand: Understand = first_word,
    bot_id: str = "",
) -> Incoming | None:
    """Convert a pressed button; None if it was not made for the chat of its message."""
    message = query.message
    if message is None or pressed is None:
        return None
    address = pressed_in(query)
    user = person(query.from_user, admins, private=message.chat.type == Chat.PRIVATE)
    title = _valid(message.chat.effective_name or "")
    number = str(message.message_id)
    name, args = understand(f"/{pressed.line}")
    return Incoming(
        update_id=f"{bot_id}:press:{sha256(query.id.encode()).hexdigest()[:32]}",
        address=address,
        command=Command(name, args, address, user, title, number, number, pressed=True),
        to_bot=True,
        shows_actions=message.chat.type != Chat.CHANNEL,
        in_group=message.chat.type in {Chat.GROUP, Chat.SUPERGROUP},
        query=query.id,
        problem=pressed.problem,
    )


def pressed_in(query: CallbackQuery) -> Address:
    """Return the chat of a pressed button; without its message, the private one of who pressed."""
    message = query.message
    if message is None:
        return Address(Platform.TELEGRAM, "", str(query.from_user.id))
    return Address(Platform.TELEGRAM, "", str(message.chat.id), str(_topic(message) or ""))


def parse_joining(
    changed: ChatMemberUpdated, update_id: int, *, admins: Collection[str], bot_id: str = ""
) -> Incoming:
    """Convert the bot's coming into a group: as if who added it had typed /start.

    In a channel all would read the answer: there it is as if they had asked in their private chat
    what the channel shall get.
    """
    group, chat = changed.chat.type != Chat.CHANNEL, str(changed.chat.id)
    user = person(changed.from_user, admins, private=not group)
    address = Address(Platform.TELEGRAM, "", chat if group else user.id)
    title = _valid(changed.chat.effective_name or "") if group else user.name
    name, args = ("start", "") if group else ("setup", chat)
    said = f"{chat}:{changed.date.timestamp():.0f}"
    return Incoming(
        update_id=f"{bot_id}:{update_id}:joined:{sha256(said.encode()).hexdigest()[:16]}",
        address=address,
        command=Command(name, args, address, user, title),
        to_bot=True,
        shows_actions=True,
        in_group=group,
    )


def person(sender: telegram.User, admins: Collection[str], *, private: bool) -> User:
    """Return who wrote or pressed; the language of the profile counts in a private chat only."""
    id_ = str(sender.id)
    return User(
        id_,
        _valid(sender.full_name),
        admin=f"telegram:{id_}" in admins,
        language=offered(sender.language_code or "") if private else "",
    )


def _topic(message: object) -> int | None:
    """Return the forum topic of a message; an old message does not tell its own."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def _recently_edited(update: Update) -> Message | None:
    message = update.edited_message
    if message is None or message.edit_date is None or message.chat.type == Chat.CHANNEL:
        return None
    return message if message.edit_date - message.date <= EDITED_WITHIN else None


def _line(slashed: re.Match[str]) -> str:
    """Return the command as typed, without the bot's name."""
    return f"/{slashed['name'].lower()} {(slashed['args'] or '').strip()}".strip()


def _without_mention(text: str, bot: str) -> str | None:
    """Return the text without the bot's @name; None where it is not mentioned."""
    mention = re.compile(rf"(?<!\w)@{re.escape(bot)}(?!\w)", re.IGNORECASE)
    if not mention.search(text):
        return None
    return mention.sub(" ", text).strip(" \n\t,:;–—-")


def _replies_to(message: Message, bot: str) -> bool:
    """Return whether a message answers one of the bot's, other than the first one of a topic."""
    replied = message.reply_to_message
    if replied is None or not _reply_to(message) or replied.from_user is None:
        return False
    return (replied.from_user.username or "").lower() == bot.lower()


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


def _relayed(message: Message) -> bool:
    return bool(message.is_automatic_forward or message.via_bot or _is_bot(message))


def _valid(text: str) -> str:
    """Return a text without lone surrogates, which cannot be stored, and without isolates.

    A command that is copied from an answer in Arabic stands between isolates.
    """
    return without_marks(text.encode("utf-8", "ignore").decode())


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
        private = message.chat.type == Chat.PRIVATE
        user = person(message.from_user, admins, private=private)
    return Command(name, args, address, user, title, str(message.message_id), _reply_to(message))
