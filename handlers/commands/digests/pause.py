"""/pause: hold this chat's digests for a while."""

from __future__ import annotations

from dataclasses import replace

from bot.languages import marked, tr
from bot.models import Button, Channel, Command, Line, Place, Reply
from bot.render.phrases import counted
from handlers.choices import translated
from handlers.context import channel_of
from handlers.parsing.pause import ENDLESS, EXAMPLE, parse_pause
from handlers.reply_lines import code, line, sentence
from handlers.services import Services
from handlers.time_format import appointed

CHOICES = (
    (
        Button(marked("Until tomorrow"), "pause until tomorrow"),
        Button(marked("Until Monday"), "pause until monday"),
    ),
    (
        Button(marked("For a week"), "pause 7d"),
        Button(marked("Until I resume"), "pause until resumed"),
    ),
    (Button(marked("‹ My digests"), "subscriptions"),),
)


async def handle(command: Command, services: Services) -> Reply:
    """Pause until the named day; without one, ask how long."""
    now = services.clock()
    channel = await channel_of(command, services)
    until = parse_pause(command.args, now, channel.timezone)
    if until is None:
        asked = (
            *paused_lines(channel, services),
            sentence("Such as {example}", example=code(EXAMPLE)),
        )
        return Reply(
            title=tr("Pause this chat's digests: until when?"),
            lines=asked,
            buttons=translated(CHOICES),
            place=Place.EDIT,
        )
    after = replace(channel, paused_until=until)
    await services.store.channels.change(channel, after)
    known = await services.store.subscriptions.of_channel(channel.id)
    return Reply(
        title=tr("Digests paused"),
        lines=(
            *paused_lines(after, services),
            line(
                tr(
                    "It holds {subscriptions}; what is missed is not sent later.",
                    subscriptions=counted(len(known), "subscription"),
                )
            ),
        ),
        changed=until != channel.paused_until,
        buttons=((Button(tr("Resume now"), "resume"),),),
        place=Place.EDIT,
    )


def paused_lines(channel: Channel, services: Services) -> tuple[Line, ...]:
    """Return until when a channel is paused; empty if it is not."""
    now, until = services.clock(), channel.paused_until
    if until is None or until <= now:
        return ()
    if until == ENDLESS:
        return (sentence("Paused until you resume: {command}", command=code("/resume")),)
    when = appointed(until, channel.timezone, now)
    return (
        sentence(
            "Paused until {when}. To resume now: {command}", when=when, command=code("/resume")
        ),
    )
