"""/subscriptions: the digests of this chat and their next dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.models import Button, Command, Place, Reply, Subscription, Topic
from handlers.commands.digests.pause import paused_lines
from handlers.context import channel_of, digest_title, topics_of, typed_digest, typed_end
from handlers.parsing.subscribe import EXAMPLE
from handlers.parsing.tokens import nothing_more
from handlers.reply_lines import bold, code, item, line
from handlers.services import Services
from handlers.time_format import next_time, rhythm

SHOWN = 6
"""Subscriptions with buttons of their own."""


async def handle(command: Command, services: Services) -> Reply:
    """List the channel's subscriptions with the local time of each one's next digest."""
    nothing_more(command.args, "/subscriptions")
    now = services.clock()
    channel = await channel_of(command, services)
    known = _ordered(await services.store.subscriptions.of_channel(channel.id))
    if not known:
        return Reply(
            lines=(
                line("This chat has no subscriptions yet."),
                line("Try ", code(EXAMPLE)),
            ),
            buttons=((Button("Add a digest", "setup"),),),
            place=Place.EDIT,
        )
    topics = await topics_of(channel, services)
    lines = [
        item(
            bold(digest_title(each, topics)),
            f": {rhythm(each)}. Next: {next_time(each, now)}.",
        )
        for each in known
    ]
    lines.extend(paused_lines(channel, services))
    if channel.disabled:
        lines.append(line(f"Digests have stopped: {channel.disabled}."))
        lines.append(line("To resume them: ", code("/resume")))
    return Reply(
        title="Subscriptions of this chat",
        lines=tuple(lines),
        buttons=(
            *_buttons(
                known, topics, stopped=bool(channel.disabled or paused_lines(channel, services))
            ),
        ),
        place=Place.EDIT,
    )


def _ordered(known: Sequence[Subscription]) -> list[Subscription]:
    """Return digests with those on the same topics together, by their times, weekly ones last."""
    abouts = [each.about for each in known]
    return sorted(
        known,
        key=lambda each: (
            abouts.index(each.about),
            each.weekly,
            each.at,
        ),
    )


def _buttons(
    known: Sequence[Subscription], topics: Sequence[Topic], *, stopped: bool
) -> Iterator[tuple[Button, ...]]:
    """A row for each subscription, to move or end it, and one to add another."""
    for each in known[:SHOWN]:
        names, shown = typed_end(each, known, button=True), digest_title(each, topics)
        if names == typed_digest(each, button=True) and not each.weekly:
            change = Button(f"{shown}: other hour", f"setup {names}")
            yield change, Button("End", f"unsubscribe {names}")
        else:
            when = "weekly" if each.weekly else f"{each.at:%H:%M}"
            yield (Button(f"End {shown}, {when}", f"unsubscribe {names}"),)
    held = Button("Resume", "resume") if stopped else Button("Pause", "pause")
    yield Button("Add a digest", "setup"), held, Button("Try it now", "try")
    yield (Button("Watches", "watch"),)
