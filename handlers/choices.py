"""What people choose from with buttons: hours, time zones, topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.languages import marked, topic_text, tr
from bot.models import Button, Line, Place, Reply, Topic
from bot.render.buttons import Rows, rows

HOURS = ("06:00", "07:00", "07:30", "08:00", "09:00", "12:00", "18:00", "21:00")

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


def hour_rows(command: str, chosen: str = "") -> Rows:
    """Return buttons that add an hour to a command; the chosen one is marked."""
    return rows((Button(ticked(each, chosen), f"{command} {each}") for each in HOURS), 4)


def zone_rows(command: str, chosen: str = "") -> Rows:
    """Return buttons that add a time zone to a command; the chosen one is marked."""
    buttons = (
        Button(f"✓ {tr(city)}" if zone == chosen else tr(city), f"{command} {zone}")
        for city, zone in ZONES
    )
    return rows(buttons, 3)


def topic_rows(command: str, topics: Sequence[Topic]) -> Rows:
    """Return buttons that add a topic to a command."""
    shown = (
        Button(topic_text(each.title), f"{command} {each.name}") for each in topics[:TOPICS_SHOWN]
    )
    return rows(shown, 3)


def ticked(value: str, chosen: str) -> str:
    """Return a label, with a tick if it is the chosen one."""
    return f"✓ {value}" if value == chosen else value


def which_bullet(said: Line, buttons: Sequence[Button], width: int) -> Reply:
    """Return a question which bullet is meant; its buttons take the place of those pressed."""
    back = (Button(tr("‹ Back"), "buttons"),)
    return Reply(lines=(said,), buttons=(*rows(buttons, width), back), place=Place.KEYBOARD)


def translated(rows: Rows) -> Rows:
    """Return buttons with their labels in the language that is spoken now."""
    return tuple(tuple(replace(each, label=tr(each.label)) for each in row) for row in rows)
