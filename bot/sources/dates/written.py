"""Dates in words and numbers: every reading that a vocabulary allows, by language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import product
from math import prod

from bot.sources.dates.tokens import Token, normalised, tokens
from bot.sources.dates.vocabulary import LONGEST_PHRASE, Meaning, vocabulary
from bot.sources.dates.zones import abbreviated, offset

_SAME = {"iw": "he", "in": "id", "nb": "no", "nn": "no", "tl": "fil"}
MOST_TOKENS = 40
_MOST_READINGS = 512
_UNITS = {
    "hour": "hour", "minute": "minute", "second": "second", "year": "y", "numbered": "m",
    "numbering": "m", "daynumbering": "w", "day": "d", "era": "y",
}  # fmt: skip
_CLOCK = frozenset({"hour", "minute", "second"})
_PERIODS = frozenset({"am", "pm", "night"})
_MOSCOW = frozenset({"msk", "мск"})
"""Zones of Russia are named by hours from Moscow's time: МСК+2, though MSK +0300 is its own."""

_MOSCOWS_OWN = (180, 240)
"""Minutes from UTC today, and from 2011 to 2014."""

_ZONE_WORDS = frozenset({"utc", "gmt", "ut", "z"}) | _MOSCOW


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a date; `unit` is hour, minute, second, y, m, d, w (weekday) or unknown."""

    value: int
    digits: int
    unit: str = ""
    era: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a date: its numbers, and what its words mean in one language."""

    language: str
    numbers: tuple[Number, ...]
    time: str | None
    month: int | None
    jalali: int | None
    weekday: int | None
    period: str | None
    zone: tzinfo | None


@dataclass(frozen=True, slots=True)
class _Parts:
    """The tokens by role; `phrases` are word runs with the number of numbers before each."""

    numbers: tuple[tuple[int, int], ...]
    phrases: tuple[tuple[int, str, tuple[Meaning, ...]], ...]
    time: str | None
    minutes: int | None


def readings(text: str, language: str | None, zone: tzinfo | None) -> list[Reading]:
    """Every reading of a text; those in the source's language alone, where there are any.

    Empty if a word is unknown: nothing is guessed. `zone` was named apart from the text.
    """
    split = tokens(normalised(text))
    code = (language or "").replace("_", "-").partition("-")[0].lower()
    code = _SAME.get(code, code)
    for abbreviate in (False, True):
        parts = _parts(split, normalised(text), abbreviate=abbreviate)
        if parts and (found := _found(parts, code, zone)):
            return found
    return []


def _found(parts: _Parts, code: str, zone: tzinfo | None) -> list[Reading]:
    if code and (found := list(_in_language(parts, code, zone))):
        return found
    several = _languages(parts) or _languages(parts := _without_weekdays(parts))
    return [each for every in several for each in _in_language(parts, every, zone)]


def _parts(split: Sequence[Token], text: str, *, abbreviate: bool) -> _Parts | None:
    """The tokens by role; None if a word is unknown. `abbreviate` takes starts of months too."""
    if len(split) > MOST_TOKENS:
        return None
    numbers: list[tuple[int, int]] = []
    phrases: list[tuple[int, str, tuple[Meaning, ...]]] = []
    time, minutes, at = None, None, 0
    while at < len(split):
        token = split[at]
        if token.kind == "sign":
            stated = _offset(split, at, text, timed=time is not None)
            at += 1 if stated is None else 2
            minutes = stated if stated is not None else minutes
        elif token.kind == "time":
            if time:
                return None
            time, at = token.text, at + 1
        elif token.kind == "number":
            numbers.append((int(token.text[:5]), len(token.text)))
            at += 1
        else:
            found = _phrase(split, at, abbreviate=abbreviate)
            if not found:
                return None
            count, several = found
            after = at > 0 and split[at - 1].kind == "time"
            phrases += [
                (len(numbers), word, _likely(known, after=after, first=not (time or numbers)))
                for word, known in several
            ]
            at += count
    return _Parts(tuple(numbers), tuple(phrases), time, minutes)


def _likely(meanings: tuple[Meaning, ...], *, after: bool, first: bool) -> tuple[Meaning, ...]:
    """The meanings that a word's place allows: after a time a period, before all numbers no zone.

    "pet" is Friday in Serbian and the time of Peru.
    """
    periods = tuple(each for each in meanings if each.kind in _PERIODS)
    if after and periods:
        return periods
    others = tuple(each for each in meanings if each.kind != "abbreviation")
    return others if first and others else meanings


def _offset(split: Sequence[Token], at: int, text: str, *, timed: bool) -> int | None:
    """Minutes of an offset such as +0200 or +02:00, after a time also +2; None for a dash."""
    sign, following = split[at], split[at + 1] if at + 1 < len(split) else None
    if following is None or following.start != sign.end or at == 0:
        return None
    before = split[at - 1]
    if before.end == sign.start and before.kind == "number":
        return None
    spaced = text[sign.start - 1 : sign.start].isspace()
    timed = timed or before.text in _ZONE_WORDS
    if not timed and not (spaced and len(following.text) in {4, 5}):
        return None
    hours, minutes = following.text, "0"
    if following.kind == "time" and following.text.count(":") == 1:
        hours, _, minutes = following.text.partition(":")
    elif following.kind != "number" or len(hours) > 4:
        return None
    elif len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    total = (int(hours) * 60 + int(minutes)) * (-1 if sign.text == "-" else 1)
    beside = before.text in _MOSCOW and not text[before.end : sign.start].strip()
    own = total in _MOSCOWS_OWN and len(following.text) > 1
    return total + _MOSCOWS_OWN[0] if beside and not own else total


