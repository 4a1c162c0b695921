"""/watch and /unwatch: new stories that this chat is told at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import UsageError
from bot.models import Button, Channel, Command, Line, Place, Reply, Topic, Watch
from bot.render.phrases import listed
from bot.render.silence import shortened
from handlers.commands.settings_table import alerts_shown
from handlers.context import channel_of, titles, topics_of
from handlers.parsing.pause import ENDLESS
from handlers.parsing.watch import EXAMPLE, parse_numbers, parse_watch
from handlers.reply_lines import code, item, line
from handlers.services import Services
from handlers.time_format import appointed

MOST = 20
"""Maximum number of watches and followed stories per channel."""

SHOWN = 8
"""Watches with a button of their own."""


async def watch(command: Command, services: Services) -> Reply:
    """Watch for words, or list what is watched and followed."""
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    ask = parse_watch(command.args, topics)
    if not ask:
        return await listing(channel, topics, services)
    known = await services.store.watches.of_channel(channel.id)
    wanted = ask.filter.after(titles(ask.topics, topics))
    if any((each.topics, each.filter) == (ask.topics, ask.filter) for each in known):
        return Reply(lines=(line(f"This chat watches for {wanted} already."),))
    refuse_more(known)
    await services.store.watches.add(channel.id, ask.topics, ask.filter, services.clock())
    return Reply(
        title=f"Watching for {wanted}",
        lines=(
            line("A new story about it is sent here within two minutes of its first article."),
            *alerts_lines(channel, services),
        ),
        changed=True,
        buttons=(
            (Button("My watches", "watch"), Button("Stop this", f"unwatch {len(known) + 1}")),
        ),
        gets_digests=True,
    )


async def unwatch(command: Command, services: Services) -> Reply:
    """End watches and follows by their numbers; without one, ask which."""
    channel = await channel_of(command, services)
    topics = await topics_of(channel, services)
    known = await services.store.watches.of_channel(channel.id)
    if not known:
        return Reply(lines=(line("This chat watches for nothing."),))
    numbers = parse_numbers(command.args, len(known))
    if not numbers and len(known) == 1:
        numbers = (1,)
    if not numbers:
        return await listing(channel, topics, services)
    ended = [known[number - 1] for number in dict.fromkeys(numbers)]
    await services.store.watches.remove(channel.id, [each.id for each in ended])
    return Reply(
        title=f"No longer watching: {listed([_said(each, topics) for each in ended])}",
        lines=(line(f"{len(known) - len(ended)} left: ", code("/watch")),),
        changed=True,
        buttons=((Button("My watches", "watch"),),),
        place=Place.EDIT,
    )


async def listing(channel: Channel, topics: Sequence[Topic], services: Services) -> Reply:
    """List what a chat watches for and follows, with a button to end each."""
    known = await services.store.watches.of_channel(channel.id)
    if not known:
        return Reply(
            title="This chat watches for nothing yet",
            lines=(
                line("Be told of a new story at once: ", code(EXAMPLE)),
                line("Be told when a story changes: ", code("/follow 1"), " after a briefing."),
            ),
            place=Place.EDIT,
        )
    lines = watch_items(known, topics)
    buttons = [
        (Button(f"Stop {number}: {_said(each, topics)}", f"unwatch {number}"),)
        for number, each in enumerate(known[:SHOWN], 1)
    ]
    return Reply(
        title="This chat watches for",
        lines=(*lines, *alerts_lines(channel, services), line("End one: ", code("/unwatch 1"))),
        buttons=(*buttons, (Button("Alerts a day", "settings alerts"),)),
        place=Place.EDIT,
    )


def watch_items(known: Sequence[Watch], topics: Sequence[Topic]) -> tuple[Line, ...]:
    """Return a numbered item for each thing that a chat watches for or follows."""
    return tuple(item(f"{number}. {_said(each, topics)}") for number, each in enumerate(known, 1))


def alerts_lines(channel: Channel, services: Services) -> tuple[Line, ...]:
    """Return how many alerts a chat gets and when, and until when they are muted."""
    now, until = services.clock(), channel.alerts_muted_until
    lines = [line(f"Alerts: {alerts_shown(channel, services)}.")]
    if until == ENDLESS:
        lines.append(line("Muted until ", code("/unmute alerts"), "."))
    elif until is not None and until > now:
        when = appointed(until, channel.timezone, now)
        lines.append(line(f"Muted until {when}; ", code("/unmute alerts"), " ends that."))
    return tuple(lines)


def refuse_more(known: Sequence[Watch]) -> None:
    """Raise UsageError where a chat has as many watches as it may have."""
    if len(known) >= MOST:
        raise UsageError(f"A chat can watch and follow at most {MOST} things.", "/unwatch 1")


def _said(watch: Watch, topics: Sequence[Topic]) -> str:
    if watch.story_id is not None:
        return f"changes of “{shortened(watch.headline, 60)}”"
    return watch.filter.after(titles(watch.topics, topics))
