"""Charts of days and of names, with what they show in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.models import Chart, Column
from bot.render.phrases import counted


def chart_of_days(days: Mapping[date, int], last: str = "so far today") -> Chart:
    """The chart of the stories a day; the last day is not over, and `last` says up to when."""
    today = max(days, default=None)
    columns = tuple(
        Column(f"{day.day} {day:%b %Y}", many, unfinished=day == today)
        for day, many in days.items()
    )
    return Chart("Stories a day", columns, _told_of_days(days, last))


def chart_of_names(title: str, named: Sequence[tuple[str, int]], one: str) -> Chart:
    """The chart of names with their counts, the largest first; `one` is the word counted."""
    columns = tuple(Column(name, many) for name, many in named)
    told = ", ".join(f"{name} ({counted(many, one)})" for name, many in named)
    return Chart(title, columns, told)


def _told_of_days(days: Mapping[date, int], last: str) -> str:
    """The chart in words, for those who do not see it."""
    if not any(days.values()):
        return f"No stories in the last {len(days)} days."
    most = max(days, key=lambda day: days[day])
    mean = sum(days.values()) / len(days)
    return (
        f"Stories a day in the last {len(days)} days: {mean:.1f} on average, "
        f"most on {most.day} {most:%B} ({counted(days[most], 'story')}), "
        f"{days[max(days)]} {last}."
    )
