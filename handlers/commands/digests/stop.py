"""/stop: ask before all digests end."""

from __future__ import annotations

from bot.languages import marked, tr
from bot.models import Button, Command, Place, Reply
from bot.render.phrases import counted, spans
from handlers.commands.digests.unsubscribe import SURE
from handlers.context import channel_of
from handlers.reply_lines import code, item, line
from handlers.services import Services

NOTHING = marked("This chat gets no digests. I write only when I am asked.")


async def handle(command: Command, services: Services) -> Reply:
    """Ask what is to stop; nothing is changed."""
    channel = await channel_of(command, services)
    known = await services.store.subscriptions.of_channel(channel.id)
    if not known:
        return Reply(lines=(line(tr(NOTHING)),), private=True)
    return Reply(
        title=tr(
            "End all digests of this chat ({digests})?",
            digests=counted(len(known), "digest"),
        ),
        lines=(
            item(*spans("{command} ends them", command=code("/unsubscribe all"))),
            item(*spans("{command} shows them", command=code("/subscriptions"))),
        ),
        buttons=(
            (
                Button(tr("End all digests"), f"unsubscribe {SURE} all"),
                Button(tr("Pause instead"), "pause"),
                Button(tr("Keep all digests"), "subscriptions"),
            ),
        ),
        place=Place.EDIT,
        private=True,
    )
