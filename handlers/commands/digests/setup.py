"""/setup: a daily digest by choosing, without typing: topic, time of day, time zone."""

from __future__ import annotations

from dataclasses import replace

from bot.languages import marked, tr
from bot.models import Button, Channel, Command, Line, Place, Reply, Topic
from bot.render.buttons import Rows, digests_button
from handlers.choices import INSTEAD, OTHER, brief_button, hour_rows, topic_rows, zone_rows
from handlers.commands.digests import subscribe
from handlers.context import channel_of, titles, topics_of
from handlers.parsing.subscribe import SubscribeAsk, parse_subscribe
from handlers.reply_lines import code, line, sentence
from handlers.services import Services

TYPED = marked("Or type it: {command}")


async def handle(command: Command, services: Services) -> Reply:
    """Ask for what is missing, one thing at a time; then subscribe the chat.

    Behind OTHER stands what is to be typed: the answer says how, with what was chosen before.
    """
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    args, typing = command.args, command.args.endswith(OTHER)
    ask = parse_subscribe(args.removesuffix(OTHER), topics)
    about = _about(ask, topics)
    if not ask.topics:
        return _which_topic(topics)
    if ask.at is None:
        return await _what_time(ask, about, typing, channel, services)
    wanted = f"setup {about} {ask.at:%H:%M}"
    zone = ask.timezone or await _known_zone(command, channel, services)
    if zone is None or typing:
        title = tr(
            "{topics} at {time}: in which time zone?",
            topics=titles(ask.topics, topics),
            time=f"{ask.at:%H:%M}",
        )
        rows = () if typing else zone_rows(wanted, services.clock())
        example = f"/subscribe {about} at {ask.at:%H:%M} in Lahore"
        back = wanted if typing else f"setup {about}"
        clocks = () if typing else (line(tr("Each button says what time it is there now.")),)
        return _question(title, rows, back, example, typing, clocks)
    done = replace(command, name="subscribe", args=f"{about} {ask.at:%H:%M} in {zone}")
    reply = await subscribe.handle(done, services)
    more = (
        (brief_button(titles(ask.topics, topics), about),),
        (
            Button(tr("Add another digest"), "setup"),
            digests_button(),
        ),
    )
    return replace(reply, buttons=more, place=Place.EDIT)


def _about(ask: SubscribeAsk, topics: tuple[Topic, ...]) -> str:
    names = ("all",) if len(ask.topics) == len(topics) > 1 else ask.topics
    return " ".join(filter(None, (*names, ask.filter.typed)))


def _which_topic(topics: tuple[Topic, ...]) -> Reply:
    every = ((Button(tr("All of these in one"), "setup all"),),) if len(topics) > 1 else ()
    return Reply(
        title=tr("A digest every day: on which topic?"),
        lines=(sentence(TYPED, command=code("/subscribe energy at 07:30 in Karachi")),),
        buttons=(*topic_rows("setup", topics), *every),
        place=Place.EDIT,
    )


async def _what_time(
    ask: SubscribeAsk, about: str, typing: bool, channel: Channel, services: Services
) -> Reply:
    """Ask for the time of day; that of the digest as it is now is marked."""
    known = await services.store.subscriptions.of_channel(channel.id)
    wanted = (frozenset(ask.topics), ask.filter)
    now = next(
        (f"{each.at:%H:%M}" for each in known if each.about == wanted and not each.weekly), ""
    )
    title = tr(
        "{topics}: at what time?", topics=titles(ask.topics, await topics_of(channel, services))
    )
    rows = () if typing else hour_rows(f"setup {about}", now)
    back = f"setup {about}" if typing else "setup"
    return _question(title, rows, back, f"/subscribe {about} at 06:45", typing)


async def _known_zone(command: Command, channel: Channel, services: Services) -> str | None:
    """The zone of the chat, if somebody chose it, else that of the person's profile."""
    if channel.timezone != services.settings.timezone:
        return channel.timezone
    known = await services.store.subscriptions.of_channel(channel.id)
    return known[0].timezone if known else (command.user.timezone or None)


def _question(
    title: str, rows: Rows, back: str, example: str, typing: bool, more: tuple[Line, ...] = ()
) -> Reply:
    """Ask with buttons, or say what to type in their place; `back` leads to what was before."""
    return Reply(
        title=title,
        lines=(*more, sentence(INSTEAD if typing else TYPED, command=code(example))),
        buttons=(*rows, (Button(tr("‹ Back"), back),)),
        place=Place.EDIT,
    )
