"""The buttons under a briefing, alike on every platform; each renderer arranges them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.languages import tr
from bot.models import Briefing, Button, UntoldReason

Rows = tuple[tuple[Button, ...], ...]

IN_A_ROW = 5
"""Buttons with a short word and a number that fit beside each other on a phone."""

IN_A_PAIR = 2
"""Buttons with several words that fit beside each other on a phone."""

NUMBERED = 10
"""Bullets with buttons of their own under a whole briefing; the others are asked for by typing."""

WITH_A_WORD = 3
"""Buttons with two words and a number that fit beside each other on a phone."""

STORIES = 3
"""Bullets with a row of buttons of their own; of more, one button asks which story."""

SHORT, LONG = 3, 10
"""Bullets per topic of a short and of a long briefing."""

_HOUR = timedelta(hours=1)
_NAME = re.compile(r"[\w-]+")
"""The name of a topic as it can be typed."""


def briefing_rows(briefing: Briefing) -> Rows:
    """Return the buttons of a briefing: by story, then opinions, then its size and topic."""
    if briefing.alert:
        return (bullet_buttons(1), (follow_button(1),), alert_row())
    about = rows(_about(briefing), IN_A_PAIR)
    if not briefing.bullets:
        return about
    numbers = range(1, min(len(briefing.bullets), NUMBERED) + 1)
    votes = (Button(tr("👍 More like…"), "like"), Button(tr("👎 Less like…"), "dislike"))
    follow = Button(tr("🔔 Alert on a story…"), "follow")
    if len(numbers) > STORIES:
        proofs = rows((proof_button(each) for each in numbers), IN_A_ROW)
        which = Button(tr("Story so far…"), "story")
        return (*proofs, (which, follow), votes, *about)
    stories = tuple((proof_button(each), story_button(each)) for each in numbers)
    *others, last = _about(briefing)
    return (*stories, votes, *rows(others, IN_A_PAIR), (follow, last))


def alert_row() -> tuple[Button, ...]:
    """Return the buttons about alerts, under each of them."""
    return (
        Button(tr("No alerts for 8 hours"), "mute 8h"),
        alerts_button(),
    )


def alerts_button() -> Button:
    """Return the button that lists the alerts of a chat."""
    return Button(tr("Alerts of this chat"), "watch")


def digests_button() -> Button:
    """Return the button that lists the digests of a chat."""
    return Button(tr("Digests of this chat"), "subscriptions")


def back_to_digests() -> Button:
    """Return the button that leads from one of their settings back to the digests of a chat."""
    return Button(tr("‹ Digests of this chat"), "subscriptions")


def proof_button(number: int, label: str = "") -> Button:
    """Return the button that shows the sentences behind a bullet; `label` is another one for it."""
    return Button(label or tr("Proof {number}", number=number), f"why {number}")


def story_button(number: int) -> Button:
    """Return the button that shows what was reported on the story of a bullet so far."""
    return Button(tr("Story so far {number}", number=number), f"story {number}")


def follow_button(number: int) -> Button:
    """Return the button that asks for an alert when the story of a bullet changes."""
    return Button(tr("🔔 Alert here when this changes"), f"follow {number}")


def bullet_buttons(number: int) -> tuple[Button, ...]:
    """Return the buttons right under one bullet, which need not name it."""
    return (Button(tr("Proof"), f"why {number}"), Button(tr("Story so far"), f"story {number}"))


def bullet_votes(number: int) -> tuple[Button, ...]:
    """Return the buttons with which people say what they want of one bullet."""
    return (
        Button(tr("👍 More like this"), f"like {number}"),
        Button(tr("👎 Less like this"), f"dislike {number}"),
        follow_button(number),
    )


def about_row(briefing: Briefing) -> tuple[Button, ...]:
    """Return the buttons about a briefing as a whole."""
    return tuple(_about(briefing))


def _about(briefing: Briefing) -> Iterator[Button]:
    untold = [each for section in briefing.sections for each in section.untold]
    size = max((len(section.bullets) for section in briefing.sections), default=0)
    again = _again(briefing)
    if again and size > SHORT:
        yield Button(tr("Shorter briefing"), f"{again} short")
    if again and 0 < size < LONG and any(each.reason is UntoldReason.LESS for each in untold):
        yield Button(tr("Longer briefing"), f"{again} long")
    if untold:
        yield Button(tr("What was left out"), "more")
    yield Button(tr("Brief on another topic"), "topics")


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


def rows(buttons: Iterable[Button], width: int) -> Rows:
    """Arrange buttons in rows."""
    known = tuple(buttons)
    return tuple(known[first : first + width] for first in range(0, len(known), width))
