"""Finds the source sentence closest to a bullet's sentence, and how the two differ."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

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
    `main` lacks. `words` are the bullet's tokens; `matched` counts those in `main` in the same
    order. `near_best` are the sentences of any source that come close to `main`, best first.
    `units` are the words that write the unit of a number of `main`: "dollars" for "$".
    """

    bullet: Text
    words: range
    source: Text
    main: int
    chosen: Sequence[int]
    edits: Sequence[Edit]
    matched: int
    near_best: Sequence[tuple[Text, int]] = ()
    units: frozenset[int] = frozenset()

    @property
    def content(self) -> list[int]:
        """The bullet's content words, as tokens."""
        return [at for at in self.words if self.bullet.words[at].word.content]

    def near(self, spread: int = 1) -> set[int]:
        """The closest sentence and its neighbours."""
        last = len(self.source.sentences) - 1
        return set(range(max(0, self.main - spread), min(last, self.main + spread) + 1))


def align(bullet: Text, words: range, sources: Sequence[Text]) -> Alignment | None:
    """Find the source sentence closest to a bullet's sentence; None where no word is shared."""
    found = [
        (points, source, place)
        for source in sources
        for place, points in _points(bullet, words, source).items()
    ]
    if not found:
        return None
    best, source, main = max(found, key=lambda each: (each[0], -each[2]))
    close = sorted((each for each in found if each[0] >= _CLOSE * best), key=lambda each: -each[0])
    near_best = [(source, main), *((text, place) for _, text, place in close[:_MOST_CLOSE])]
    edits, matched = _edits(bullet, words, source, main)
    chosen = _chosen(bullet, words, source, main)
    units = _units(bullet, words, source, main)
    return Alignment(bullet, words, source, main, chosen, edits, matched, near_best, units)


def _points(bullet: Text, words: range, source: Text) -> dict[int, float]:
    """The overlap of each source sentence with a bullet's sentence; rare words count most."""
    points: dict[int, float] = defaultdict(float)
    for at in words:
        if bullet.words[at].word.content and (places := source.sentences_of.get(bullet.stems[at])):
            worth = _worth(source, places)
            for place in places:
                points[place] += worth
    for at in range(words.start, words.stop - 1):
        pair = bullet.stems[at], bullet.stems[at + 1]
        for place in source.sentences_of_pair.get(pair, ()):
            points[place] += _PAIR
    return points


def _units(bullet: Text, words: range, source: Text, main: int) -> frozenset[int]:
    """The content words of those numbers of a bullet that its closest sentence has too."""
    first, end = source.sentences[main]
    known = [each for each in source.quantities if first <= each.first < end]
    found: set[int] = set()
    for said in bullet.quantities if known else ():
        written = [at for at in range(said.first, said.last + 1) if bullet.words[at].word.content]
        if written and said.first in words and any(agrees(said, each) for each in known):
            found.update(written)
    return frozenset(found)


def _worth(source: Text, places: Collection[int]) -> float:
    return math.log((len(source.sentences) + 1) / (len(places) + 0.5))


def _chosen(bullet: Text, words: range, source: Text, main: int) -> list[int]:
    """The closest sentence, then those with most of the words that it lacks."""
    chosen = [main]
    need = [
        stemmed
        for at in words
        if bullet.words[at].word.content and (stemmed := bullet.stems[at]) in source.sentences_of
    ]
    for _ in range(_MORE):
        need = [each for each in need if chosen[-1] not in source.sentences_of[each]]
        if not need:
            break
        points: dict[int, float] = defaultdict(float)
        for stemmed in need:
            places = source.sentences_of[stemmed]
            worth = _worth(source, places)
            for place in places:
                points[place] += worth * (_BESIDE if abs(place - main) <= 1 else 1)
        chosen.append(max(points, key=lambda place: (points[place], -abs(place - main))))
    return chosen


def _edits(bullet: Text, words: range, source: Text, main: int) -> tuple[list[Edit], int]:
    """The edits from the closest source sentence to a sentence, and how many words are shared."""
    first, end = source.sentences[main]
    steps = LCSseq.opcodes(
        list(source.stems[first:end]), list(bullet.stems[words.start : words.stop])
    )
    found: list[list[int]] = []
    matched = same_before = 0
    held: list[tuple[int, int]] = []
    for step in steps:
        if step.tag == "equal":
            size = step.dest_end - step.dest_start
            matched += size
            same_before = size
            if held:
                held[-1] = held[-1][0], size
        elif found and found[-1][1] == step.src_start and found[-1][3] == step.dest_start:
            found[-1][1], found[-1][3] = step.src_end, step.dest_end
        else:
            found.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
            held.append((same_before, 0))
    edits = [
        Edit(
            range(first + a, first + b),
            range(words.start + c, words.start + d),
            _is_tight((a, b, c, d), around, len(words)),
        )
        for (a, b, c, d), around in zip(found, held, strict=True)
    ]
    return edits, matched


def _is_tight(span: tuple[int, int, int, int], around: tuple[int, int], length: int) -> bool:
    """Whether an edit is small and has at least three equal words around it."""
    a, b, c, d = span
    before = around[0] if around[0] else int(c == 0)
    after = around[1] if around[1] else int(d == length)
    return before + after >= _HELD and b - a <= _LONGEST_OLD and d - c <= _LONGEST_NEW
