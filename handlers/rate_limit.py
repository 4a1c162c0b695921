"""A limit on the number of commands per person and minute."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.languages import tr
from bot.models import Command, Reply
from handlers.reply_lines import line

MINUTE = timedelta(minutes=1)
MOST_PEOPLE = 10_000
"""Size of the table at which expired entries are removed."""

Person = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Minute:
    """The start of a person's current minute and the number of commands in it."""

    began: datetime
    asked: int = 0

    def is_current(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.began < MINUTE


@dataclass(slots=True)
class RateLimiter:
    """Counts commands per person in this process; operators are exempt."""

    a_minute: int
    _minutes: dict[Person, _Minute] = field(default_factory=dict)

    def exceeded(self, command: Command, now: datetime) -> bool:
        """Count the command and return whether it exceeds the limit."""
        return self._count(command, now) > self.a_minute

    def refusal(self, command: Command, now: datetime) -> Reply | None:
        """Return the answer to the first command over the limit; later ones get no answer."""
        minute = self._minutes[_person(command)]
        if minute.asked > self.a_minute + 1:
            return None
        seconds = ceil((minute.began + MINUTE - now) / timedelta(seconds=1))
        return Reply(
            lines=(
                line(
                    tr(
                        "Too many commands: I answer {count} per person and minute.",
                        count=self.a_minute,
                    )
                ),
                line(
                    tr("Please try again in {count} s; I do not answer before then.", count=seconds)
                ),
            )
        )

    def _count(self, command: Command, now: datetime) -> int:
        if command.user.admin:
            return 0
        person = _person(command)
        minute = self._minutes.get(person)
        if minute is None or not minute.is_current(now):
            self._remove_expired(now)
            minute = _Minute(now)
        self._minutes[person] = _Minute(minute.began, minute.asked + 1)
        return minute.asked + 1

    def _remove_expired(self, now: datetime) -> None:
        if len(self._minutes) >= MOST_PEOPLE:
            self._minutes = {
                who: each for who, each in self._minutes.items() if each.is_current(now)
            }


def _person(command: Command) -> Person:
    return (command.address.platform, command.address.workspace, command.user.id)
