"""/topics: list all topics of a channel, and add or remove its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.errors import UsageError
from bot.languages import plural, topic_text, tr
from bot.models import Button, Channel, Command, Line, Reply, Topic, Window
from bot.render.phrases import counted
from handlers.choices import topic_rows
from handlers.context import channel_of, topics_of
from handlers.parsing.time_window import Spans
from handlers.parsing.tokens import did_you_mean, fold, nearest, shown
from handlers.parsing.topic_definition import (
    EXAMPLE,
    AddTopic,
    ListTopics,
    RemoveTopic,
    parse_topics,
)
from handlers.reply_lines import bold, code, item, line, sentence
from handlers.services import Services
from summarizer.topics.scorer import TopicScorer, own_topic

MOST = 20
"""Maximum number of own topics per channel."""

COUNTED_MOST = 400
"""Maximum number of articles scored to count a channel's own topic."""

DAY = timedelta(hours=24)


async def handle(command: Command, services: Services) -> Reply:
    """List the topics, or add or remove one of the channel's own."""
    now = services.clock()
    channel = await channel_of(command, services)
    asked = await _asked(command.args, channel, services)
    match asked:
        case AddTopic():
            return await _add(asked, channel, services, now)
        case RemoveTopic():
            return await _remove(asked, channel, services)
        case ListTopics():
            return await _list(channel, services, now)


async def _list(channel: Channel, services: Services, now: datetime) -> Reply:
    window = Window(now - DAY, now)
    counts = await services.store.articles.counts_by_topic(window)
    own = await services.store.topics.of_channel(channel.id)
    builtin = [_entry(topic, counts.get(topic.name, 0)) for topic in services.scorer.topics]
    mine = [_entry(topic, await _count(topic, window, services)) for topic in own]
    more = sentence("Add one of your own: {example}", example=code(EXAMPLE))
    return Reply(
        title=tr("Topics, with the articles of the last day"),
        lines=(*builtin, *mine, more, line(tr("Press a topic for a briefing on it now."))),
        buttons=(
            *topic_rows("brief", (*services.scorer.topics, *own)),
            (Button(tr("Trends: what is rising"), "trends"),),
        ),
    )


def described(topic: Topic) -> str:
    """Return what a topic is about: of an own one its words, else a text of the topics' file."""
    return topic.description if topic.channel_id is not None else topic_text(topic.description)


def _entry(topic: Topic, count: int) -> Line:
    title = topic_text(topic.title)
    about = f" ({topic.name})" if topic.name != title.casefold() else ""
    own = tr("this chat's own: ") if topic.channel_id is not None else ""
    many = counted(count, "article")
    return item(bold(title), f"{about}, {many}. ", f"{own}{described(topic)}")


async def _count(topic: Topic, window: Window, services: Services) -> int:
    scorer = TopicScorer([topic])
    found = await services.store.search.matching(tuple(topic.terms), window, limit=COUNTED_MOST)
    return sum(bool(scorer.score(each.title, each.text, each.summary)) for each in found)


async def check(args: str, channel: Channel, services: Services) -> None:
    """Raise UsageError for a topic that `handle` would refuse to add; changes nothing."""
    asked = await _asked(args, channel, services)
    if isinstance(asked, AddTopic):
        await _wanted(asked, channel, services)


async def _asked(
    args: str, channel: Channel, services: Services
) -> ListTopics | AddTopic | RemoveTopic:
    spans = Spans(services.clock(), channel.timezone)
    return parse_topics(args, spans, await topics_of(channel, services))


async def _wanted(
    asked: AddTopic, channel: Channel, services: Services
) -> tuple[Topic, frozenset[str]]:
    """Return the topic to add, and the names of the channel's own; raises UsageError."""
    topic = own_topic(asked.name, asked.words, channel.id)
    if topic.name in {each.name for each in services.scorer.topics}:
        raise UsageError(
            tr(
                "{title} is a built-in topic: choose another name.",
                title=topic_text(topic.title),
            ),
            EXAMPLE,
        )
    own = frozenset(each.name for each in await services.store.topics.of_channel(channel.id))
    if topic.name not in own and len(own) >= MOST:
        raise UsageError(
            tr("A chat can have at most {most} topics of its own.", most=MOST),
            "/topics remove floods",
        )
    return topic, own


async def _add(asked: AddTopic, channel: Channel, services: Services, now: datetime) -> Reply:
    topic, own = await _wanted(asked, channel, services)
    await services.store.topics.add(topic)
    count = await _count(topic, Window(now - DAY, now), services)
    hyphenated = sentence("Its name in commands: {name}", name=code(topic.name))
    return Reply(
        title=_done(topic, again=topic.name in own),
        lines=(
            *([hyphenated] if " " in topic.title else []),
            line(tr("It matches {description}.", description=described(topic))),
            line(
                plural(
                    count, "{count} article in the last day.", "{count} articles in the last day."
                )
            ),
            sentence(
                "{brief} or {subscribe}",
                brief=code(f"/brief {topic.name} 7d"),
                subscribe=code(f"/subscribe {topic.name}"),
            ),
        ),
        changed=True,
    )


def _done(topic: Topic, *, again: bool) -> str:
    if again:
        return tr("Topic changed: {title}", title=topic.title)
    return tr("Topic added: {title}", title=topic.title)


async def _remove(asked: RemoveTopic, channel: Channel, services: Services) -> Reply:
    topic = _own(asked.name, await topics_of(channel, services))
    await services.store.topics.remove(channel.id, topic.name)
    changed = await services.store.subscriptions.remove(channel.id, [topic.name])
    lines = [line(tr("It is no longer part of this chat's digests."))] if changed else []
    return Reply(
        title=tr("Topic removed: {title}", title=topic.title), lines=tuple(lines), changed=True
    )


def _own(name: str, topics: Sequence[Topic]) -> Topic:
    """Return the channel's own topic of this name; raises UsageError for any other."""
    typed = fold(" ".join(name.split()))
    meant = [
        each
        for each in topics
        if typed == fold(each.title) or typed.replace(" ", "-") == fold(each.name)
    ]
    if not meant:
        own = [each.name for each in topics if each.channel_id is not None]
        close = did_you_mean(nearest(name, own))
        there = (
            tr("This chat's own topics: {names}.", names=", ".join(own))
            if own
            else tr("It has no own topics.")
        )
        raise UsageError(
            tr(
                "This chat has no topic {text}.{close} {there}",
                text=shown(name),
                close=close,
                there=there,
            ),
            "/topics",
        )
    if meant[0].channel_id is None:
        raise UsageError(
            tr(
                "{title} is a built-in topic and cannot be removed.",
                title=topic_text(meant[0].title),
            ),
            "/topics",
        )
    return meant[0]
