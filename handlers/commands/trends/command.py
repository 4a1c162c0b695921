"""/trends: stories a day, the countries named most and what rises, with a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from bot.errors import UsageError
from bot.languages import country_name, number, plural, topic_text, tr
from bot.models import Button, Channel, Command, Line, Reply, Riser, RiserKind, Topic, Trend
from bot.render.buttons import Rows, rows
from bot.render.charts.trend_words import (
    PANELS,
    before_it,
    compared,
    countries,
    only_read,
    picture_of,
)
from bot.render.phrases import counted
from bot.trends.counting import MONTH, WEEK
from handlers.commands.trends.asking import EXAMPLE, TrendsAsk, parse_trends
from handlers.context import channel_of, topics_of
from handlers.reply_lines import GAP, bold, line, linked, sentence
from handlers.services import Services
from handlers.time_format import local_time

LONGEST = 120
"""Letters of a headline behind a country or a name."""


async def handle(command: Command, services: Services) -> Reply:
    """Count the stored articles of the topics; every line can be checked by its article."""
    channel, now = await channel_of(command, services), services.clock()
    known = await topics_of(channel, services)
    ask = parse_trends(command.args, known)
    built_in = services.scorer.topics
    topics = _named(ask.topics, known) or built_in[:PANELS]
    if len(topics) > PANELS:
        raise UsageError(tr("Name at most {most} topics.", most=PANELS), EXAMPLE)
    trends = [await services.trends.trend(each, ask.days, channel.timezone, now) for each in topics]
    numbers = count(1)
    said: list[Line] = []
    stories: list[Button] = []
    for each in trends:
        said += [GAP, *_lines(each, channel, services, numbers, stories)]
    if any(each.rising for each in trends):
        said += [GAP, line(_measure())]
    if not ask.topics and len(built_in) > PANELS:
        said += [GAP, line(tr("These are the first {most} topics; name others.", most=PANELS))]
    title = plural(ask.days, "Trends, last {count} day", "Trends, last {count} days")
    return Reply(
        title=title,
        lines=tuple(said[1:]),
        buttons=(*rows(stories, 3), *_elsewhere(topics, known, ask)),
        picture=picture_of(trends),
    )


def _named(names: Sequence[str], known: Sequence[Topic]) -> tuple[Topic, ...]:
    by_name = {topic.name: topic for topic in known}
    return tuple(by_name[name] for name in names)


def _lines(
    trend: Trend,
    channel: Channel,
    services: Services,
    numbers: Iterator[int],
    stories: list[Button],
) -> Iterator[Line]:
    yield line(bold(topic_text(trend.topic.title)))
    if not trend.articles and not trend.earlier:
        yield line(tr("No articles are stored of these days."))
        return
    told = counted(trend.stories, "story")
    articles = counted(trend.articles, "article")
    yield line(f"{compared(trend)}.")
    yield line(tr("{stories} in {articles}.", stories=told, articles=articles))
    if trend.read:
        yield line(only_read(trend))
    if trend.places:
        yield line(tr("Countries: {countries}.", countries=countries(trend)))
    if not trend.before:
        return
    if not trend.rising:
        yield line(tr("Nothing rises clearly."))
        return
    yield line(tr("Rising:"))
    for each in trend.rising:
        place = next(numbers)
        yield _rising(place, each, trend, channel, services)
        if each.kind is RiserKind.STORY:
            stories.append(Button(tr("Story so far {number}", number=place), f"story {each.key}"))


def _rising(place: int, riser: Riser, trend: Trend, channel: Channel, services: Services) -> Line:
    """A line such as "2. Hormuz (name): 14 articles, 2 in the 28 days before — Headline (Post)"."""
    proof = riser.proof
    when = local_time(proof.published_at, channel.timezone, services.clock())
    article = linked(proof.title[:LONGEST], proof.url)
    counts = _counts(riser, trend)
    if riser.kind is RiserKind.STORY:
        return sentence(
            "{number}. {story}: {counts} ({source}, {when})",
            number=str(place), story=article, counts=counts, source=proof.source, when=when,
        )  # fmt: skip
    name = country_name(riser.key, riser.title) if riser.kind is RiserKind.PLACE else riser.title
    return sentence(
        "{number}. {name} ({kind}): {counts} — {story} ({source}, {when})",
        number=str(place), name=bold(name), kind=tr(str(riser.kind)), counts=counts,
        story=article, source=proof.source, when=when,
    )  # fmt: skip


def _counts(riser: Riser, trend: Trend) -> str:
    articles = counted(riser.now, "article")
    sources = counted(riser.sources, "source")
    now = tr("{articles} from {sources}", articles=articles, sources=sources)
    earlier = number(riser.before) if riser.before else tr("none")
    return f"{now}{tr(', ')}{before_it(earlier, trend)}"


def _measure() -> str:
    return tr(
        "Rising is what at least 5 articles of 2 sources are about, and clearly more of all "
        "articles than on the days before (Dunning's log-likelihood over 10.8)."
    )


def _elsewhere(topics: Sequence[Topic], known: Sequence[Topic], ask: TrendsAsk) -> Rows:
    """Buttons for the other span, and for each other topic."""
    other = MONTH if ask.days == WEEK else WEEK
    label = plural(other, "Last day", "Last {count} days")
    single = [
        Button(topic_text(each.title), f"trends {each.name} {ask.days}d")
        for each in known
        if [each] != list(topics)
    ]
    same = " ".join(["trends", *ask.topics, f"{other}d"])
    return ((Button(label, same),), *rows(single[:9], 3))
