"""/setup: a daily digest by choosing, without typing: topic, hour, time zone."""

from __future__ import annotations

from dataclasses import replace

from bot.languages import tr
from bot.models import Button, Channel, Command, Place, Reply
from bot.render.buttons import Rows
from handlers.choices import hour_rows, topic_rows, zone_rows
from handlers.commands.digests import subscribe
from handlers.context import channel_of, titles, topics_of
from handlers.parsing.subscribe import parse_subscribe
from handlers.reply_lines import code, sentence
from handlers.services import Services


async def handle(command: Command, services: Services) -> Reply:
    """Ask for what is missing, one thing at a time; then subscribe the chat."""
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    ask = parse_subscribe(command.args, topics)
    names = ("all",) if len(ask.topics) == len(topics) > 1 else ask.topics
    about = " ".join(filter(None, (*names, ask.filter.typed)))
    if not ask.topics:
        every = (Button(tr("All of these"), "setup all"),) if len(topics) > 1 else ()
        return _question(
            tr("What should I send you every day?"), (*topic_rows("setup", topics), every)
        )
    wanted = f"setup {about}"
    back = (Button(tr("‹ Back"), "setup"),)
    if ask.at is None:
        title = tr("{topics}: at what time?", topics=titles(ask.topics, topics))
        return _question(title, (*hour_rows(wanted), back))
    wanted = f"{wanted} {ask.at:%H:%M}"
    zone = ask.timezone or await _known_zone(command, channel, services)
    if zone is None:
        rows = (*zone_rows(wanted), (Button(tr("‹ Back"), f"setup {about}"),))
        title = tr(
            "{topics} at {time}: in which time zone?",
            topics=titles(ask.topics, topics),
            time=f"{ask.at:%H:%M}",
        )
        return _question(title, rows, hint="/settings zone Lahore")
    typed = wanted.removeprefix("setup ")
    done = replace(command, name="subscribe", args=f"{typed} in {zone}")
    reply = await subscribe.handle(done, services)
    more = (Button(tr("Brief me now"), f"brief {about}"), Button(tr("Add another"), "setup"))
    return replace(
        reply, buttons=(more, (Button(tr("My digests"), "subscriptions"),)), place=Place.EDIT
    )


async def _known_zone(command: Command, channel: Channel, services: Services) -> str | None:
    """The zone of the chat, if somebody chose it, else that of the person's profile."""
    if channel.timezone != services.settings.timezone:
        return channel.timezone
    known = await services.store.subscriptions.of_channel(channel.id)
    return known[0].timezone if known else (command.user.timezone or None)


def _question(title: str, buttons: Rows, *, hint: str = "") -> Reply:
    typed = sentence(
        "Or type it: {command}", command=code(hint or "/subscribe energy at 07:30 in Karachi")
    )
    rows = tuple(row for row in buttons if row)
    return Reply(title=title, lines=(typed,), buttons=rows, place=Place.EDIT)
