"""Says which words are synonyms and which contradict each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from summarizer.language.content_words import STOP
from summarizer.language.stems import related, stem
from summarizer.language.word_lists import lines

_ORDINARY_ENDINGS = (
    "ing", "ed", "ly", "ous", "ful", "less", "tion", "sion", "ment", "ness", "ists", "ers", "ials",
    "ents", "ants", "ians", "ories", "ities", "ives", "als", "ive", "able", "ible",
)  # fmt: skip
_OPPOSING = ("un", "dis", "non", "in", "im", "ir", "il", "anti", "de", "mis")
_ADJECTIVE_ENDINGS = ("abl", "ibl", "ent", "ant", "at", "iv", "al", "ur", "ect", "il", "ul", "ar")


_Place = tuple[int, int]
"""A line of the word list, and a side of it."""


def _load() -> tuple[dict[str, tuple[_Place, ...]], dict[_Place, tuple[str, ...]], set[str]]:
    """The places of each stem in the word list; the stems of each place; all written forms."""
    places: dict[str, tuple[_Place, ...]] = {}
    stems: dict[_Place, tuple[str, ...]] = {}
    written: set[str] = set()
    for number, line in enumerate(lines("words")):
        for side, forms in enumerate(map(str.split, line.split("|"))):
            place = number, side
            written.update(forms)
            stems[place] = tuple(dict.fromkeys(map(stem, forms)))
            for stemmed in stems[place]:
                places[stemmed] = (*places.get(stemmed, ()), place)
    return places, stems, written


_PLACES, _STEMS, _WRITTEN = _load()


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
    own = {line for line, _ in _PLACES.get(stemmed, ())}
    return frozenset(other for (line, _), stems in _STEMS.items() if line in own for other in stems)


def related_in(stemmed: str, others: Iterable[str]) -> list[str]:
    """The stems of the same word family."""
    return [other for other in others if related(stemmed, other)]


@lru_cache(maxsize=65_536)
def same(one: str, other: str) -> bool:
    """Whether two stems mean nearly the same: listed together, or of one family of words."""
    if one == other or related(one, other):
        return True
    return any(not a.isdisjoint(b) for a, b in _met(one, other))


@lru_cache(maxsize=65_536)
def opposite(one: str, other: str) -> bool:
    """Whether two stems contradict each other: listed so, or one is the other with un- or dis-."""
    if met := _met(one, other):
        return all(a.isdisjoint(b) for a, b in met)
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and any(_negates(prefix, short, long) for prefix in _OPPOSING)


def _negates(prefix: str, short: str, long: str) -> bool:
    if long != prefix + short:
        return False
    return prefix in {"un", "dis", "non", "anti"} or short.endswith(_ADJECTIVE_ENDINGS)


def _met(one: str, other: str) -> list[tuple[set[int], set[int]]]:
    """The sides of two stems, for each line that has both."""
    first, second = _PLACES.get(one, ()), _PLACES.get(other, ())
    shared = {line for line, _ in first} & {line for line, _ in second}
    return [(_sides(first, line), _sides(second, line)) for line in shared]


def _sides(places: Iterable[_Place], line: int) -> set[int]:
    return {side for number, side in places if number == line}
