"""/mute and /unmute: words whose stories are left out of this chat's briefings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import UsageError
from bot.models import Command, Line, Reply
from bot.render.phrases import listed
from handlers.context import channel_of
from handlers.parsing.muted_words import EXAMPLE, parse_muted, unmutes_all
from handlers.parsing.tokens import shown
from handlers.reply_lines import code, line
from handlers.services import Services

MOST = 50
"""Maximum number of muted words per channel."""


async def mute(command: Command, services: Services) -> Reply:
    """Mute words, or list the muted ones."""
    channel = await channel_of(command, services)
    words = parse_muted(command.args)
    known = await services.store.mutes.of_channel(channel.id)
    if not words:
        return Reply(lines=(*_muted(known), line("Mute words: ", code(EXAMPLE))))
    if len({*known, *words}) > MOST:
        raise UsageError(f"A chat can mute at most {MOST} words.", "/unmute all")
    await services.store.mutes.add(channel.id, words)
    return Reply(
        title=f"Muted: {_names(words)}",
        lines=(line("Stories with these words are left out of this chat's briefings."),),
        changed=not set(words) <= set(known),
    )


async def unmute(command: Command, services: Services) -> Reply:
    """Unmute words, or all."""
    channel = await channel_of(command, services)
    known = await services.store.mutes.of_channel(channel.id)
    words = known if unmutes_all(command.args) else parse_muted(command.args)
    if not command.args.strip():
        return Reply(lines=(*_muted(known), line("Unmute a word or all: ", code("/unmute all"))))
    gone = [each for each in words if each in known]
    if not gone:
        return Reply(lines=(line("None of these words is muted."), *_muted(known)))
    await services.store.mutes.remove(channel.id, gone)
    left = await services.store.mutes.of_channel(channel.id)
    return Reply(title=f"No longer muted: {_names(gone)}", lines=_muted(left), changed=True)


def changes(args: str) -> bool:
    """Return whether the arguments of /mute or /unmute change anything."""
    return bool(args.strip())


def _muted(words: Sequence[str]) -> tuple[Line, ...]:
    said = f"Muted words: {_names(words)}." if words else "No words are muted in this chat."
    return (line(said),)


def _names(words: Sequence[str]) -> str:
    return listed([shown(each) for each in words])
