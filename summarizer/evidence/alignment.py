"""Finds the source sentence closest to a bullet's sentence, and how the two differ."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from rapidfuzz.distance import LCSseq

from summarizer.language.quantity import agrees
from summarizer.language.text import Text

_PAIR = 0.5
"""The weight of a shared word pair when a source sentence is chosen."""

_CLOSE, _MOST_CLOSE = 0.8, 3
_BESIDE = 1.15
_MORE = 2
_HELD = 3
_LONGEST_OLD, _LONGEST_NEW = 5, 4


@dataclass(frozen=True, slots=True)
class Edit:
    """A difference from a source's sentence: its words `old` (tokens of the source) became `new`.

    Both are token ranges, the end excluded. `tight` is true of a small difference between equal
    words.
    """

    old: range
    new: range
    tight: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """A bullet's sentence with the source closest to it.

    `main` is the closest source sentence; `chosen` adds up to two sentences with the words that
    `main` lacks. `words` are the bullet's tokens, `content` those that are content words; `matched`
    counts those in `main` in the same order. `near_best` are the sentences of any source that come
    close to `main`, best first. `units` are the words that write the unit of a number of `main`:
    "dollars" for "$".
    """

    bullet: Text
    words: range
    content: Sequence[int]
    source: Text
    main: int
    chosen: Sequence[int]
    edits: Sequence[Edit]
    matched: int
    near_best: Sequence[tuple[Text, int]] = ()
    units: frozenset[int] = frozenset()

    def near(self, spread: int = 1) -> set[int]:
        """The closest sentence and its neighbours."""
        last = len(self.source.sentences) - 1
        return set(range(max(0, self.main - spread), min(last, self.main + spread) + 1))


def align(bullet: Text, words: range, sources: Sequence[Text]) -> Alignment | None:
    """Find the source sentence closest to a bullet's sentence; None where no word is shared."""
    content = [at for at in words if bullet.words[at].word.content]
    found = [(source, _points(bullet, words, content, source)) for source in sources]
    best = max((max(points.values(), default=0.0) for _, points in found), default=0.0)
    if not best:
        return None
    least = _CLOSE * best
    near = (
        (points, source, place)
        for source, of_source in found
        for place, points in of_source.items()
        if points >= least
    )
    close = sorted(near, key=itemgetter(0), reverse=True)
    _, source, main = max(close, key=lambda each: (each[0], -each[2]))
    near_best = [(source, main), *((text, place) for _, text, place in close[:_MOST_CLOSE])]
    edits, matched = _edits(bullet, words, source, main)
    chosen = _chosen([bullet.stems[at] for at in content], source, main)
    units = _units(bullet, words, source, main)
    return Alignment(bullet, words, content, source, main, chosen, edits, matched, near_best, units)


def _points(bullet: Text, words: range, content: Sequence[int], source: Text) -> dict[int, float]:
    """The overlap of each source sentence with a bullet's sentence; rare words count most."""
    points: dict[int, float] = defaultdict(float)
    for at in content:
        if places := source.sentences_of.get(bullet.stems[at]):
            worth = _worth(len(source.sentences), len(places))
            for place in places:
                points[place] += worth
    for pair in pairwise(bullet.stems[words.start : words.stop]):
        for place in source.sentences_of_pair.get(pair, ()):
            points[place] += _PAIR
    return points


def _units(bullet: Text, words: range, source: Text, main: int) -> frozenset[int]:
    """The content words of those numbers of a bullet that its closest sentence has too."""
    if not bullet.quantities:
        return frozenset()
    first, end = source.sentences[main]
    known = [each for each in source.quantities if first <= each.first < end]
    found: set[int] = set()
    for said in bullet.quantities if known else ():
        written = [at for at in range(said.first, said.last + 1) if bullet.words[at].word.content]
        if written and said.first in words and any(agrees(said, each) for each in known):
            found.update(written)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _worth(sentences: int, places: int) -> float:
    """The weight of a word that stands in some of a source's sentences: more for a rare one."""
    return math.log((sentences + 1) / (places + 0.5))


def _chosen(content: Sequence[str], source: Text, main: int) -> list[int]:
    """The closest sentence, then those with most of the words, of some stems, that it lacks."""
    chosen = [main]
    need = [stemmed for stemmed in content if stemmed in source.sentences_of]
    for _ in range(_MORE):
        need = [each for each in need if chosen[-1] not in source.sentences_of[each]]
        if not need:
            break
        points: dict[int, float] = defaultdict(float)
        for stemmed in need:
            places = source.sentences_of[stemmed]
            worth = _worth(len(source.sentences), len(places))
            for place in places:
                points[place] += worth * (_BESIDE if abs(place - main) <= 1 else 1)
        chosen.append(max(points, key=lambda place: (points[place], -abs(place - main))))
    return chosen


def _edits(bullet: Text, words: range, source: Text, main: int) -> tuple[list[Edit], int]:
    """The edits from the closest source sentence to a sentence, and how many words are shared."""
    first, end = source.sentences[main]
    runs = LCSseq.opcodes(
        source.stems[first:end], bullet.stems[words.start : words.stop]
    ).as_matching_blocks()
    edits: list[Edit] = []
    matched, old, new, before = 0, first, words.start, 0
    for run in runs:
        removed, added = range(old, first + run.a), range(new, words.start + run.b)
        if removed or added:
            held = (before or added.start == words.start) + (run.size or added.stop == words.stop)
            small = len(removed) <= _LONGEST_OLD and len(added) <= _LONGEST_NEW
            edits.append(Edit(removed, added, held >= _HELD and small))
        old, new, before = removed.stop + run.size, added.stop + run.size, run.size
        matched += run.size
    return edits, matched
