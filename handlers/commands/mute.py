"""/mute and /unmute: words whose stories are left out of this chat, and hours without alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import UsageError
from bot.models import Button, Channel, Command, Line, Reply
from bot.render.phrases import listed
from handlers.commands.alerts.watch import alerts_lines
from handlers.context import channel_of
from handlers.parsing.muted_words import EXAMPLE, parse_muted, unmutes_all
from handlers.parsing.tokens import shown
from handlers.parsing.watch import names_alerts, parse_silence
from handlers.reply_lines import code, line
from handlers.services import Services

MOST = 50
"""Maximum number of muted words per channel."""


async def mute(command: Command, services: Services) -> Reply:
    """Mute words, or alerts for some hours; alone list what is muted."""
    channel = await channel_of(command, services)
    until = parse_silence(command.args, services.clock(), channel.timezone)
    if until is not None:
        return await _silenced(until, channel, services)
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
    if names_alerts(command.args) == "":
        return await _silenced(None, channel, services)
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


async def _silenced(until: datetime | None, channel: Channel, services: Services) -> Reply:
    """Mute alerts until then, or no longer; digests come as before."""
    after = replace(channel, alerts_muted_until=until)
    await services.store.channels.change(channel, after)
    if until is None:
        return Reply(title="Alerts are on again", lines=alerts_lines(after, services), changed=True)
    return Reply(
        title="Alerts muted",
        lines=(
            *alerts_lines(after, services)[1:],
            line("What is missed is not sent later; digests come as before."),
        ),
        changed=True,
        buttons=((Button("Unmute now", "unmute alerts"),),),
    )


def _muted(words: Sequence[str]) -> tuple[Line, ...]:
    said = f"Muted words: {_names(words)}." if words else "No words are muted in this chat."
    return (line(said),)


def _names(words: Sequence[str]) -> str:
    return listed([shown(each) for each in words])
