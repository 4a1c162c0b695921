"""Says which words are synonyms and which contradict each other."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from summarizer.language.content_words import STOP
from summarizer.language.stems import related, relatives, stem
from summarizer.language.word_lists import lines

_ORDINARY_ENDINGS = (
    "ing", "ed", "ly", "ous", "ful", "less", "tion", "sion", "ment", "ness", "ists", "ers", "ials",
    "ents", "ants", "ians", "ories", "ities", "ives", "als", "ive", "able", "ible",
)  # fmt: skip
_NEGATING = frozenset({"un", "dis", "non", "anti"})
_OFTEN_NEGATING = frozenset({"in", "im", "ir", "il", "de", "mis"})
"""Prefixes that negate an adjective; before another word they often do not."""

_SHORTEST_NEGATED = 3
_ADJECTIVE_ENDINGS = ("abl", "ibl", "ent", "ant", "at", "iv", "al", "ur", "ect", "il", "ul", "ar")


_Place = tuple[int, int]
"""A line of the word list, and a side of it."""


def _load() -> tuple[
    dict[str, tuple[_Place, ...]], dict[_Place, tuple[str, ...]], list[frozenset[str]], set[str]
]:
    """The places of each stem in the word list; the stems of each place and of each line; all
    written forms."""
    places: dict[str, tuple[_Place, ...]] = {}
    stems: dict[_Place, tuple[str, ...]] = {}
    on_line: list[frozenset[str]] = []
    written: set[str] = set()
    for number, line in enumerate(lines("words")):
        for side, forms in enumerate(map(str.split, line.split("|"))):
            place = number, side
            written.update(forms)
            stems[place] = tuple(dict.fromkeys(map(stem, forms)))
            for stemmed in stems[place]:
                places[stemmed] = (*places.get(stemmed, ()), place)
        on_line.append(frozenset[str]().union(*(stems[number, each] for each in range(side + 1))))
    return places, stems, on_line, written


_PLACES, _STEMS, _ON_LINE, _WRITTEN = _load()


def ordinary(low: str) -> bool:
    """Whether a word that opens a sentence is likely an everyday word, not a name."""
    return (
        low in STOP
        or low in _WRITTEN
        or stem(low) in _PLACES
        or (len(low) > 5 and low.endswith(_ORDINARY_ENDINGS))
    )


def known(stemmed: str) -> bool:
    """Whether the word list has a stem."""
    return stemmed in _PLACES


@lru_cache(maxsize=16_384)
def alike(stemmed: str) -> frozenset[str]:
    """The stems that the word list gives for another."""
    return frozenset(other for place in _PLACES.get(stemmed, ()) for other in _STEMS[place])


@lru_cache(maxsize=4_096)
def listed_beside(stemmed: str) -> frozenset[str]:
    """The stems on the lines of the word list that have another, its contraries among them."""
    return frozenset(each for line, _ in _PLACES.get(stemmed, ()) for each in _ON_LINE[line])


def same(one: str, other: str) -> bool:
    """Whether two stems mean nearly the same: listed together, or of one family of words."""
    return one == other or other in alike(one) or related(one, other)


def same_as_any(one: str, others: Collection[str]) -> bool:
    """Whether a stem means nearly the same as any of some others."""
    return one in others or not alike(one).isdisjoint(others) or bool(relatives(one, others))


def opposite(one: str, other: str) -> bool:
    """Whether two stems contradict each other: listed so, or one is the other with un- or dis-."""
    if other in listed_beside(one):
        return other not in alike(one)
    if not (one.endswith(other) or other.endswith(one)):
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) <= _SHORTEST_NEGATED:
        return False
    prefix = long[: -len(short)]
    return prefix in _NEGATING or (prefix in _OFTEN_NEGATING and short.endswith(_ADJECTIVE_ENDINGS))
