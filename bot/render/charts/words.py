"""Charts of days from counts, and charts in words and letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.models import Chart, Column
from bot.render.phrases import counted

TEXT_BAR = 24
"""Letters of the longest bar in a text."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"


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


def in_letters(chart: Chart, most: int = TEXT_BAR) -> list[str]:
    """The chart as lines of text, a bar in each: " 3 Nov ████▌ 12"."""
    wide = max((len(_short(each.label)) for each in chart.columns), default=0)
    return [
        f"{_short(each.label):>{wide}} {_bar(each.value, chart.most, most)} {each.value}"
        for each in chart.columns
    ]


def _short(label: str) -> str:
    """A day without its year; a name as it is."""
    head, _, tail = label.rpartition(" ")
    return head if tail.isdecimal() and len(tail) == 4 and head else label


def _bar(value: int, largest: int, most: int) -> str:
    eighths = round(8 * most * value / largest) if largest else 0
    whole, rest = divmod(eighths, 8)
    return (_EIGHTHS[8] * whole + _EIGHTHS[rest].strip()) or ("▏" if value else "")


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
