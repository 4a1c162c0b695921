"""Parsers of setting values: a time of day, a time zone, a length, a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import time

from bot.errors import UsageError
from bot.languages import tr
from bot.models import FOLDED, PICTURES_OFF
from bot.models.languages import LANGUAGES, Language
from handlers.parsing.bullet_count import MOST, Bullets, read_bullets
from handlers.parsing.time_of_day import At, PartOfDay, in_part, read_no_time, read_part, read_time
from handlers.parsing.tokens import (
    Reader,
    Word,
    did_you_mean,
    fold,
    nearest,
    only,
    read,
    shown,
    skipping,
    split,
)
from handlers.parsing.zones import Zone, read_zone

_QUIET_LEAD = re.compile(r"^(?:hours?\b|from\b|between\b|[\s:=])+", re.IGNORECASE)
_UNTIL = re.compile(r"\s{0,9}(?:[-–—]|\b(?:to|until|till|and)\b)\s*", re.IGNORECASE)
_NEVER = frozenset({"off", "never", "no", "none"})
_A_DAY = frozenset({"a", "per", "day", "daily", "at", "most", "alerts"})

MOST_ALERTS = 50
"""Alerts of a chat in a day."""

_FILLERS = skipping("a about in is language of per please set the to topic = -")


def read_clock(text: str, example: str) -> time:
    """A time of day."""
    values = _values(
        f"at {text}", [read_time, read_part, read_no_time, _FILLERS], _no_time, example
    )
    at = only(values, At, tr("Name one time of day, such as 07:30."), example)
    part = only(values, PartOfDay, tr("Name one time of day, such as 07:30."), example)
    if at is None:
        raise UsageError(tr("Name a time of day, such as 07:30."), example)
    return in_part(at, part)


def read_quiet_hours(text: str, example: str) -> tuple[time, time] | None:
    """Two times of day, from and until; None for no quiet hours."""
    said = _QUIET_LEAD.sub("", text.strip())
    if fold(said) in _NEVER:
        return None
    ends = [each for each in _UNTIL.split(said) if each.strip()]
    if len(ends) != 2:
        raise UsageError(tr("Write the start and the end of the quiet hours."), example)
    start, end = (read_clock(each, example) for each in ends)
    if start == end:
        raise UsageError(tr("The start and the end of quiet hours must differ."), example)
    return start, end


def read_zone_name(text: str, example: str) -> str:
    """A time zone, by city, country or its own name."""
    said = text if fold(text).startswith("in ") else f"in {text}"
    values = _values(said, [read_zone, _FILLERS], _no_zone, example)
    zone = only(values, Zone, tr("A chat has one time zone: name one."), example)
    if zone is None:
        raise UsageError(tr("Name a time zone or a city, such as Karachi."), example)
    return zone.name


def read_most(text: str, example: str) -> int:
    """How many bullets a topic has at most: "short", "long" or a number."""
    said = f"{text} bullets" if text.strip().isdecimal() else text
    values = _values(said, [read_bullets, _FILLERS], _no_length, example)
    found = only(values, Bullets, tr("Name one length: short, long, or 7 bullets."), example)
    if found is None:
        raise UsageError(tr("Name a length: short, long, or 7 bullets."), example)
    return found.most


def read_alerts(text: str, example: str) -> int:
    """How many alerts a day: a number, or "off" for none."""
    words = [word.key for word in split(text, example) if word.key not in _A_DAY]
    if len(words) == 1 and words[0] in _NEVER:
        return 0
    if len(words) != 1 or not words[0].isdecimal() or not int(words[0][:6]) <= MOST_ALERTS:
        raise UsageError(
            tr("Write how many alerts a day, 0 to {most}, or off.", most=MOST_ALERTS),
            example,
        )
    return int(words[0][:6])


def read_language(text: str, example: str, choices: Collection[str] = LANGUAGES) -> Language:
    """A language by its code, or by its name in English or in itself; the error names `choices`."""
    said = " ".join(word.key for word in split(text, example)).removeprefix("in ")
    known = _language_names()
    if said in known:
        return known[said]
    close = nearest(
        said, [each.name for each in LANGUAGES.values() if each.code in choices], whole=True
    )
    hint = did_you_mean(close)
    codes = ", ".join(choices)
    raise UsageError(
        tr(
            "I do not know the language {text}.{hint} Languages: {codes}.",
            text=shown(text),
            hint=hint,
            codes=codes,
        ),
        example,
    )


def _language_names() -> dict[str, Language]:
    return {
        fold(name): each
        for each in LANGUAGES.values()
        for name in (each.code, each.name, each.own_name)
    }


def _values(
    text: str,
    readers: list[Reader[object]],
    unknown: Callable[[Word], str],
    example: str,
) -> list[object]:
    try:
        return read(split(text, example), readers, lambda word: UsageError(unknown(word), example))
    except UsageError as error:
        raise UsageError(str(error), example) from None


def _no_time(word: Word) -> str:
    return tr(
        "{text} is not a time of day: write one such as 07:30 or 7:30 pm.", text=shown(word.text)
    )


def _no_zone(word: Word) -> str:
    return tr("I do not understand {text}: name a city, such as Karachi.", text=shown(word.text))


def _no_length(word: Word) -> str:
    return tr(
        "{text} is not a length: write short, long, or 1 to {most}.",
        text=shown(word.text),
        most=MOST,
    )


EVERYONE = "everyone"
"""The value of a channel's `who` that lets all members change it."""

_EVERYONE = frozenset({EVERYONE, "everybody", "all", "members", "anyone", "anybody"})
_ADMINS = frozenset({"admin", "admins", "administrators"})

_FOLDED = frozenset({FOLDED, "fold", "thread", "hidden", "hide", "headlines", "on"})
_YES = frozenset({"on", "yes", "weekly", "show", "shown", "with"})
_NO = frozenset({"off", "no", "none", "never", "without"})
_SHOWN = frozenset({"shown", "show", "whole", "full", "all", "off", "unfolded"})


def read_pictures(text: str, example: str) -> str | None:
    """Read whether there are charts: PICTURES_OFF, or None for on; raises UsageError."""
    said = fold(text)
    if said in _YES or said in _NO:
        return PICTURES_OFF if said in _NO else None
    raise UsageError(tr("{text} is neither on nor off.", text=shown(text)), example)


def read_who(text: str, example: str) -> str | None:
    """Read who may change a chat: EVERYONE, or None for its admins; raises UsageError."""
    said = fold(text)
    if said in _EVERYONE or said in _ADMINS:
        return EVERYONE if said in _EVERYONE else None
    raise UsageError(tr("{text} is neither admins nor everyone.", text=shown(text)), example)


def read_details(text: str, example: str) -> str | None:
    """Read how digests come: FOLDED, or None for shown; raises UsageError."""
    said = fold(text)
    if said in _FOLDED or said in _SHOWN:
        return FOLDED if said in _FOLDED else None
    raise UsageError(tr("{text} is neither folded nor shown.", text=shown(text)), example)
