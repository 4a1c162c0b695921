"""/brief: a briefing now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.errors import StoreError
from bot.languages import tr
from bot.log import get_logger
from bot.models import Briefing, Button, Channel, Command, Line, Reply, Topic, Window
from bot.page_links import digest_address, new_token
from bot.render.buttons import typed_span
from bot.render.silence import notes, section_title, without_filter
from bot.render.times import during
from bot.render.wording import page_label
from handlers.context import channel_of, topics_of
from handlers.parsing.brief import parse_brief
from handlers.parsing.time_window import Spans
from handlers.parsing.tokens import either
from handlers.reply_lines import code, line, linked, sentence
from handlers.services import Services
from handlers.source_health import newest_line, sources_lines
from summarizer.briefing import BriefingRequest

log = get_logger(__name__)

USUAL_WINDOW = timedelta(hours=24)
LONGER = timedelta(days=7)


async def handle(command: Command, services: Services) -> Reply:
    """Build the requested briefing; only digests count as told, so this changes no other one."""
    now = services.clock()
    channel = await channel_of(command, services)
    request = await request_for(command, channel, services)
    briefing = await services.builder.make(request, channel_id=channel.id, now=now)
    stored, note = await _store(briefing, channel, services)
    if not briefing.bullets:
        return Reply(
            lines=await _nothing(briefing, services, now), buttons=(tuple(_instead(briefing)),)
        )
    told = briefing.id if stored else None
    return Reply(title=tr("Briefing"), briefing=briefing, briefing_id=told, note=note)


async def request_for(command: Command, channel: Channel, services: Services) -> BriefingRequest:
    """Return what is asked for, with the channel's settings; raises UsageError."""
    now = services.clock()
    topics = await topics_of(channel, services)
    ask = parse_brief(command.args, topics, Spans(now, channel.timezone))
    names = ask.topics or await _usual_topics(channel, services)
    return BriefingRequest(
        topics=_in_order(names, topics) or services.scorer.topics,
        window=ask.window or Window(now - USUAL_WINDOW, now),
        bullets=ask.bullets or channel.bullets or services.settings.bullets,
        timezone=channel.timezone,
        language=channel.language,
        engine=channel.engine,
        filter=ask.filter,
    )


async def _store(
    briefing: Briefing, channel: Channel, services: Services
) -> tuple[bool, tuple[Line, ...]]:
    """Store the briefing; returns whether the database can write, and a note.

    As digests do, one with bullets gets a page where pages have an address.
    """
    base = services.settings.web_url
    token = new_token() if base and briefing.bullets else ""
    try:
        await services.store.briefings.add(briefing, channel.id, token=token)
    except StoreError as error:
        log.warning("briefing not stored", error=str(error))
        said = tr("I could not store this briefing: /why and /story do not know it.")
        return False, (line(said),)
    if base and token:
        return True, (line(linked(page_label(), digest_address(base, token))),)
    return True, ()


def _instead(briefing: Briefing) -> Iterator[Button]:
    """Buttons that ask for more where there is nothing to tell."""
    names = " ".join(each.topic for each in briefing.sections)
    if briefing.filter and any(each.filtered_out for each in briefing.sections):
        yield Button(tr("Without the filter"), f"brief {names} {typed_span(briefing)}".strip())
    if briefing.window.until - briefing.window.since < LONGER:
        yield Button(
            tr("Last 7 days"), " ".join(filter(None, ("brief", names, briefing.filter, "7d")))
        )
    yield Button(tr("Brief on another topic"), "topics")


async def _usual_topics(channel: Channel, services: Services) -> tuple[str, ...]:
    """The topics of the channel's subscriptions, each once."""
    subscriptions = await services.store.subscriptions.of_channel(channel.id)
    return tuple(dict.fromkeys(name for each in subscriptions for name in each.topics))


def _in_order(names: tuple[str, ...], topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    known = {topic.name: topic for topic in topics}
    return tuple(known[name] for name in names if name in known)


async def _nothing(briefing: Briefing, services: Services, now: datetime) -> tuple[Line, ...]:
    topics = either([section_title(section) for section in briefing.sections])
    sources = await services.store.sources.all()
    newest = briefing.coverage.newest_article_at
    silent = any(section.left_out for section in briefing.sections)
    if silent:
        said = tr("Nothing worth telling on {topics} {when}", topics=topics, when=during(briefing))
    else:
        said = tr("No news on {topics} {when}", topics=topics, when=during(briefing))
    lines = [
        line(f"{said}{without_filter(briefing.sections)}."),
        *(note for section in briefing.sections for note in notes(section, briefing)),
        newest_line(newest, briefing.timezone, now),
        *sources_lines(sources, now),
    ]
    short = briefing.window.until - briefing.window.since < LONGER
    if short and newest is not None and newest > briefing.window.until - LONGER:
        named = [section.topic for section in briefing.sections]
        names = named if len(named) < len(services.scorer.topics) else []
        longer = " ".join(filter(None, ("/brief", *names, briefing.filter, "7d")))
        lines.append(sentence("{command} looks back on a week.", command=code(longer)))
    return tuple(lines)
