"""When digests come: `at 07:30 and 18:00`, `weekdays at 8, weekends at 10`, `weekly on Monday`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.errors import UsageError
from bot.languages import tr
from handlers.parsing.time_of_day import At, PartOfDay, in_part
from handlers.parsing.tokens import Found, Word, phrase
from handlers.parsing.weekdays import Days, combined

MOST = 6
"""Digests that one sentence can name."""

MONDAY = frozenset({0})

_WEEKLY = dict.fromkeys(
    ("weekly", "every week", "each week", "once a week", "a week", "per week"), True
)
_ALSO = dict.fromkeys(("also", "too", "as well", "additionally", "in addition"), True)


@dataclass(frozen=True, slots=True)
class Slot:
    """One digest: its time and days, None where not said; a weekly one covers seven days."""

    at: time | None = None
    weekdays: frozenset[int] | None = None
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Weekly:
    """The word "weekly"."""


@dataclass(frozen=True, slots=True)
class Also:
    """The word "also": what there is stays."""


def read_weekly(words: Sequence[Word]) -> Found[Weekly] | None:
    """Read "weekly" or "every week"."""
    found = phrase(words, _WEEKLY)
    return Found(found.length, Weekly()) if found else None


def read_also(words: Sequence[Word]) -> Found[Also] | None:
    """Read "also" or "as well"."""
    found = phrase(words, _ALSO)
    return Found(found.length, Also()) if found else None


def slots_of(values: Sequence[object], example: str) -> tuple[Slot, ...]:
    """Return the digests that were named, in order; none where neither time nor day was said.

    Times in a row share their days. Times before days, or days before times, part the groups:
    "weekdays at 8, weekends at 10" are two.
    """
    said = [each for each in values if isinstance(each, At | PartOfDay | Days | Weekly)]
    kinds = {type(each) for each in said}
    if PartOfDay in kinds and At not in kinds:
        raise UsageError(tr("Write the hour as well, such as 07:30 or 7:30 pm."), example)
    slots = tuple(dict.fromkeys(slot for group in _groups(said) for slot in _slots(group)))
    if len(slots) > MOST:
        raise UsageError(tr("Name at most {most} times in one sentence.", most=MOST), example)
    if len([each for each in slots if each.weekly]) > 1:
        raise UsageError(tr("A weekly digest has one day and one time: name one of each."), example)
    return slots


def _groups(said: Sequence[object]) -> Iterator[list[object]]:
    """Part what was said where another digest begins."""
    days_first = next((isinstance(e, Days) for e in said if isinstance(e, At | Days)), False)
    group: list[object] = []
    for at, each in enumerate(said):
        if group and _begins(each, _Heard.of(group), _Heard.of(said[at:]), days_first=days_first):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Heard:
    """How many times and days some words name, and whether they say "weekly"."""

    times: int
    days: int
    weekly: bool

    @classmethod
    def of(cls, said: Sequence[object]) -> _Heard:
        return cls(
            sum(isinstance(each, At) for each in said),
            sum(isinstance(each, Days) for each in said),
            any(isinstance(each, Weekly) for each in said),
        )


def _begins(each: object, before: _Heard, after: _Heard, *, days_first: bool) -> bool:
    """Return whether a word begins another digest; `after` counts it and what follows it."""
    if isinstance(each, Weekly):
        another = after.times or before.times > 1 or (before.days and after.days)
        return before.weekly or bool(before.times and another)
    if isinstance(each, PartOfDay) or not before.times:
        return False
    if before.weekly:
        return isinstance(each, At) or before.days > 0
    if not before.days or not after.times:
        return False
    return isinstance(each, Days) and not each.less if days_first else isinstance(each, At)


def _slots(group: Sequence[object]) -> Iterator[Slot]:
    """The digests of one group: one for each time, all on its days."""
    days = combined([each for each in group if isinstance(each, Days)])
    weekly = any(isinstance(each, Weekly) for each in group)
    if weekly and days is not None and len(days) > 1:
        raise UsageError(tr("A weekly digest has one day, such as Monday."))
    slot = Slot(weekdays=(days or MONDAY) if weekly else days, weekly=weekly)
    times = list(_times(group))
    if not times and (days is not None or weekly):
        yield slot
    for at in times:
        yield replace(slot, at=at)


def _times(group: Sequence[object]) -> Iterator[time]:
    """The times of a group, each moved into the part of the day beside it."""
    parts = [each for each in group if isinstance(each, PartOfDay)]
    given = [each for each in group if isinstance(each, At | PartOfDay)]
    if len(set(parts)) == 1:
        yield from (in_part(each, parts[0]) for each in given if isinstance(each, At))
        return
    for at, each in enumerate(given):
        if isinstance(each, At):
            after = given[at + 1 : at + 2]
            part = after[0] if after and isinstance(after[0], PartOfDay) else None
            yield in_part(each, part)
