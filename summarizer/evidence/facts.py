"""Finds the numbers, dates, names and quotations of a bullet that no source has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.casualties.counts import Figure, figures
from summarizer.evidence.composite_names import put_together
from summarizer.evidence.quotations import pieces, quotations, stands_in, together
from summarizer.evidence.roles import turned
from summarizer.language.dates import Day, same_day, weekday
from summarizer.language.names import Name, names, place_of
from summarizer.language.quantity import Quantity, agrees
from summarizer.language.text import Text, lettered
from summarizer.language.tokens import Token, fold

_INNER_MARK = re.compile(r"([.,])(?=\d)")


@dataclass(frozen=True, slots=True)
class Absent:
    """A fact of a bullet that its sources lack; `first` is its first token."""

    kind: str
    reason: str
    first: int


def absent(bullet: Text, sources: Sequence[Text], named: Sequence[Name]) -> list[Absent]:
    """Every number, date, name (of those `named`) and quotation of a bullet that no source has."""
    return [
        *_absent_quotations(bullet, sources),
        *_absent_dates(bullet, sources),
        *_absent_numbers(bullet, sources),
        *_turned_counts(bullet, sources),
        *_absent_names(bullet, sources, named),
    ]


def _absent_quotations(bullet: Text, sources: Sequence[Text]) -> Iterator[Absent]:
    for quoted in quotations(bullet.text):
        if not any(_stands_in(each, sources) for each in {quoted, together(quoted)}):
            reason = f'"{_short(quoted)}" is not quoted so in the cited sources'
            yield Absent("quotation", reason, 0)


def _stands_in(quoted: str, sources: Sequence[Text]) -> bool:
    parts = [lettered(fold(piece)) for piece in pieces(quoted)]
    parts = [part for part in parts if part.strip()]
    return not parts or any(stands_in(parts, source.lettered) for source in sources)


def _absent_dates(bullet: Text, sources: Sequence[Text]) -> Iterator[Absent]:
    for day in bullet.days:
        if not any(_states(source, day) for source in sources):
            written = bullet.said(day.first, day.last)
            yield Absent("date", f"date {written} is not in the cited sources", day.first)
    for clock in bullet.clocks:
        if not any(clock.minutes & each.minutes for source in sources for each in source.clocks):
            written = bullet.said(clock.first, clock.last)
            yield Absent("date", f"time {written} is not in the cited sources", clock.first)
    for at, token in enumerate(bullet.words if bullet.weekdays else ()):
        name = weekday(token)
        if name and not any(name in source.weekdays for source in sources):
            yield Absent("date", f"day {name} is not in the cited sources", at)


def _states(source: Text, said: Day) -> bool:
    """Whether a source states a day, with its year beside it or in the same sentence."""
    return any(
        same_day(said, each)
        and (said.year == each.year or said.year is None or _beside(source, each, said.year))
        for each in source.days
    )


def _beside(source: Text, day: Day, year: int) -> bool:
    sentence = source.where[day.first]
    return any(source.where[at] == sentence for at in source.at.get(str(year), ()))


def _absent_numbers(bullet: Text, sources: Sequence[Text]) -> Iterator[Absent]:
    within = dated(bullet)
    counted: set[int] = set()
    for said in bullet.quantities:
        counted.update(range(said.first, said.last + 1))
        if said.first in within or _proved(said, sources):
            continue
        written = _number(bullet, said)
        if is_spaced(written, sources):
            continue
        yield Absent("number", f"number {written} is not in the cited sources", said.first)
    for at, token in enumerate(bullet.words):
        if not token.word.digits or at in counted or at in within:
            continue
        if not any(token.word.low in source.lows for source in sources):
            written = _short(bullet.said(at, at))
            yield Absent("number", f"number {written} is not in the cited sources", at)


def is_spaced(written: str, sources: Sequence[Text]) -> bool:
    """Whether a source has a number with spaces behind its marks: "36, 000", "98. 7"."""
    plain = written.lstrip("$€£¥₹")
    spaced = _INNER_MARK.sub(r"\1 ", plain)
    return spaced != plain and any(spaced in source.folded for source in sources)


def dated(bullet: Text) -> set[int]:
    """The words of a bullet that state a day or a time."""
    spans = [*((day.first, day.last) for day in bullet.days)]
    spans += [(clock.first, clock.last) for clock in bullet.clocks]
    return {at for first, last in spans for at in range(first, last + 1)}


def _proved(said: Quantity, sources: Sequence[Text]) -> bool:
    if any(agrees(said, known) for source in sources for known in source.quantities):
        return True
    if said.low == 2 and not said.vague:
        return any(not _PAIRS.isdisjoint(source.lows) for source in sources)
    return False


def _turned_counts(bullet: Text, sources: Sequence[Text]) -> Iterator[Absent]:
    """Numbers of killed that the sources give for injured, or the reverse."""
    said = list(figures(bullet.text))
    known = [each for source in sources for each in _counts(source.text)] if said else []
    for each in said:
        counts = {other.counted for other in known if other.value == each.value}
        if counts and each.counted not in counts:
            yield Absent("number", f"the cited sources do not say {each.value} {each.counted}", 0)


@lru_cache(maxsize=512)
def _counts(source: str) -> tuple[Figure, ...]:
    return tuple(figures(source))


_PAIRS = frozenset({"both", "pair", "couple", "duo", "twins", "twin"})


def _number(bullet: Text, said: Quantity) -> str:
    start, end = bullet.words[said.first].start, bullet.words[said.last].end
    while start and bullet.folded[start - 1] in "$€£¥₹":
        start -= 1
    end += bullet.folded[end : end + 1] == "%"
    return _short(bullet.folded[start:end])


def _absent_names(bullet: Text, sources: Sequence[Text], named: Sequence[Name]) -> Iterator[Absent]:
    units = {each.last for each in bullet.quantities if each.unit}
    for name in named:
        if name.first == name.last and name.last in units:
            continue
        missing = [at for at in range(name.first, name.last + 1) if _unnamed(bullet, at, sources)]
        if name.place is not None:
            gone = not any(name.place in source.places for source in sources)
            missing = missing if gone else []
        if missing and not _as_acronym(bullet.words[name.first : name.last + 1], sources):
            reason = f"'{_short(name.text)}' is not named in the cited sources"
            yield Absent("name", reason, name.first)
        elif not missing and name.place is None and put_together(bullet, name, sources):
            reason = f"'{_short(name.text)}' is put together from other names in the cited sources"
            yield Absent("name", reason, name.first)


def turned_acts(bullet: Text, sources: Sequence[Text]) -> Iterator[Absent]:
    """Every act of a bullet that the sources have with agent and object exchanged."""
    for each in turned(bullet, sources):
        verb = each.source.said(each.known.at, each.known.at)
        reason = f'the source has agent and object the other way round at "{_short(verb)}"'
        yield Absent("act", reason, each.said.at)


def bullet_names(bullet: Text) -> list[Name]:
    """The names in a bullet; months and weekdays are dates, not names."""
    found = names(bullet.folded, bullet.words, frozenset(first for first, _ in bullet.sentences))
    within = dated(bullet)
    return [each for each in found if each.first not in within or each.last not in within]


def _unnamed(bullet: Text, at: int, sources: Sequence[Text]) -> bool:
    word = bullet.words[at].word
    if word.digits or len(word.low) < 2:
        return False
    place = place_of(word.low)
    return not any(
        word.low in source.lows
        or word.stem in source.at
        or (place is not None and place in source.places)
        or (word.acronym and word.low in source.acronyms)
        for source in sources
    )


def _as_acronym(run: Sequence[Token], sources: Sequence[Text]) -> bool:
    """Whether the sources have only the initials of a long name."""
    if len(run) < 2:
        return False
    initials = "".join(token.word.low[0] for token in run)
    return any(initials in source.lows for source in sources)


def _short(written: str) -> str:
    return written if len(written) <= 60 else f"{written[:57]}..."