def _phrase(
    split: Sequence[Token], at: int, *, abbreviate: bool
) -> tuple[int, list[tuple[str, tuple[Meaning, ...]]]] | None:
    """The longest known phrase from here, else the parts of one word; None if it is unknown."""
    words = vocabulary()
    run = 1
    while run < LONGEST_PHRASE and at + run < len(split) and split[at + run].kind == "word":
        run += 1
    for length in range(run, 0, -1):
        phrase = " ".join(each.text for each in split[at : at + length])
        meanings = words.of(phrase)
        if length == 1:
            meanings += _shortened(phrase, meanings) if abbreviate else ()
            if zone := _zone_meaning(phrase):
                meanings = (*(each for each in meanings if each.kind != "zone"), *zone)
        if meanings:
            return length, [(phrase, meanings)]
    pieces = words.pieces(split[at].text)
    return (1, [(each, words.of(each)) for each in pieces]) if pieces else None


def _shortened(word: str, meanings: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """The months that a word abbreviates, in the languages that have no month of this very name."""
    named = {
        code
        for each in meanings
        if each.kind in {"month", "jalali"}
        for code in each.languages - {"*"}
    }
    found = (
        replace(each, languages=each.languages - named) for each in vocabulary().shortened(word)
    )
    return tuple(dict.fromkeys(each for each in found if each.languages))


def _zone_meaning(word: str) -> tuple[Meaning, ...]:
    known = abbreviated(word, None) is not None
    return (Meaning("abbreviation", 0, frozenset({"*"})),) if known else ()


def _languages(parts: _Parts) -> list[str]:
    """The languages in which every phrase means something; `*` where all do in English."""
    shared: set[str] | None = None
    for _, _, meanings in parts.phrases:
        known = {language for each in meanings for language in each.languages}
        if "*" not in known:
            shared = known if shared is None else shared & known
    return ["*"] if shared is None else sorted(shared)


def _without_weekdays(parts: _Parts) -> _Parts:
    """The parts without weekdays, which some sources write in another language than months."""
    kept = [each for each in parts.phrases if any(one.kind != "weekday" for one in each[2])]
    return replace(parts, phrases=tuple(kept))


def _in_language(parts: _Parts, language: str, zone: tzinfo | None) -> Iterator[Reading]:
    chosen = [_meanings(meanings, language) for _, _, meanings in parts.phrases]
    if prod(len(each) for each in chosen) > _MOST_READINGS:
        return
    for meanings in product(*chosen):
        reading = _reading(parts, meanings, language, zone)
        if reading is not None:
            yield reading


def _meanings(known: Sequence[Meaning], language: str) -> list[Meaning]:
    """The meanings in a language; a word that marks a number is no filler there."""
    found = [each for each in known if each.is_in(language)]
    units = any(each.kind in _UNITS for each in found)
    return [each for each in found if not (units and each.kind == "filler")]


def _reading(
    parts: _Parts, meanings: Sequence[Meaning], language: str, zone: tzinfo | None
) -> Reading | None:
    """The reading for one meaning of each word; None where two months or zones are named."""
    told: dict[str, int] = {}
    numbers = [Number(value, digits) for value, digits in parts.numbers]
    zones: set[tzinfo] = {zone} if zone else set()
    for (before, word, _), meaning in zip(parts.phrases, meanings, strict=True):
        kind = meaning.kind
        if kind in _CLOCK and parts.time:
            continue
        if kind in _UNITS:
            if not _mark(numbers, before, meaning):
                return None
        elif kind in {"zone", "abbreviation"}:
            found = offset(meaning.number) if kind == "zone" else abbreviated(word, language)
            zones |= {found} if found and not _is_prefix(word, parts) else set()
        elif kind in told and kind in {"month", "jalali", "weekday"}:
            return None
        else:
            told[kind] = meaning.number
    if parts.minutes is not None:
        stated = offset(parts.minutes)
        if stated is None:
            return None
        zones = {stated}
    if len(zones) > 1 or ("month" in told and "jalali" in told):
        return None
    period = next((each for each in ("am", "pm", "night") if each in told), None)
    return Reading(
        language,
        tuple(numbers),
        parts.time,
        told.get("month"),
        told.get("jalali"),
        told.get("weekday"),
        period,
        next(iter(zones), None),
    )


def _mark(numbers: list[Number], before: int, meaning: Meaning) -> bool:
    """Note on a number what a word says of it; False where there is no such number."""
    follows = meaning.kind in {"era", "numbering", "daynumbering"}
    at = before if follows else before - 1
    if not 0 <= at < len(numbers):
        return False
    number = numbers[at]
    if meaning.kind == "era":
        numbers[at] = replace(number, era=meaning.number)
        return True
    unit = _UNITS[meaning.kind]
    numbers[at] = replace(number, unit=number.unit or unit)
    return number.unit in {"", unit}


def _is_prefix(word: str, parts: _Parts) -> bool:
    """Whether a zone only introduces an offset, as in "GMT+3"."""
    return parts.minutes is not None and word in _ZONE_WORDS
