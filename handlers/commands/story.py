"""/story N: bullet N's story in short and over time, with every source."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.errors import UsageError
from bot.languages import tr
from bot.models import Article, Button, Channel, Command, Line, Opens, Reply, Story
from bot.render.buttons import IN_A_PAIR, proof_button, story_button
from bot.render.phrases import counted
from handlers.choices import which_bullet
from handlers.context import briefing_asked_for, bullet_asked_for, channel_of
from handlers.reply_lines import GAP, bold, item, line, linked
from handlers.services import Services
from handlers.story_sources import Reporting
from handlers.time_format import local_clock, local_day
from summarizer.extractive.story_summary import summarize
from summarizer.sentence_rules.cleaning import plain

_ID = re.compile(r"(?!\d{1,6}$)[\w-]{1,40}", re.ASCII)

SHOWN = 30
"""Maximum number of articles in one answer; the newest are kept."""

SUMMARY_WORDS, SUMMARY_ARTICLES = 60, 10
"""The length of the summary on top, and the newest articles that it is made from."""


async def handle(command: Command, services: Services) -> Reply:
    """Tell a bullet's story in a few sentences; list its articles by local day, oldest first.

    A link names the story itself, by its id, and no bullet.
    """
    channel = await channel_of(command, services)
    if _ID.fullmatch(command.args) and (story := await services.store.stories.get(command.args)):
        return await _told(story, channel)
    briefing = await briefing_asked_for(command, channel, services)
    if command.pressed and not command.args and briefing and len(briefing.bullets) > 1:
        numbers = range(1, len(briefing.bullets) + 1)
        buttons = [story_button(each) for each in numbers]
        return which_bullet(
            tr("The story so far: of which bullet?"), "/story 2", buttons, IN_A_PAIR
        )
    asked = await bullet_asked_for(command, channel, services)
    story = await services.store.stories.get(asked.bullet.story_id)
    if story is None or not story.articles:
        raise UsageError(tr("That story is no longer stored."), f"/why {asked.number}")
    told = await _told(story, channel)
    return replace(
        told,
        lines=(asked.line(channel, services.clock()), *told.lines),
        briefing_id=asked.briefing.id,
        buttons=((proof_button(asked.number), *told.buttons[0]),),
    )


async def _told(story: Story, channel: Channel) -> Reply:
    reporting = await asyncio.to_thread(Reporting.of, story.articles)
    return Reply(
        title=story.headline,
        lines=(*await _summary(story), *_lines(story, reporting, channel.timezone)),
        buttons=((Button(tr("Share"), f"story {story.id}", Opens.SHARE),),),
    )


async def _summary(story: Story) -> list[Line]:
    """The story in sentences of its articles, with the source of each."""
    newest = story.articles[-SUMMARY_ARTICLES:]
    told = await asyncio.to_thread(summarize, newest, SUMMARY_WORDS)
    quotes = [item(plain(each.quote), " — ", linked(each.source, each.url)) for each in told]
    return [*quotes, GAP] if quotes else []


def _lines(story: Story, reporting: Reporting, timezone: str) -> Iterator[Line]:
    total = len(story.articles)
    yield line(
        tr(
            "{articles} from {sources}.",
            articles=counted(total, "article"),
            sources=counted(reporting.outlets, "source") + reporting.trust,
        )
    )
    if total > SHOWN:
        yield line(tr("The newest {count} of them:", count=SHOWN))
    yield from _by_day(story.articles[-SHOWN:], timezone)


def _by_day(articles: Sequence[Article], timezone: str) -> Iterator[Line]:
    for day, group in groupby(articles, lambda each: local_day(each.published_at, timezone)):
        yield GAP
        yield line(bold(day))
        for article in group:
            clock = local_clock(article.published_at, timezone)
            yield item(f"{clock} {article.source}: ".lstrip(), linked(article.title, article.url))
