"""What people choose from with buttons: hours, time zones, topics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.languages import marked, topic_text, tr, without_marks
from bot.models import Button, Place, Reply, Topic
from bot.render.buttons import IN_A_PAIR, Rows, rows
from handlers.reply_lines import code, sentence

HOURS = (
    *("05:00", "06:00", "06:30", "07:00", "07:30", "08:00", "09:00", "10:00"),
    *("12:00", "13:00", "15:00", "17:00", "18:00", "19:00", "20:00", "21:00"),
)
"""Times of day for most people; every other one can be typed."""

OTHER = "?"
"""What stands behind a command in the place of a value that is to be typed."""

INSTEAD = marked("Type it, with what you want in the place of the last word: {command}")
"""What is answered to that."""

ZONES = (
    (marked("London"), "Europe/London"),
    (marked("Berlin"), "Europe/Berlin"),
    (marked("Istanbul"), "Europe/Istanbul"),
    (marked("Cairo"), "Africa/Cairo"),
    (marked("Nairobi"), "Africa/Nairobi"),
    (marked("Dubai"), "Asia/Dubai"),
    (marked("Karachi"), "Asia/Karachi"),
    (marked("Delhi"), "Asia/Kolkata"),
    (marked("Dhaka"), "Asia/Dhaka"),
    (marked("Singapore"), "Asia/Singapore"),
    (marked("Tokyo"), "Asia/Tokyo"),
    (marked("Sydney"), "Australia/Sydney"),
    (marked("New York"), "America/New_York"),
    (marked("Chicago"), "America/Chicago"),
    (marked("Los Angeles"), "America/Los_Angeles"),
    (marked("São Paulo"), "America/Sao_Paulo"),
    (marked("Lagos"), "Africa/Lagos"),
    (marked("UTC"), "UTC"),
)
"""Cities, and their zones, for most people; every other zone can be typed."""

TOPICS_SHOWN = 12

LONGEST_LABEL = 24
"""Characters of one of two buttons beside each other that a phone shows."""


def hour_rows(command: str, chosen: str = "") -> Rows:
    """Return buttons that add an hour to a command; the chosen one is marked, also if unusual."""
    hours = sorted({*HOURS, chosen}) if chosen else HOURS
    known = (Button(ticked(each, each == chosen), f"{command} {each}") for each in hours)
    return (*rows(known, 4), (Button(tr("Other time…"), f"{command} {OTHER}"),))


def zone_rows(command: str, now: datetime, chosen: str = "") -> Rows:
    """Return buttons that add a zone to a command, with the time there; the chosen one marked."""
    buttons = [
        Button(
            ticked(f"{tr(city)} {now.astimezone(ZoneInfo(zone)):%H:%M}", zone == chosen),
            f"{command} {zone}",
        )
        for city, zone in ZONES
    ]
    return (*rows(buttons, IN_A_PAIR), (Button(tr("Other city…"), f"{command} {OTHER}"),))


def topic_rows(command: str, topics: Sequence[Topic]) -> Rows:
    """Return buttons that add a topic to a command."""
    return rows(_of_topics(command, topics, str), 3)


def daily_rows(topics: Sequence[Topic]) -> Rows:
    """Return buttons that set up a digest on a topic, and say so."""
    return rows(_of_topics("setup", topics, _daily), IN_A_PAIR)


def _daily(title: str) -> str:
    return tr("{topic} every day", topic=title)


def _of_topics(
    command: str, topics: Sequence[Topic], said: Callable[[str], str]
) -> Iterator[Button]:
    for each in topics[:TOPICS_SHOWN]:
        yield Button(said(topic_text(each.title)), f"{command} {each.name}")


def brief_button(title: str = "", typed: str = "all") -> Button:
    """Return the button for a briefing now, which says on what; without a title, on all topics."""
    return Button(tr("Brief me now: {topics}", topics=title or tr("all topics")), f"brief {typed}")


def ticked(value: str, chosen: bool) -> str:
    """Return a label, with a tick if it is the chosen one."""
    return f"✓ {value}" if chosen and not value.startswith("✓") else value


def which_bullet(question: str, typed: str, buttons: Sequence[Button], width: int) -> Reply:
    """Return a question which bullet is meant; its buttons take the place of those pressed.

    Where only these are seen, the question is a short notice: each button says it all alone.
    """
    return Reply(
        title=question,
        lines=(sentence("Or type it: {command}", command=code(typed)),),
        buttons=(*rows(buttons, width), (Button(tr("‹ Back"), "buttons"),)),
        place=Place.KEYBOARD,
    )


def paired(buttons: Iterable[Button]) -> Rows:
    """Arrange buttons two in a row, one whose label is long alone."""
    found: list[tuple[Button, ...]] = []
    for each in buttons:
        last = found[-1] if found else ()
        if len(last) == 1 and max(map(_width, (*last, each))) <= LONGEST_LABEL:
            found[-1] = (*last, each)
        else:
            found.append((each,))
    return tuple(found)


def _width(button: Button) -> int:
    return len(without_marks(button.label))


def translated(rows: Rows) -> Rows:
    """Return buttons with their labels in the language that is spoken now."""
    return tuple(tuple(replace(each, label=tr(each.label)) for each in row) for row in rows)
