"""/more: the stories of a briefing's topics that got no bullet in it."""

from __future__ import annotations

from bot.errors import UsageError
from bot.languages import tr
from bot.models import Command, Line, Reply
from bot.render.silence import section_title
from handlers.context import briefing_asked_for, channel_of
from handlers.parsing.tokens import nothing_more
from handlers.reply_lines import GAP, bold, item, line, linked
from handlers.services import Services

SHOWN = 10
"""Stories shown of each topic, the most important first."""


async def handle(command: Command, services: Services) -> Reply:
    """List the untold stories of the briefing that was replied to, else of the latest one."""
    nothing_more(command.args, "/more")
    channel = await channel_of(command, services)
    briefing = await briefing_asked_for(command, channel, services)
    if briefing is None:
        raise UsageError(tr("There is no briefing in this chat yet: ask for one first."), "/brief")
    lines: list[Line] = []
    for section in briefing.sections:
        if section.untold:
            lines += [GAP, line(bold(section_title(section)))]
            lines += [
                item(linked(each.title, each.url), f" ({each.source}): {tr(each.reason.value)}")
                for each in section.untold[:SHOWN]
            ]
    if not lines:
        return Reply(lines=(line(tr("That briefing has told all stories on its topics.")),))
    return Reply(title=tr("Not in the briefing"), lines=tuple(lines[1:]), briefing_id=briefing.id)
