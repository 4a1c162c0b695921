"""The App Home: what a chat gets, how to change it, its last digests and the sources' health."""

from __future__ import annotations

from bot.models import Button, Command, Line, Reply, SendState
from handlers.commands.alerts.watch import watch_items
from handlers.commands.digests import subscriptions
from handlers.context import channel_of, topics_of
from handlers.reply_lines import GAP, bold, item, line
from handlers.services import Services
from handlers.source_health import newest_line, sources_lines
from handlers.time_format import appointed

LAST = 5
"""Digests that are listed, the latest first."""

BUTTONS = (
    (
        Button("Brief me now", "brief"),
        Button("Add a digest", "form subscribe"),
        Button("Add a topic", "form topic"),
        Button("Settings", "form settings"),
    ),
    (
        Button("Watch for a story", "form watch"),
        Button("My watches", "watch"),
        Button("My digests", "subscriptions"),
        Button("Topics", "topics"),
        Button("Help", "help"),
    ),
)


async def handle(command: Command, services: Services) -> Reply:
    """Show all of it on one page."""
    now = services.clock()
    channel = await channel_of(command, services)
    wanted = await subscriptions.handle(Command("", "", command.address, command.user), services)
    watches = await services.store.watches.of_channel(channel.id)
    watched = watch_items(watches, await topics_of(channel, services))
    sources = await services.store.sources.all()
    newest = await services.store.articles.newest_at()
    history = await services.store.digests.history(channel.id, limit=LAST)
    last: list[Line] = [
        item(f"{appointed(each.due_at, channel.timezone, now)}: {_ended(each.state)}")
        for each in history
    ]
    return Reply(
        title="What you get from briefbot",
        lines=(
            *wanted.lines,
            *((GAP, line(bold("Told at once")), *watched) if watched else ()),
            *((GAP, line(bold("Your last digests")), *last) if last else ()),
            GAP,
            line(bold("The news")),
            newest_line(newest, channel.timezone, now),
            *sources_lines(sources, now),
        ),
        buttons=BUTTONS,
    )


def _ended(state: SendState) -> str:
    return "waiting" if state in {SendState.PENDING, SendState.SENDING} else state.value
