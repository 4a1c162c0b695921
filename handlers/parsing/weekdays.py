"""Days of the week: `daily`, `weekdays`, `mon,thu`, `monday to friday`, `except sunday`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.languages import tr
from handlers.parsing.tokens import Found, Word, phrase, shown

EVERY_DAY = frozenset(range(7))
WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SHORT = {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}
_ONE = (
    {name.lower(): day for day, name in enumerate(NAMES)}
    | {f"{name.lower()}s": day for day, name in enumerate(NAMES)}
    | {name[:3].lower(): day for day, name in enumerate(NAMES)}
    | _SHORT
)
_SETS = (
    dict.fromkeys(("daily", "everyday", "nightly", "all week", "all days", "once a day"), EVERY_DAY)
    | dict.fromkeys(("every day", "each day", "a day", "per day", "7 days a week"), EVERY_DAY)
    | dict.fromkeys(("weekday", "weekdays", "week days", "workday", "workdays"), WORKDAYS)
    | dict.fromkeys(("work days", "working days", "business days"), WORKDAYS)
    | dict.fromkeys(("weekend", "weekends"), WEEKEND)
)
_TO = frozenset({"to", "through", "thru", "until", "till", "-", "–", "—"})
_EXCEPT = frozenset({"except", "excluding", "without", "but", "not"})
_JOINED = re.compile(r"[-–—]|\.-\.?")
_AND = frozenset({"and", "or", "&", "+", "on"})
_OTHER_RHYTHMS = {
    "every other day",
    "hourly",
    "every hour",
    "monthly",
    "every month",
    "twice a day",
    "fortnightly",
}


@dataclass(frozen=True, slots=True)
class Days:
    """Weekdays that were named (Monday is 0); `less` takes them away instead."""

    days: frozenset[int]
    less: bool = False


def read_days(words: Sequence[Word]) -> Found[Days] | None:
    """Read a set of days, a range, one day, or "except" with any of these."""
    if phrase(words, dict.fromkeys(_OTHER_RHYTHMS, True)):
        raise UsageError(
            tr(
                "{text} is not possible: name the times of day, such as 07:30 and 18:00, "
                "and the days of the week (daily, weekdays, or mon,thu), or weekly.",
                text=shown(words[0].text),
            )
        )
    return _except(words) if words[0].key in _EXCEPT else _days(words)


def one_day(key: str) -> int | None:
    """Return the weekday that a folded word names, Monday being 0."""
    return _ONE.get(key)


def combined(said: Sequence[Days]) -> frozenset[int] | None:
    """Combine days; None where no day was named. Raises UsageError when no day is left."""
    if not said:
        return None
    added = frozenset[int]().union(*(each.days for each in said if not each.less))
    taken = frozenset[int]().union(*(each.days for each in said if each.less))
    left = (added or EVERY_DAY) - taken
    if not left:
        raise UsageError(tr("No day of the week is left: name at least one, such as mon,thu."))
    return left


def _days(words: Sequence[Word]) -> Found[Days] | None:
    whole = phrase(words, _SETS)
    if whole:
        return Found(whole.length, Days(whole.value))
    joined = [one_day(part.strip(".")) for part in _JOINED.split(words[0].key)]
    if len(joined) == 2 and joined[0] is not None and joined[1] is not None:
        return Found(1, Days(_range(joined[0], joined[1])))
    first = one_day(words[0].key)
    if first is None:
        return None
    last = one_day(words[2].key) if len(words) > 2 and words[1].key in _TO else None
    return (
        Found(1, Days(frozenset({first}))) if last is None else Found(3, Days(_range(first, last)))
    )


def _except(words: Sequence[Word]) -> Found[Days] | None:
    used, taken = 1, frozenset[int]()
    while used < len(words):
        found = _days(words[used:])
        if found:
            taken |= found.value.days
        elif not (words[used].key in _AND and used + 1 < len(words) and _days(words[used + 1 :])):
            break
        used += found.length if found else 1
    return Found(used, Days(taken, less=True)) if taken else None


def _range(first: int, last: int) -> frozenset[int]:
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
