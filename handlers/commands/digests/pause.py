"""/pause: hold this chat's digests for a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.digests.due import next_digest
from bot.languages import marked, plural, tr
from bot.models import Button, Channel, Command, Line, Place, Reply, Subscription
from bot.render.buttons import back_to_digests
from handlers.context import channel_of
from handlers.parsing.pause import ENDLESS, EXAMPLE, parse_pause, typed_until
from handlers.reply_lines import code, line, sentence
from handlers.services import Services
from handlers.time_format import appointed, soonest_time

LENGTHS = ("until tomorrow", "until monday", "7d")
"""How long a pause may last at the press of a button, as it is typed."""


ENDS = marked("Paused until {when}. To resume now: {command}")
ENDS_WITH = marked("Paused until the digest of {when}. To resume now: {command}")
"""What is said of a pause, without digests and with some: then it ends with the first one."""


async def handle(command: Command, services: Services) -> Reply:
    """Pause until the named day; without one, ask how long."""
    now = services.clock()
    channel = await channel_of(command, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    until = parse_pause(command.args, now, channel.timezone)
    if until is None:
        return _question(known, channel, services)
    after = replace(channel, paused_until=until)
    await services.store.channels.change(channel, after)
    held = plural(
        len(known),
        "{count} digest of this chat is held; what is missed is not sent later.",
        "{count} digests of this chat are held; what is missed is not sent later.",
    )
    return Reply(
        title=tr("Digests paused"),
        lines=(*paused_lines(known, after, services), line(held)),
        changed=until != channel.paused_until,
        buttons=((Button(tr("Resume digests"), "resume"), back_to_digests()),),
        place=Place.EDIT,
    )


def paused_lines(
    known: Sequence[Subscription], channel: Channel, services: Services
) -> tuple[Line, ...]:
    """Return with which digest a channel's pause ends; empty if it has none."""
    now, until = services.clock(), channel.paused_until
    if until is None or until <= now:
        return ()
    if until == ENDLESS:
        return (sentence("Paused until you resume: {command}", command=code("/resume")),)
    when = appointed(_soonest(known, channel, now) or until, channel.timezone, now)
    said = ENDS_WITH if known else ENDS
    return (sentence(said, when=when, command=code("/resume")),)


def _question(known: Sequence[Subscription], channel: Channel, services: Services) -> Reply:
    now = services.clock()
    lengths = tuple(_lengths(known, channel, now))
    due = (line(tr("Next digest: {when}.", when=soonest_time(known, channel, now))),)
    told = (line(tr("Each button says when the first digest comes again.")),)
    return Reply(
        title=tr("Pause this chat's digests: until when?"),
        lines=(
            *paused_lines(known, channel, services),
            *(due if known else ()),
            *(told if known and lengths else ()),
            sentence("Or type it: {command}", command=code(EXAMPLE)),
        ),
        buttons=(
            *((each,) for each in lengths),
            (Button(tr("Until I resume"), "pause until resumed"), back_to_digests()),
        ),
        place=Place.EDIT,
    )


def _lengths(known: Sequence[Subscription], channel: Channel, now: datetime) -> Iterator[Button]:
    """Return a button for each length with the first digest after it, the shortest first.

    Of two lengths with the same end one is enough; so is none where nothing would be held.
    The command names the day, so that it means the same whenever the button is pressed.
    """
    days = (typed_until(each, now, channel.timezone) for each in LENGTHS)
    ends = sorted(
        (until, typed)
        for typed in days
        if (until := parse_pause(typed, now, channel.timezone)) is not None
    )
    seen = {_soonest(known, replace(channel, paused_until=None), now)}
    for until, typed in ends:
        first = _soonest(known, replace(channel, paused_until=until), now) or until
        if first not in seen:
            seen.add(first)
            when = appointed(first, channel.timezone, now)
            yield Button(tr("Until {when}", when=when), f"pause {typed}")


def _soonest(known: Sequence[Subscription], channel: Channel, now: datetime) -> datetime | None:
    return min((next_digest(each, channel, now) for each in known), default=None)
