"""/stop: ask before all digests end."""

from __future__ import annotations

from bot.models import Button, Command, Place, Reply
from bot.render.phrases import counted
from handlers.context import channel_of
from handlers.reply_lines import code, item, line
from handlers.services import Services

NOTHING = "This chat gets no digests. I write only when I am asked."


async def handle(command: Command, services: Services) -> Reply:
    """Ask what is to stop; nothing is changed."""
    channel = await channel_of(command, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    if not known:
        return Reply(lines=(line(NOTHING),), private=True)
    return Reply(
        title=f"End all digests of this chat ({counted(len(known), 'subscription')})?",
        lines=(
            item(code("/unsubscribe all"), " ends them"),
            item(code("/subscriptions"), " shows them"),
        ),
        buttons=(
            (
                Button("End all digests", "unsubscribe all"),
                Button("Pause instead", "pause"),
                Button("Keep them", "subscriptions"),
            ),
        ),
        place=Place.EDIT,
        private=True,
    )
