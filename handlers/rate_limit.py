"""Who asks too much at once is asked to wait: so many commands a minute from one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.models import Command, Reply
from handlers.reply_lines import line

MINUTE = timedelta(minutes=1)
MOST_PEOPLE = 10_000
"""So many are remembered before those whose minute is over are forgotten."""

Person = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Minute:
    """When a person's minute began, and how often they have asked in it."""

    began: datetime
    asked: int = 0

    def lasts(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.began < MINUTE


@dataclass(slots=True)
class RateLimiter:
    """Counts what people ask of this process; operators are not counted."""

    a_minute: int
    _minutes: dict[Person, _Minute] = field(default_factory=dict)

    def held_back(self, command: Command, now: datetime) -> bool:
        """Count the command; whether it is one too many."""
        return self._asked(command, now) > self.a_minute

    def refusal(self, command: Command, now: datetime) -> Reply | None:
        """What to say to the first command that is held back; nothing to those that follow it."""
        minute = self._minutes[_person(command)]
        if minute.asked > self.a_minute + 1:
            return None
        seconds = ceil((minute.began + MINUTE - now) / timedelta(seconds=1))
        return Reply(
            lines=(
                line(
                    f"That is a lot at once: I answer {self.a_minute} commands a minute a person."
                ),
                line(f"Please ask again in {seconds} s; until then I say nothing more."),
            )
        )

    def _asked(self, command: Command, now: datetime) -> int:
        if command.user.admin:
            return 0
        person = _person(command)
        minute = self._minutes.get(person)
        if minute is None or not minute.lasts(now):
            self._forget(now)
            minute = _Minute(now)
        self._minutes[person] = _Minute(minute.began, minute.asked + 1)
        return minute.asked + 1

    def _forget(self, now: datetime) -> None:
        if len(self._minutes) >= MOST_PEOPLE:
            self._minutes = {who: each for who, each in self._minutes.items() if each.lasts(now)}


def _person(command: Command) -> Person:
    return (command.address.platform, command.address.workspace, command.user.id)
