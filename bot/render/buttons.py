"""The buttons under a briefing, alike on every platform; each renderer arranges them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.languages import tr
from bot.models import Briefing, Button

Rows = tuple[tuple[Button, ...], ...]

IN_A_ROW = 5
"""Numbered buttons that fit beside each other on a phone."""

NUMBERED = 10
"""Bullets with buttons of their own under a whole briefing; the others are asked for by typing."""

SHORT, LONG = 3, 10
"""Bullets per topic of a short and of a long briefing."""

_HOUR = timedelta(hours=1)
_NAME = re.compile(r"[\w-]+")
"""The name of a topic as it can be typed."""


def briefing_rows(briefing: Briefing) -> Rows:
    """Return the buttons of a briefing: proof and story by number, then its size and topic."""
    if briefing.alert:
        first = (
            Button(tr("Why"), "why 1"),
            Button(tr("Story"), "story 1"),
            Button(tr("🔔 Follow"), "follow 1"),
        )
        return (first, alert_row())
    count = min(len(briefing.bullets), NUMBERED)
    numbers = range(1, count + 1)
    why = [Button(tr("Why {number}", number=each), f"why {each}") for each in numbers]
    story = [Button(tr("Story {number}", number=each), f"story {each}") for each in numbers]
    votes = (
        (Button("👍", "like"), Button("👎", "dislike"), Button(tr("🔔 Follow"), "follow"))
        if count
        else ()
    )
    return (*_in_rows(why), *_in_rows(story), tuple(_about(briefing)), votes)


def alert_row() -> tuple[Button, ...]:
    """Return the buttons about alerts, under each of them."""
    return (Button(tr("Mute for 8 hours"), "mute 8h"), Button(tr("My watches"), "watch"))


def bullet_buttons(number: int) -> tuple[Button, ...]:
    """Return the buttons of one bullet."""
    return (Button(tr("Why"), f"why {number}"), Button(tr("Story"), f"story {number}"))


def bullet_votes(number: int) -> tuple[Button, ...]:
    """Return the buttons with which people say what they want of one bullet."""
    return (
        Button(tr("👍 More like this"), f"like {number}"),
        Button(tr("👎 Less like this"), f"dislike {number}"),
        Button(tr("🔔 Tell me when this changes"), f"follow {number}"),
    )


def about_row(briefing: Briefing) -> tuple[Button, ...]:
    """Return the buttons about a briefing as a whole."""
    return tuple(_about(briefing))


def _about(briefing: Briefing) -> Iterator[Button]:
    if any(section.untold for section in briefing.sections):
        yield Button(tr("More"), "more")
    size = max((len(section.bullets) for section in briefing.sections), default=0)
    again = _again(briefing)
    if again and size > SHORT:
        yield Button(tr("Shorter"), f"{again} short")
    if again and 0 < size < LONG:
        yield Button(tr("Longer"), f"{again} long")
    yield Button(tr("Other topic"), "topics")


def _again(briefing: Briefing) -> str:
    """Return the command for the same topics, filter and span; "" where it cannot be typed."""
    topics = [section.topic for section in briefing.sections]
    if not all(map(_NAME.fullmatch, topics)):
        return ""
    span = typed_span(briefing)
    return " ".join(filter(None, ("brief", *topics, briefing.filter, span))) if span else ""


def typed_span(briefing: Briefing) -> str:
    """Return the span of a briefing as it can be typed; "" where it does not end now."""
    window = briefing.window
    if abs(briefing.created_at - window.until) > _HOUR:
        return ""
    return f"{max(1, round((window.until - window.since) / _HOUR))}h"


def _in_rows(buttons: list[Button]) -> Rows:
    return tuple(
        tuple(buttons[first : first + IN_A_ROW]) for first in range(0, len(buttons), IN_A_ROW)
    )
