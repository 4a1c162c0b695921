"""Figures that count people and homes: killed, displaced, without power."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from summarizer.casualties.counts import Counted, Figure, figures, stated_as
from summarizer.key_figures.assertion import asserts
from summarizer.key_figures.counted_nouns import is_of_one, noun_behind, only_describes
from summarizer.key_figures.kinds import KeyFigure, Kind
from summarizer.language.calendar import A_DAY
from summarizer.language.numerals import NUMERAL
from summarizer.language.quantity import Quantity
from summarizer.language.text import Text
from summarizer.language.word_lists import listed
from summarizer.lazy_pattern import lazy_pattern

_KIND_OF = {Counted.KILLED: Kind.KILLED, Counted.INJURED: Kind.INJURED}
_HEDGE = lazy_pattern(
    r"\b(at least|more than|over|about|around|nearly|almost|some|up to|as many as|no fewer than|"
    r"approximately|roughly|an estimated|another)(?: the(?: lives of)?| an?)? $",
    re.IGNORECASE,
)
_NEAR = 40
_BE = (
    r"(?: (?:were|was|are|is|have been|has been|had been|have|had|has|been|being|remained|remain|"
    r"left|still|also|reportedly|reported|confirmed|currently))*"
)
_MORE_BEHIND = lazy_pattern(r" (?:more|other|additional)\b")
_BESIDE = lazy_pattern(
    r"\b(?:kill\w*|dead|died?|death|lives|martyr\w*|slain|wound\w*|injur\w*)\b", re.I
)
_PART = lazy_pattern(
    r"\b(?:including|included|includes|among them|of whom|plus) $"
    r"|\b(?:an?|one|the|his|her) (?:(?!kill|dead|die|martyr|slain|injur|wound|hurt|arrest|missing)"
    r"[\w’'-]+ ){1,4}and (?:his |her |their )?$|\band (?:his|her|their) $"
    r"|\b(?:parents|wife|husband|mother|father|son|daughter) and $",
    re.IGNORECASE,
)
"""Before a number that is not the whole: "including two", "a man and his two sons"."""

_OF_MORE = lazy_pattern(rf" (?:of|among|out of) (?:the |those |these )?{NUMERAL}\b", re.IGNORECASE)
_HIMSELF = lazy_pattern(
    r"(?:,? [\w’'-]+){0,6}?,? (?:and|then) (?:\w+ )?(?:himself|herself|themselves)\b"
)
"""Behind a number that leaves one of the dead out: "killed three people and himself"."""

_ILL = lazy_pattern(r"hospitali[sz]ed$")
"""Those who were only taken to hospital need not be hurt."""

_FOR = lazy_pattern(r"\bfor (?:the |about |over |some |more than )*$")
"""Before people who are given something: "tents for 400 displaced families"."""

_NO_PERSON = frozenset(
    listed(
        """dogs cats birds animals cattle cows sheep goats horses pigs chickens turkeys fish whales
        dolphins turtles elephants deer bees trees camels livestock jobs cars vehicles trucks buses
        motorcycles scooters trailers tractors excavators bulldozers motors aircraft planes drones
        helicopters choppers ships boats vessels tankers trawlers freighters carriers containers
        liners cruisers destroyers steamers ferries barges boxes parcels packages computers phones
        weapons mortars launchers detonators generators reactors transformers"""
    )
)
"""What is killed, held or moved but is nobody."""

_MANY, _VERY_MANY = 300, 200_000
_ONE_EVENT = lazy_pattern(
    rf"\b(?:\w*quakes?|tsunami|floods?|flooding|cyclone|hurricane|typhoon|landslides?|{A_DAY}|today|"
    r"yesterday|overnight|this morning)\b",
    re.IGNORECASE,
)
_HINT = lazy_pattern(
    r"missing|unaccounted|displac|uproot|homeless|fle[ed]|driven|evacuat|airlift|safe|arrest|detain|"
    r"apprehend|custody|rounded|forced|without|lost|cut|power|electricity",
    re.IGNORECASE,
)
_NO_PEOPLE = lazy_pattern(r"(?: [\w’'-]+){0,3} (?:times|hours?|days?|minutes?)\b")


@dataclass(frozen=True, slots=True)
class _Counting:
    """How texts count one kind: behind its number, and before it."""

    kind: Kind
    behind: re.Pattern[str]
    before: re.Pattern[str] | None
    of: re.Pattern[str]


def counted(text: Text, written: date) -> Iterator[KeyFigure]:
    """The numbers of people and homes that a sentence states as having happened, one a kind."""
    for told, kind in _KIND_OF.items():
        if found := _casualties(text, told, kind, written):
            yield found
    if _HINT.search(text.folded):
        for each in _countings():
            numbers = (_counted(text, number, each, written) for number in text.quantities)
            if found := next(filter(None, numbers), None):
                yield found


def _casualties(text: Text, told: Counted, kind: Kind, written: date) -> KeyFigure | None:
    found = stated_as(text.text, told) or _beside_another(text.text, told)
    if found is None or found.who in _NO_PERSON:
        return None
    inside = (
        each
        for each in text.quantities
        if each.low == found.value
        and found.start <= text.words[each.first].start
        and text.words[each.last].end <= found.end
    )
    number = next(inside, None)
    if number is None or number.unit or _adds(text, number) or _are_others(text, number):
        return None
    end = text.words[number.last].end
    if (
        _HIMSELF.match(text.folded, end)
        or _ILL.search(text.folded, found.start, found.end)
        or only_describes(text.folded, found.start, found.end)
        or (number.low > 1 and is_of_one(text.folded, end, found.end))
    ):
        return None
    words = [at for at, each in enumerate(text.words) if found.start <= each.start < found.end]
    if not asserts(text, words[0], words[-1], written) or _is_total(text, number):
        return None
    return _figure(text, number, kind, noun_behind(text.folded, end))


def _beside_another(text: str, told: Counted) -> Figure | None:
    """The figure right behind one of the other kind: "three were killed and 12 were hurt"."""
    found = [*figures(text)]
    others = [each for each in found if each.counted is not told]
    mine = (each for each in found if each.counted is told)
    return next(
        (
            each
            for each in mine
            if any(text[other.end : each.start].strip(" ,") == "and" for other in others)
        ),
        None,
    )


def _counted(text: Text, number: Quantity, how: _Counting, written: date) -> KeyFigure | None:
    """The figure, if a number is followed or preceded by words that say what it counts."""
    if number.unit or number.vague or number.low < 2 or _is_calendar(text, number):
        return None
    span = _counted_span(text, number, how)
    end = text.words[number.last].end
    doubtful = _adds(text, number) or _are_others(text, number)
    given = _FOR.search(text.folded, 0, text.words[number.first].start)
    if span is None or doubtful or given or _NO_PEOPLE.match(text.folded, end):
        return None
    if how.kind is Kind.WITHOUT_POWER:
        span = number.first, number.last
    if not asserts(text, *span, written):
        return None
    if how.kind is Kind.DISPLACED and _is_of_a_war(text, number):
        return None
    who = noun_behind(text.folded, end)
    return None if who.lower() in _NO_PERSON else _figure(text, number, how.kind, who)


def _counted_span(text: Text, number: Quantity, how: _Counting) -> tuple[int, int] | None:
    """The words from a number to what it counts, or from the verb before to the number."""
    start, end = text.words[number.first].start, text.words[number.last].end
    behind = how.behind.match(text.folded, end)
    if behind and not only_describes(text.folded, start, behind.end()):
        within = (at for at, each in enumerate(text.words) if each.start < behind.end())
        return number.first, max(within)
    if how.before and how.of.match(text.folded, end):
        before = how.before.search(text.folded, max(0, start - 2 * _NEAR), start)
        if before:
            at = before.start()
            return next(n for n, each in enumerate(text.words) if each.start >= at), number.last
    return None


def _figure(text: Text, number: Quantity, kind: Kind, who: str) -> KeyFigure:
    start, end = text.words[number.first].start, text.words[number.last].end
    hedge = _HEDGE.search(text.folded, max(0, start - _NEAR), start)
    told = hedge[1].lower() if hedge else ""
    told = "" if told in {"some", "another"} else told
    said = f"{told} {number.low:,.0f}".strip()
    return KeyFigure(
        kind,
        number.low,
        said,
        who,
        hedge.start() if told and hedge else start,
        end,
        rounded=bool(told and told != "at least"),
    )


def _adds(text: Text, number: Quantity) -> bool:
    """Whether a number only adds to another, or is a part of it: "six more", "including four"."""
    start, end = text.words[number.first].start, text.words[number.last].end
    before = text.folded[max(0, start - _NEAR) : start]
    if re.search(r"\b(?:another|additional|further)(?: \w+)? $", before, re.IGNORECASE):
        return True
    part = _PART.search(before) or _OF_MORE.match(text.folded, end)
    return bool(part or _MORE_BEHIND.match(text.folded, end))


def _is_of_a_war(text: Text, number: Quantity) -> bool:
    """Whether so many are rather those whom a whole war displaced."""
    return number.low >= _VERY_MANY and _ONE_EVENT.search(text.folded) is None


def _is_total(text: Text, number: Quantity) -> bool:
    """Whether so many are rather those of a whole war than of an event of the day."""
    return number.low >= _MANY and not _ONE_EVENT.search(text.folded)


def _are_others(text: Text, number: Quantity) -> bool:
    """Whether a number counts others than those of the sentence before: "Two others were hurt"."""
    start, end = text.words[number.first].start, text.words[number.last].end
    return text.folded[end:].startswith(" others") and not _BESIDE.search(text.folded, 0, start)


def _is_calendar(text: Text, number: Quantity) -> bool:
    spans = [(each.first, each.last) for each in text.days]
    spans += [(each.first, each.last) for each in text.clocks]
    if any(first <= number.first <= last for first, last in spans):
        return True
    return (
        number.first == number.last
        and 1900 <= number.low < 2100
        and "," not in text.said(number.first, number.last)
    )


@cache
def _countings() -> tuple[_Counting, ...]:
    return tuple(_counting(name, fields) for name, fields in _listed().items())


def _counting(name: str, fields: Mapping[str, str]) -> _Counting:
    noun = rf"(?: of)?(?: (?!(?:and|who|that|in|at|were|was)\b)[\w’'-]+){{0,3}}? ({fields['of']})\b"
    aside = r"(?: (?:in|across|from|at|near|of) [\w’'-]+(?: [\w’'-]+){0,4})?"
    done = rf"{noun}{aside}{_BE} (?:{fields['done']})\b"
    at_once = rf"(?:{noun})?(?: (?:were|are|was|is|remain|still))? (?:{fields['left']})\b"
    more = r"(?: (?:at least|more than|over|about|around|some|nearly|almost|another|the|up to))*"
    before = None if fields["doing"] == "-" else rf"\b(?:{fields['doing']}){more} $"
    return _Counting(
        Kind[name.upper()],
        re.compile(f"{done}|{at_once}", re.IGNORECASE),
        re.compile(before, re.IGNORECASE) if before else None,
        re.compile(noun, re.IGNORECASE),
    )


@cache
def _listed() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    text = Path(__file__).with_name("counted.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            head, words = line.split(": ", 1)
            kind, field = head.split()
            found[kind][field] = words
    return found
