"""Names in headlines and openings, and which articles have them."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.models import Report
from summarizer.language.names import names
from summarizer.language.sentences import split
from summarizer.language.tokens import fold, tokens
from summarizer.language.vocabulary import ordinary
from summarizer.places.mentions import countries_named

LONGEST, SHOUTED = 60, 6
"""Letters of a name at most; in capitals alone a longer one than SHOUTED is a dateline."""

CANDIDATES = 400
"""Names that are looked for in all articles, those in most of the latest ones first."""

_DATES = frozenset(
    each.lower() for each in (*calendar.month_name, *calendar.day_name, *calendar.month_abbr)
)


def candidates(reports: Iterable[Report], least: int, outlets: Collection[str]) -> list[str]:
    """The names that at least so many articles have, without countries, days and outlets."""
    counts = Counter[str]()
    for each in reports:
        counts.update({*named_in(each.title), *named_in(each.opening)})
    shunned = frozenset(map(str.casefold, outlets))
    found = [name for name, many in counts.most_common() if many >= least]
    return [each for each in found if each.casefold() not in shunned][:CANDIDATES]


def named_in(text: str) -> Iterator[str]:
    """The names of people, bodies and places in a text that writes them with capitals."""
    folded = fold(text)
    words = tokens(folded)
    starts = [each.start for each in words]
    firsts = frozenset(bisect_left(starts, each.start) for each in split(text))
    for each in names(folded, words, firsts):
        if each.place is None and _tells(each.text):
            yield each.text


def having(reports: Sequence[Report], wanted: Sequence[str]) -> dict[str, set[int]]:
    """By name, the places in `reports` of those that have it in their headline or opening."""
    found: dict[str, set[int]] = {each: set() for each in wanted}
    if not wanted:
        return found
    longest_first = sorted(wanted, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for place, each in enumerate(reports):
        for name in pattern.findall(fold(f"{each.title}\n{each.opening}")):
            found[name].add(place)
    return found


def _tells(name: str) -> bool:
    words = name.lower().split()
    if len(name) > LONGEST or len(name) < 3 or all(word in _DATES for word in words):
        return False
    if len(words) == 1 and (ordinary(words[0]) or (name.isupper() and len(name) >= SHOUTED)):
        return False
    return not countries_named(name)
