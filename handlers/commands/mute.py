"""/mute and /unmute: words whose stories are left out of this chat, and hours without alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import UsageError
from bot.languages import listed, tr
from bot.models import Button, Channel, Command, Line, Reply
from handlers.commands.alerts.watch import alerts_lines
from handlers.context import channel_of
from handlers.parsing.muted_words import EXAMPLE, parse_muted, unmutes_all
from handlers.parsing.tokens import shown
from handlers.parsing.watch import names_alerts, parse_silence
from handlers.reply_lines import code, line, sentence
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
        return Reply(
            lines=(*_muted(known), sentence("Mute words: {example}", example=code(EXAMPLE)))
        )
    if len({*known, *words}) > MOST:
        raise UsageError(tr("A chat can mute at most {most} words.", most=MOST), "/unmute all")
    await services.store.mutes.add(channel.id, words)
    return Reply(
        title=tr("Muted: {words}", words=_names(words)),
        lines=(line(tr("Stories with these words are left out of this chat's briefings.")),),
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
        return Reply(
            lines=(
                *_muted(known),
                sentence("Unmute a word or all: {command}", command=code("/unmute all")),
            )
        )
    gone = [each for each in words if each in known]
    if not gone:
        return Reply(lines=(line(tr("None of these words is muted.")), *_muted(known)))
    await services.store.mutes.remove(channel.id, gone)
    left = await services.store.mutes.of_channel(channel.id)
    return Reply(
        title=tr("No longer muted: {words}", words=_names(gone)), lines=_muted(left), changed=True
    )


async def _silenced(until: datetime | None, channel: Channel, services: Services) -> Reply:
    """Mute alerts until then, or no longer; digests come as before."""
    after = replace(channel, alerts_muted_until=until)
    await services.store.channels.change(channel, after)
    if until is None:
        return Reply(
            title=tr("Alerts are on again"), lines=alerts_lines(after, services), changed=True
        )
    return Reply(
        title=tr("Alerts muted"),
        lines=(
            *alerts_lines(after, services)[1:],
            line(tr("What is missed is not sent later; digests come as before.")),
        ),
        changed=True,
        buttons=((Button(tr("Unmute now"), "unmute alerts"),),),
    )


def _muted(words: Sequence[str]) -> tuple[Line, ...]:
    said = (
        tr("Muted words: {words}.", words=_names(words))
        if words
        else tr("No words are muted in this chat.")
    )
    return (line(said),)


def _names(words: Sequence[str]) -> str:
    return listed([shown(each) for each in words])
