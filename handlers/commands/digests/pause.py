"""/pause: hold this chat's digests for a while."""

from __future__ import annotations

from dataclasses import replace

from bot.models import Button, Channel, Command, Line, Place, Reply
from bot.render.phrases import counted
from handlers.context import channel_of
from handlers.parsing.pause import ENDLESS, EXAMPLE, parse_pause
from handlers.reply_lines import code, line
from handlers.services import Services
from handlers.time_format import appointed

CHOICES = (
    (
        Button("Until tomorrow", "pause until tomorrow"),
        Button("Until Monday", "pause until monday"),
    ),
    (Button("For a week", "pause 7d"), Button("Until I resume", "pause until resumed")),
    (Button("‹ My digests", "subscriptions"),),
)


async def handle(command: Command, services: Services) -> Reply:
    """Pause until the named day; without one, ask how long."""
    now = services.clock()
    channel = await channel_of(command, services)
    until = parse_pause(command.args, now, channel.timezone)
    if until is None:
        asked = (*paused_lines(channel, services), line("Such as ", code(EXAMPLE)))
        return Reply(
            title="Pause this chat's digests: until when?",
            lines=asked,
            buttons=CHOICES,
            place=Place.EDIT,
        )
    after = replace(channel, paused_until=until)
    await services.store.channels.change(channel, after)
    known = await services.store.subscriptions.of_channel(channel.id)
    return Reply(
        title="Digests paused",
        lines=(
            *paused_lines(after, services),
            line(
                f"It holds {counted(len(known), 'subscription')}; what is missed is not sent later."
            ),
        ),
        changed=until != channel.paused_until,
        buttons=((Button("Resume now", "resume"),),),
        place=Place.EDIT,
    )


def paused_lines(channel: Channel, services: Services) -> tuple[Line, ...]:
    """Return until when a channel is paused; empty if it is not."""
    now, until = services.clock(), channel.paused_until
    if until is None or until <= now:
        return ()
    if until == ENDLESS:
        return (line("Paused until you resume: ", code("/resume")),)
    when = appointed(until, channel.timezone, now)
    return (line(f"Paused until {when}. To resume now: ", code("/resume")),)
