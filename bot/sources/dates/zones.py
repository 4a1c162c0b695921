"""Time zones as sources name them: abbreviations, IANA names, offsets."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_NAMED = re.compile(r"(?<![\w/])(?:[A-Z][A-Za-z]+(?:/[A-Z][\w+-]+){1,2})(?![\w/])")

_MINUTES = {
    "utc": 0, "gmt": 0, "z": 0, "ut": 0, "uct": 0, "zulu": 0, "wet": 0, "west": 60, "bst": 60,
    "cet": 60, "mez": 60, "met": 60, "cest": 120, "mesz": 120, "mest": 120, "eet": 120,
    "eest": 180, "msk": 180, "msd": 240, "fet": 180, "trt": 180, "sast": 120, "cat": 120,
    "eat": 180, "wat": 60, "idt": 180, "irst": 210, "gst": 240, "pkt": 300, "uzt": 300, "ist": 330,
    "npt": 345, "bdt": 360, "mmt": 390, "ict": 420, "wib": 420, "wita": 480, "wit": 540,
    "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "awst": 480, "jst": 540, "kst": 540,
    "acst": 570, "acdt": 630, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "brt": -180,
    "art": -180, "clt": -240, "clst": -180, "cot": -300, "pet": -300, "vet": -240, "nst": -210,
    "ndt": -150, "ast": -240, "adt": -180, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
    "hast": -600, "hadt": -540, "sst": -660, "chst": 600, "yekt": 300, "omst": 360, "krat": 420,
    "irkt": 480, "yakt": 540, "vlat": 600, "azt": 240, "amt": 240, "get": 240, "almt": 300,
    "мск": 180,
}  # fmt: skip
"""Minutes east of Greenwich; IST is India's, as most feeds that write it mean."""

_ELSEWHERE = {
    ("ist", "he"): 120, ("ist", "iw"): 120, ("ist", "ga"): 60, ("cst", "zh"): 480,
    ("bst", "bn"): 360, ("ast", "ar"): 180, ("gst", "ar"): 240, ("pst", "tl"): 480,
    ("pst", "fil"): 480, ("mst", "ms"): 480, ("amt", "pt"): -240, ("mmt", "my"): 390,
}  # fmt: skip
"""What an abbreviation means in another language."""

_BY_SEASON = {
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}  # fmt: skip

MOST_MINUTES = 14 * 60
MOSCOW_MINUTES = _MINUTES["msk"]


def abbreviated(word: str, language: str | None) -> tzinfo | None:
    """The zone of an abbreviation in lower case, or None."""
    code = (language or "").partition("-")[0].lower()
    if word in _BY_SEASON:
        return ZoneInfo(_BY_SEASON[word])
    minutes = _ELSEWHERE.get((word, code), _MINUTES.get(word))
    return None if minutes is None else offset(minutes)


def offset(minutes: int) -> tzinfo | None:
    """The zone with an offset from UTC, or None if no place has it."""
    if not -12 * 60 <= minutes <= MOST_MINUTES:
        return None
    return timezone(timedelta(minutes=minutes))


def named(text: str) -> tuple[str, tzinfo | None]:
    """Take an IANA name out of a text: the rest, and the zone or None."""
    if "/" not in text:
        return text, None
    for found in _NAMED.finditer(text[:200]):
        if found[0] in _known():
            return text[: found.start()] + " " + text[found.end() :], ZoneInfo(found[0])
    return text, None


def in_utc(local: datetime, zone: tzinfo | None) -> datetime:
    """A naive local time as an instant; without a zone it is UTC. Raises OverflowError."""
    utc = timezone.utc  # noqa: UP017 - the same object as the others here
    return local.replace(tzinfo=zone or utc).astimezone(utc)


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
