"""/why N: the evidence for bullet N."""

from __future__ import annotations

from collections.abc import Iterator

from bot.models import Bullet, Button, Channel, Citation, Command, Line, Reply
from bot.render.phrases import counted
from handlers.context import bullet_asked_for, channel_of
from handlers.reply_lines import GAP, bold, code, line, linked, quoted
from handlers.services import Services
from handlers.time_format import local_day, local_time


async def handle(command: Command, services: Services) -> Reply:
    """Quote the sentences that support a bullet, with their links."""
    channel = await channel_of(command, services)
    now = services.clock()
    asked = await bullet_asked_for(command, channel, services)
    number, bullet = asked.number, asked.bullet
    published = local_time(bullet.published_at, channel.timezone, now)
    return Reply(
        title=f"Why bullet {number}",
        lines=(
            asked.line(channel, now),
            line(bullet.text),
            *await _withdrawn(bullet, channel, services),
            line(f"{published} · {counted(bullet.sources_count, 'source')} on this story"),
            *(each for citation in bullet.citations for each in _proof(citation)),
        ),
        note=(line(code(f"/story {number}"), " shows its story over time."),),
        briefing_id=asked.briefing.id,
        buttons=((Button(f"Story {number}", f"story {number}"),),),
    )


def _proof(citation: Citation) -> Iterator[Line]:
    yield GAP
    yield quoted(f"“{citation.quote}”")
    yield quoted("— ", linked(citation.title, citation.url), f" ({citation.source})")


async def _withdrawn(bullet: Bullet, channel: Channel, services: Services) -> list[Line]:
    """Say that the bullet was withdrawn, if it was."""
    found = await services.store.withdrawals.find(bullet.story_id, bullet.text)
    if found is None:
        return []
    why = f": {found.reason}" if found.reason else ""
    return [line(bold(f"Withdrawn on {local_day(found.at, channel.timezone)}{why}"))]
