"""/why N: the evidence for bullet N."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.languages import plural, tr
from bot.models import Bullet, Channel, Citation, Command, Line, Reply
from bot.render.buttons import timeline_button
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
        title=tr("Proof of bullet {number}", number=number),
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
            *(each for article in _by_article(bullet) for each in _proof(article)),
        ),
        note=(sentence("{command} shows its story over time.", command=code(f"/story {number}")),),
        briefing_id=asked.briefing.id,
        buttons=((timeline_button(number),),),
    )


def _by_article(bullet: Bullet) -> Iterator[list[Citation]]:
    """The quotations that follow each other in one article."""
    for _, some in groupby(bullet.citations, key=lambda each: each.article_id):
        yield list(some)


def _proof(quotes: Sequence[Citation]) -> Iterator[Line]:
    first = quotes[0]
    yield GAP
    yield from (quoted(f"“{each.quote}”") for each in quotes)
    yield quoted("— ", linked(first.title, first.url), f" ({first.source})")


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
