"""Counts the words, names and numbers of a sentence that its source supports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evidence.alignment import Alignment
from summarizer.language.names import Name, place_of
from summarizer.language.quantity import Quantity, agrees
from summarizer.language.stems import relatives
from summarizer.language.text import Text
from summarizer.language.vocabulary import alike, same

_BULLET_REACH, _SOURCE_REACH = 4, 6


def reworded(found: Alignment) -> int:
    """The number of words that replace a source's word and keep its neighbours."""
    bullet, source = found.bullet, found.source
    content = found.content
    count = 0
    for place, at in enumerate(content):
        if bullet.stems[at] in source.at or not (told := _told_in(bullet, source, at)):
            continue
        beside = [*content[max(0, place - 1) : place], *content[place + 1 : place + 2]]
        count += any(not told.isdisjoint(_told_in(bullet, source, each)) for each in beside)
    return count


def _told_in(bullet: Text, source: Text, at: int) -> frozenset[int]:
    """The source's sentences that have a word, or else a related form or a synonym."""
    stemmed = bullet.stems[at]
    if stemmed in source.sentences_of:
        return source.sentences_of[stemmed]
    found: set[int] = set()
    for other in alike(stemmed):
        found |= source.sentences_of.get(other, frozenset())
    for other in relatives(stemmed, source.family(stemmed)):
        found |= source.sentences_of[other]
    place = place_of(bullet.words[at].word.low)
    return frozenset(found) | source.places.get(place or "", frozenset())


def missing(bullet: Text, at: int, sources: Sequence[Text]) -> bool:
    """Whether no source has a word."""
    return not any(bullet.stems[at] in source.at for source in sources)


def names_near(found: Alignment, names: Sequence[Name]) -> tuple[int, int]:
    """The number of names near the aligned sentence, and of names around the chosen sentences."""
    near = found.near()
    around = near | set(found.chosen)
    close = far = 0
    for name in names:
        if name.first not in found.words:
            continue
        told: set[int] = set()
        for at in range(name.first, name.last + 1):
            told |= found.source.sentences_of.get(found.bullet.stems[at], frozenset())
        told |= found.source.places.get(name.place or "", frozenset())
        close += not told.isdisjoint(near)
        far += told.isdisjoint(around)
    return close, far


def misplaced_numbers(
    found: Alignment, sources: Sequence[Text], dated: set[int]
) -> Iterator[Quantity]:
    """The numbers that a source has, but never near the same words."""
    for said in found.bullet.quantities:
        if said.first not in found.words or said.first in dated:
            continue
        beside = _beside(found.bullet, said, found.words, _BULLET_REACH)
        if not beside:
            continue
        shared = (
            _shares(beside, source, known)
            for source in sources
            for known in source.quantities
            if agrees(said, known)
        )
        if not next(shared, True) and not any(shared):
            yield said


def _shares(beside: set[str], source: Text, known: Quantity) -> bool:
    others = _beside(source, known, range(len(source.words)), _SOURCE_REACH)
    return not beside.isdisjoint(others) or any(same(a, b) for a in beside for b in others)


def _beside(text: Text, number: Quantity, within: range, reach: int) -> set[str]:
    before = range(max(within.start, number.first - _BULLET_REACH), number.first)
    after = range(number.last + 1, min(within.stop, number.last + 1 + reach))
    return {text.stems[at] for at in (*before, *after) if text.words[at].word.content}
