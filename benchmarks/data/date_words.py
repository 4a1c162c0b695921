"""Write the words that dates are written with, in many languages, from Unicode's CLDR.

Run `python -m benchmarks.data.date_words > bot/sources/dates/words.txt`. Needs Babel, which carries
CLDR (https://cldr.unicode.org, Unicode licence v3). One row is `meaning<TAB>languages<TAB>words`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel import Locale, dates, localedata

from bot.sources.dates.tokens import words

LANGUAGES = frozenset(
    [
        "af",
        "am",
        "ar",
        "as",
        "az",
        "be",
        "bg",
        "bn",
        "bs",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "eu",
        "fa",
        "fi",
        "fil",
        "fo",
        "fr",
        "fy",
        "ga",
        "gd",
        "gl",
        "gu",
        "he",
        "hi",
        "hr",
        "hu",
        "hy",
        "id",
        "is",
        "it",
        "ja",
        "ka",
        "kk",
        "km",
        "kn",
        "ko",
        "ku",
        "ky",
        "lb",
        "lo",
        "lt",
        "lv",
        "mk",
        "ml",
        "mn",
        "mr",
        "ms",
        "mt",
        "my",
        "nb",
        "ne",
        "nl",
        "nn",
        "no",
        "or",
        "pa",
        "pl",
        "ps",
        "pt",
        "ro",
        "ru",
        "sd",
        "si",
        "sk",
        "sl",
        "so",
        "sq",
        "sr",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "ti",
        "tk",
        "tr",
        "uk",
        "ur",
        "uz",
        "vi",
        "yo",
        "yue",
        "zh",
        "zu",
    ]
)
_ZONES = """
    Etc/UTC Europe/London Europe/Berlin Europe/Athens Europe/Moscow Africa/Johannesburg Africa/Lagos
    Africa/Nairobi Asia/Riyadh Asia/Dubai Asia/Tehran Asia/Kabul Asia/Jerusalem Asia/Karachi
    Asia/Calcutta Asia/Katmandu Asia/Dhaka Asia/Bangkok Asia/Jakarta Asia/Singapore Asia/Manila
    Asia/Hong_Kong Asia/Shanghai Asia/Tokyo Asia/Seoul Australia/Perth Australia/Adelaide
    Australia/Sydney Pacific/Auckland America/Sao_Paulo America/Buenos_Aires America/Santiago
    America/Bogota America/Lima America/Caracas America/Halifax America/New_York America/Chicago
    America/Denver America/Los_Angeles America/Anchorage Pacific/Honolulu
"""
ZONES = _ZONES.split()
"""By CLDR's own names: it has no names for Asia/Kolkata, only for Asia/Calcutta."""

SEASONS = tuple(datetime(year, month, 15, tzinfo=UTC) for year in (2026, 2015) for month in (1, 7))
"""Summer and winter, also of a year when more places changed their clocks: the later year counts
where a name has stood for two offsets."""

PERIODS = {
    "am": "am", "pm": "pm", "noon": "pm", "midnight": "night", "morning1": "am", "morning2": "am",
    "afternoon1": "pm", "afternoon2": "pm", "evening1": "pm", "evening2": "pm", "night1": "night",
    "night2": "night",
}  # fmt: skip
PART = re.compile(r"'((?:[^']|'')*)'|([a-zA-Z])\2*|([^a-zA-Z']+)")
UNITS = {"H": "hour", "h": "hour", "K": "hour", "k": "hour", "m": "minute", "s": "second"}

Row = tuple[str, str]
"""A meaning and the words for it."""


def main() -> None:
    """Print the rows, sorted."""
    languages: dict[Row, set[str]] = defaultdict(set)
    for name in sorted(localedata.locale_identifiers()):
        if name.partition("_")[0] in LANGUAGES:
            locale = Locale.parse(name)
            for meaning, text in rows(locale):
                if said := words(text):
                    languages[meaning, said].add(locale.language)
    print(f"# {__doc__.splitlines()[0]}")
    print(
        "# Unicode licence v3, https://www.unicode.org/license.txt. "
        "Made by benchmarks/data/date_words.py"
    )
    for (meaning, said), those in sorted(languages.items()):
        print(meaning, " ".join(sorted(those)), said, sep="\t")
    for order, those in sorted(orders().items()):
        print(f"order {order}", " ".join(sorted(those)), "", sep="\t")


def rows(locale: Locale) -> Iterator[Row]:
    """The words of one locale, each with its meaning."""
    for kind, names in (("month", locale.months), ("weekday", locale.days)):
        for context in names:
            for width in ("wide", "abbreviated", "short"):
                for number, name in names[context].get(width, {}).items():
                    yield _named(kind, number, name)
    for context in locale.day_periods:
        for width in ("wide", "abbreviated"):
            for period, name in locale.day_periods[context].get(width, {}).items():
                if period in PERIODS:
                    yield PERIODS[period], name
    for width in ("wide", "abbreviated"):
        yield "filler", locale.eras.get(width, {}).get(1, "")
    patterns = [*locale.date_formats.values(), *locale.time_formats.values()]
    yield from literals(each.pattern for each in patterns)
    yield from literals(
        re.sub(r"\{\d\}", "", str(each)) for each in locale.datetime_formats.values()
    )
    yield from literals(str(each) for each in locale.datetime_skeletons.values())
    yield from zones(locale)


def _named(kind: str, number: int, name: str) -> Row:
    """A name, or for one such as "8月" or "thg 8" the word that says where the number stands."""
    if not re.search(r"\d", name):
        return f"{kind} {number}", name
    if kind == "weekday":
        return "daynumbering", name
    return ("numbered" if name[0].isdigit() else "numbering"), name


def literals(patterns: Iterable[str]) -> Iterator[Row]:
    """The words between the fields of date patterns; those after hours, minutes and seconds."""
    for pattern in patterns:
        field = ""
        for quoted, letter, other in PART.findall(pattern):
            if letter:
                field = letter
                continue
            said = words(quoted or other)
            for word in (said, *said.split()):
                yield "filler", word
                if said and field in UNITS and not said.startswith(":"):
                    yield UNITS[field], word
            field = field if not said else ""


def zones(locale: Locale) -> Iterator[Row]:
    """The names of the usual time zones, and of Greenwich time before or after an offset."""
    yield "zone 0", locale.zone_formats["gmt"].replace("%s", " ")
    for name in ZONES:
        zone = ZoneInfo(name)
        told: set[str] = set()
        for instant in SEASONS:
            offset = instant.astimezone(zone).utcoffset()
            assert offset is not None
            minutes = int(offset.total_seconds() // 60)
            for width in ("long", "short"):
                said = dates.get_timezone_name(instant.astimezone(zone), width, locale=locale)
                if said not in told and not re.search(r"\d", said):
                    told.add(said)
                    yield f"zone {minutes}", said


def orders() -> dict[str, set[str]]:
    """The order of day, month and year in short dates, by locale."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in localedata.locale_identifiers():
        locale = Locale.parse(name)
        if locale.script:
            continue
        pattern = locale.date_formats["short"].pattern
        order = "".join(dict.fromkeys(re.findall("[dMy]", pattern))).lower()
        found[order].add("-".join(filter(None, (locale.language, locale.territory))))
    return {order: _shortest(those, order, found) for order, those in found.items()}


def _shortest(those: set[str], order: str, found: dict[str, set[str]]) -> set[str]:
    """Leave out territories that write as their language does."""
    return {each for each in those if "-" not in each or each.partition("-")[0] not in those}


if __name__ == "__main__":
    main()
