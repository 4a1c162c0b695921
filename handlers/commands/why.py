"""/why N: the evidence for bullet N."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.languages import plural, tr
from bot.models import Bullet, Channel, Citation, CitedField, Command, Line, Reply
from bot.render.buttons import Rows, proof_button, story_button
from handlers.context import bullet_asked_for, channel_of
from handlers.reply_lines import GAP, bold, code, line, linked, quoted, sentence
from handlers.services import Services
from handlers.story_sources import Reporting
from handlers.time_format import local_day, local_time


async def handle(command: Command, services: Services) -> Reply:
    """Quote the sentences that support a bullet, with their links."""
    channel = await channel_of(command, services)
    now = services.clock()
    asked = await bullet_asked_for(command, channel, services)
    number, bullet = asked.number, asked.bullet
    published = local_time(bullet.published_at, channel.timezone, now)
    reporting = await _reporting(bullet, services)
    return Reply(
        title=tr("Proof of bullet {number}", number=number),
        lines=(
            line(bold(bullet.text)),
            *await _withdrawn(bullet, channel, services),
            line(
                plural(
                    reporting.outlets,
                    "Published {published}; {count} source on this story{trust}.",
                    "Published {published}; {count} sources on this story{trust}.",
                    published=published,
                    trust=reporting.trust,
                )
            ),
            *(each for article in _by_article(bullet) for each in _proof(article)),
        ),
        note=(
            asked.line(channel, now),
            sentence("{command} shows the story so far.", command=code(f"/story {number}")),
        ),
        briefing_id=asked.briefing.id,
        buttons=_buttons(number, len(asked.briefing.bullets)),
    )


async def _reporting(bullet: Bullet, services: Services) -> Reporting:
    """Count the outlets of the bullet's story as `/story` does; those of its event if more."""
    of_event = Reporting(bullet.sources_count, bullet.independent_sources)
    story = await services.store.stories.get(bullet.story_id)
    if story is None:
        return of_event
    of_story = await asyncio.to_thread(Reporting.of, story.articles)
    return max(of_story, of_event, key=lambda each: each.outlets)


def _buttons(number: int, count: int) -> Rows:
    """The story over time, and the proofs of the bullets before and after it."""
    before = (
        (proof_button(number - 1, tr("‹ Proof {number}", number=number - 1)),) if number > 1 else ()
    )
    after = (
        (proof_button(number + 1, tr("Proof {number} ›", number=number + 1)),)
        if number < count
        else ()
    )
    return (
        ((story_button(number),), (*before, *after))
        if before or after
        else ((story_button(number),),)
    )


def _by_article(bullet: Bullet) -> Iterator[list[Citation]]:
    """The quotations that follow each other in one article."""
    for _, some in groupby(bullet.citations, key=lambda each: each.article_id):
        yield list(some)


def _proof(quotes: Sequence[Citation]) -> Iterator[Line]:
    """The outlet and its article, then what it says."""
    first = quotes[0]
    yield GAP
    yield line(bold(f"{first.source}: "), linked(first.title, first.url))
    for each in quotes:
        of_title = each.field is CitedField.TITLE
        said = tr("The headline, word for word:") if of_title else tr("The article, word for word:")
        yield quoted(f"{said} “{each.quote}”")


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
