"""/subscriptions: the digests of this chat and their next dates."""

from __future__ import annotations

from bot.models import Command, Reply
from handlers.context import channel_of, titles, topics_of
from handlers.parsing.subscribe import EXAMPLE
from handlers.parsing.tokens import nothing_more
from handlers.reply_lines import bold, code, item, line
from handlers.services import Services
from handlers.time_format import next_time, rhythm


async def handle(command: Command, services: Services) -> Reply:
    """List the channel's subscriptions with the local time of each one's next digest."""
    nothing_more(command.args, "/subscriptions")
    now = services.clock()
    channel = await channel_of(command, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    if not known:
        return Reply(
            lines=(
                line("This chat has no subscriptions yet."),
                line("Try ", code(EXAMPLE)),
            )
        )
    topics = await topics_of(channel, services)
    lines = [
        item(
            bold(titles(each.topics, topics)),
            f": {rhythm(each)}. Next: {next_time(each, now)}.",
        )
        for each in known
    ]
    if channel.disabled:
        lines.append(line(f"Digests have stopped: {channel.disabled}."))
        lines.append(line("To resume them: ", code("/resume")))
    return Reply(title="Subscriptions of this chat", lines=tuple(lines))
