"""/subscriptions: the digests of this chat and their next dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.languages import tr
from bot.models import Button, Command, Place, Reply, Subscription, Topic
from bot.render.buttons import alerts_button
from handlers.choices import paired
from handlers.commands.digests.pause import paused_lines
from handlers.commands.digests.unsubscribe import change_button, end_button
from handlers.context import channel_of, digest_title, topics_of, typed_digest, typed_end
from handlers.parsing.subscribe import EXAMPLE
from handlers.parsing.tokens import nothing_more
from handlers.reply_lines import bold, code, item, line, sentence
from handlers.services import Services
from handlers.time_format import next_time, rhythm

SHOWN = 6
"""Digests with buttons of their own."""


async def handle(command: Command, services: Services) -> Reply:
    """List the channel's subscriptions with the local time of each one's next digest."""
    nothing_more(command.args, "/subscriptions")
    now = services.clock()
    channel = await channel_of(command, services)
    known = _ordered(await services.store.subscriptions.of_channel(channel.id))
    if not known:
        return Reply(
            lines=(
                line(tr("This chat gets no digests yet.")),
                sentence("Try {example}", example=code(EXAMPLE)),
            ),
            buttons=((Button(tr("Add a digest"), "setup"), alerts_button()),),
            place=Place.EDIT,
        )
    topics = await topics_of(channel, services)
    lines = [
        item(
            bold(digest_title(each, topics)),
            tr(
                ": {rhythm}. Next: {when}.",
                rhythm=rhythm(each),
                when=next_time(each, channel, now),
            ),
        )
        for each in known
    ]
    lines.extend(paused_lines(known, channel, services))
    if channel.disabled:
        lines.append(line(tr("Digests have stopped: {reason}.", reason=tr(channel.disabled))))
        lines.append(sentence("To resume them: {command}", command=code("/resume")))
    return Reply(
        title=tr("Digests of this chat"),
        lines=tuple(lines),
        buttons=(
            *_buttons(
                known,
                topics,
                stopped=bool(channel.disabled or paused_lines(known, channel, services)),
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
    """A row for each digest, to move or end it, then what is about all of them."""
    for each in known[:SHOWN]:
        names = typed_end(each, known)
        end = end_button(each, topics, names)
        if names == typed_digest(each) and not each.weekly:
            yield from paired([change_button(each, topics), end])
        else:
            yield (end,)
    yield Button(tr("Add a digest"), "setup"), alerts_button()
    one, several = tr("Send it here now, as a test"), tr("Send the next one here now, as a test")
    yield (Button(several if len(known) > 1 else one, "try"),)
    pause, resume = tr("Pause all digests"), tr("Resume digests")
    held = Button(resume, "resume") if stopped else Button(pause, "pause")
    yield held, Button(tr("Settings"), "settings")
