"""The App Home: what a chat gets, how to change it, its last digests and the sources' health."""

from __future__ import annotations

from dataclasses import replace

from bot.languages import marked, tr
from bot.models import Button, Command, Line, Reply, SendState
from handlers.choices import brief_button, translated
from handlers.commands.alerts.watch import watch_items
from handlers.commands.digests import subscriptions
from handlers.context import channel_of, titles, topics_of
from handlers.reply_lines import GAP, bold, item, line
from handlers.services import Services
from handlers.source_health import newest_line, sources_lines
from handlers.time_format import appointed

LAST = 5
"""Digests that are listed, the latest first."""

BUTTONS = (
    (
        Button(marked("Add a digest"), "form subscribe"),
        Button(marked("My digests"), "subscriptions"),
        Button(marked("Change settings"), "form settings"),
    ),
    (Button(marked("Add an alert"), "form watch"), Button(marked("My alerts"), "watch")),
    (
        Button(marked("See all topics"), "topics"),
        Button(marked("Make a topic of your own"), "form topic"),
        Button(marked("Help: all commands"), "help"),
    ),
)
"""What is about digests, about alerts, and the rest: a row each."""


async def handle(command: Command, services: Services) -> Reply:
    """Show all of it on one page."""
    now = services.clock()
    channel = await channel_of(command, services)
    wanted = await subscriptions.handle(Command("", "", command.address, command.user), services)
    known = await services.store.subscriptions.of_channel(channel.id)
    watches = await services.store.watches.of_channel(channel.id)
    watched = watch_items(watches, await topics_of(channel, services))
    sources = await services.store.sources.all()
    newest = await services.store.articles.newest_at()
    history = await services.store.digests.history(channel.id, limit=LAST)
    about = dict.fromkeys(name for each in known for name in each.topics)
    titled = titles(about, await topics_of(channel, services))
    brief = brief_button(titled, " ".join(about)) if about else brief_button()
    last: list[Line] = [
        item(f"{appointed(each.due_at, channel.timezone, now)}: {_ended(each.state)}")
        for each in history
    ]
    return Reply(
        title=tr("What you get from briefbot"),
        lines=(
            line(bold(tr("Your digests"))),
            *(wanted.lines if known else (line(tr("None yet.")),)),
            GAP,
            line(bold(tr("Your alerts"))),
            *(watched or (line(tr("None yet.")),)),
            *((GAP, line(bold(tr("Your last digests"))), *last) if last else ()),
            GAP,
            line(bold(tr("The news"))),
            newest_line(newest, channel.timezone, now),
            *sources_lines(sources, now),
        ),
        buttons=((replace(brief, primary=True),), *translated(BUTTONS)),
    )


def _ended(state: SendState) -> str:
    return tr("waiting") if state in {SendState.PENDING, SendState.SENDING} else tr(str(state))
