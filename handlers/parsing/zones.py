"""Time zones as people name them: IANA names, cities, countries, abbreviations, UTC+5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.languages import tr
from handlers.parsing.tokens import Found, Word, did_you_mean, either, nearest, phrase, shown
from handlers.parsing.zone_names import UNCLEAR, country_zones, plain, zone_names

_LONGEST = 5
_LEADS = (
    "in the time zone",
    "in time zone",
    "in timezone",
    "time zone",
    "timezone",
    "zone",
    "tz",
    "in the",
    "in",
)
_TAILS = dict.fromkeys(("time", "time zone", "timezone"), True)
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA time zone."""

    name: str


def read_zone(words: Sequence[Word]) -> Found[Zone] | None:
    """Read a zone, with or without "in" before it; after "in" anything else is an error.

    A country after it is read along where it has the zone.
    """
    lead = _lead(words)
    rest = words[lead:]
    found = _known(rest) if rest else None
    if found:
        after = rest[found.length :]
        tail = phrase(after, _TAILS)
        used = tail.length if tail else _country(after, found.value)
        return Found(lead + found.length + used, found.value)
    if lead and not rest:
        raise UsageError(tr("Name a time zone or a city, such as Karachi."))
    if rest and (lead or "/" in rest[0].key):
        raise _unknown(rest)
    return None


def zone_title(zone: str) -> str:
    """Return a zone as a person reads it: Etc/GMT-5 is UTC+5, all others are their IANA name."""
    match = re.fullmatch(r"Etc/GMT([+-])(\d{1,2})", zone)
    return f"UTC{'-' if match[1] == '+' else '+'}{match[2]}" if match else zone


def _lead(words: Sequence[Word]) -> int:
    for lead in _LEADS:
        size = lead.count(" ") + 1
        if " ".join(word.key for word in words[:size]) == lead:
            return size
    return 0


def _known(words: Sequence[Word]) -> Found[Zone] | None:
    for length in range(min(_LONGEST, len(words)), 0, -1):
        said = plain(" ".join(word.key for word in words[:length]))
        if said in UNCLEAR:
            raise UsageError(
                tr(
                    "{text} is the name of more than one time zone: write {choices}.",
                    text=shown(words[0].text),
                    choices=either(UNCLEAR[said]),
                )
            )
        zones = zone_names().get(said, ())
        if len(zones) > 1:
            raise UsageError(
                tr(
                    "{text} has several time zones: name a city, such as {choices}.",
                    text=shown(" ".join(word.text for word in words[:length])),
                    choices=either(zones[:4]),
                )
            )
        if zones:
            return Found(length, Zone(zones[0]))
    return _offset(words[0])


def _country(words: Sequence[Word], zone: Zone) -> int:
    """How many of the first words name a country that has the zone."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        said = plain(" ".join(word.key for word in words[:length]))
        if zone.name in country_zones().get(said, ()):
            return length
    return 0


def _offset(word: Word) -> Found[Zone] | None:
    match = _OFFSET.fullmatch(word.key)
    if match is None:
        return None
    hours = int(match[2])
    if int(match[3] or 0) or hours > (14 if match[1] == "+" else 12):
        raise UsageError(
            tr(
                "{text} cannot be used as a time zone: name a city, such as Asia/Kolkata "
                "or Karachi.",
                text=shown(word.text),
            )
        )
    if not hours:
        return Found(1, Zone("UTC"))
    return Found(1, Zone(f"Etc/GMT{'-' if match[1] == '+' else '+'}{hours}"))


def like(text: str, *, cutoff: float) -> tuple[str, ...]:
    """Return the zones of the names that look most like the text, best first."""
    names = zone_names()
    near = nearest(plain(text), names, cutoff=cutoff, whole=True)
    return tuple(dict.fromkeys(zone for name in near for zone in names[name]))[:3]


def _unknown(words: Sequence[Word]) -> UsageError:
    """Name the first word, with the zones that it, or the first two words, look like."""
    two = " ".join(word.text for word in words[:2])
    close = like(two, cutoff=85) or like(words[0].text, cutoff=75)
    hint = did_you_mean(close)
    return UsageError(
        tr("I do not know the time zone {text}.{hint}", text=shown(words[0].text), hint=hint)
    )
