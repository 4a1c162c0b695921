"""/why N: the evidence for bullet N."""

from __future__ import annotations

from collections.abc import Iterator

from bot.languages import plural, tr
from bot.models import Bullet, Button, Channel, Citation, Command, Line, Reply
from handlers.context import bullet_asked_for, channel_of
from handlers.reply_lines import GAP, bold, code, line, linked, quoted, sentence
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
        title=tr("Why bullet {number}", number=number),
        lines=(
            asked.line(channel, now),
            line(bullet.text),
            *await _withdrawn(bullet, channel, services),
            line(
                plural(
                    bullet.sources_count,
                    "{published} · {count} source on this story",
                    "{published} · {count} sources on this story",
                    published=published,
                )
            ),
            *(each for citation in bullet.citations for each in _proof(citation)),
        ),
        note=(sentence("{command} shows its story over time.", command=code(f"/story {number}")),),
        briefing_id=asked.briefing.id,
        buttons=((Button(tr("Story {number}", number=number), f"story {number}"),),),
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
    day = local_day(found.at, channel.timezone)
    if found.reason:
        said = tr("Withdrawn on {day}: {reason}", day=day, reason=found.reason)
    else:
        said = tr("Withdrawn on {day}", day=day)
    return [line(bold(said))]
