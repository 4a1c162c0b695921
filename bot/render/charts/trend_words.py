"""The coverage of topics in words, and as a picture with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.languages import country_name, dated, number, plural, right_to_left, topic_text, tr
from bot.models import Chart, Column, Covered, Panel, Picture, Trend
from bot.render.phrases import counted

PANELS = 4
"""Topics in one picture; more would be too small on a phone."""


def picture_of(trends: Sequence[Trend]) -> Picture | None:
    """The picture of some topics, in the language spoken now; None where nothing was reported."""
    shown = [each for each in trends if each.articles or each.earlier][:PANELS]
    if not shown:
        return None
    return Picture(
        title=_title(shown),
        panels=tuple(map(_panel, shown)),
        legend=_legend(shown),
        told=" ".join(f"{topic_text(each.topic.title)}: {told(each)}" for each in shown),
        right_to_left=right_to_left(),
    )


def _title(shown: Sequence[Trend]) -> str:
    """The title with the days of all panels: "briefbot: stories a day, 20 Oct to 23 Nov 2026"."""
    since = min(each.days[0][0] for each in shown)
    until = max(each.days[-1][0] for each in shown)
    return tr(
        "briefbot: stories a day, {since} to {until}",
        since=day_said(since),
        until=dated(until, tr("d MMM y")),
    )


def _legend(shown: Sequence[Trend]) -> tuple[str, str, str]:
    """What the bars are: of the days asked for, of those before, and of today.

    How many days is said where it is true of all panels.
    """
    now = {len(each.now) for each in shown}
    before = {len(each.before) for each in shown if each.before} or {0}
    last = plural(max(now), "last day", "last {count} days")
    earlier = plural(max(before), "the day before", "{count} days before")
    return (
        last if len(now) == 1 else tr("last days"),
        earlier if len(before) == 1 else tr("days before"),
        tr("today so far"),
    )


def told(trend: Trend) -> str:
    """The coverage of a topic in sentences: stories a day, the busiest day, countries."""
    said = [f"{compared(trend)}."]
    busiest, most = max(trend.now, key=lambda each: each[1])
    if most:
        stories = counted(most, "story")
        said.append(tr("Most on {day}: {stories}.", day=day_said(busiest), stories=stories))
    if trend.read:
        said.append(only_read(trend))
    if trend.places:
        said.append(tr("Countries: {countries}.", countries=countries(trend)))
    return " ".join(said)


def compared(trend: Trend) -> str:
    """Both means: "5.9 stories a day in the last 6 full days, 4.2 in the 28 days before"."""
    days = len(trend.full)
    if not days:
        now = so_far(trend)
    else:
        now = plural(
            days,
            "{mean} stories a day on the last full day",
            "{mean} stories a day in the last {count} full days",
            mean=number(mean(trend.full), 1),
        )
    if not trend.before:
        return tr(", ").join([now, tr("nothing older to compare with")])
    return tr(", ").join([now, before_it(number(mean(trend.before), 1), trend)])


def so_far(trend: Trend) -> str:
    """What today brought, where no day is over: "54 stories so far today"."""
    return tr("{stories} so far today", stories=counted(trend.days[-1][1], "story"))


def only_read(trend: Trend) -> str:
    """Says that more articles are stored of the days asked for than were read."""
    return tr("Only the newest {articles} were read.", articles=counted(trend.read, "article"))


def before_it(said: str, trend: Trend) -> str:
    """What there was before: "4.2 in the 28 days before"."""
    days = len(trend.before)
    return plural(days, "{said} on the day before", "{said} in the {count} days before", said=said)


def countries(trend: Trend) -> str:
    """The countries with their articles: "Iran (14 articles), Iraq (9 articles)"."""
    named = (f"{country(each)} ({counted(each.articles, 'article')})" for each in trend.places)
    return tr(", ").join(named)


def country(place: Covered) -> str:
    """The name of a country in the language spoken now."""
    return country_name(place.code, place.title)


def mean(days: Sequence[tuple[date, int]]) -> float:
    """Stories a day; 0 without days."""
    return sum(many for _, many in days) / len(days) if days else 0.0


def day_said(day: date) -> str:
    """A day without its year: "27 Nov"."""
    return dated(day, tr("d MMM"))


def _panel(trend: Trend) -> Panel:
    today = trend.days[-1][0]
    columns = tuple(
        Column(day_said(day), many, unfinished=day == today, earlier=day < trend.since)
        for day, many in trend.days
    )
    means = so_far(trend)
    if trend.full:
        means = plural(
            len(trend.full),
            "{mean} a day in {count} full day",
            "{mean} a day in {count} full days",
            mean=number(mean(trend.full), 1),
        )
    if trend.before:
        earlier = number(mean(trend.before), 1)
        means = tr("{mean}; before: {earlier}", mean=means, earlier=earlier)
    names = tuple(Column(country(each), each.articles) for each in trend.places)
    chart = Chart(means, columns, told(trend))
    return Panel(
        heading=topic_text(trend.topic.title),
        axis=(
            columns[0].label,
            tr("highest: {stories}", stories=counted(chart.most, "story")),
            columns[-1].label,
        ),
        days=chart,
        names=Chart(
            plural(
                len(trend.now),
                "Articles by country, last {count} day",
                "Articles by country, last {count} days",
            ),
            names,
            countries(trend),
        ),
    )
