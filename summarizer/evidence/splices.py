"""Counts the pieces of a source that a sentence joins or moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.evidence.alignment import Alignment
from summarizer.evidence.moods.lexicon import HARMLESS, VERBS
from summarizer.evidence.moods.word_kinds import DETERMINERS, LINKS, PREPOSITIONS, is_finite
from summarizer.language.text import Text

_PIECE, _PHRASE = 3, 2
_PHRASE_OPENS = PREPOSITIONS - {"of", "to"}


def joins(found: Alignment) -> tuple[int, int]:
    """How often a copied piece is followed by one of another sentence, and by an earlier piece."""
    source = found.source
    leaps = backward = 0
    for one, other in pairwise(_pieces(found)):
        leaps += source.where[one] != source.where[other]
        backward += source.where[one] == source.where[other] and other < one
    return leaps, backward


def cuts_phrase(found: Alignment) -> bool:
    """Whether a sentence cuts two or more content words in a row out of the closest one's middle.

    One is often an adjective; without two a verb may get another one's object. What stands between
    two marks, before its noun or beside another phrase, and what is told elsewhere in the sentence,
    may go.
    """
    first, end = found.source.sentences[found.main]
    kept = set(found.bullet.stems[found.words.start : found.words.stop])
    for edit in found.edits:
        new, old = edit.new, edit.old
        inside = found.words.start < new.start and new.stop < found.words.stop
        if len(old) < _PHRASE or not (inside and first < old.start and old.stop < end):
            continue
        lost = sum(_is_lost(found.source, at, kept) for at in old)
        if lost >= _PHRASE and not (
            _is_aside(found.source, old)
            or _is_attribute(found.source, old)
            or _is_adjunct(found.source, old)
        ):
            return True
    return False


def _is_lost(source: Text, at: int, kept: set[str]) -> bool:
    return source.words[at].word.content and source.stems[at] not in kept


def _is_aside(source: Text, words: range) -> bool:
    return _is_marked(source, words.start) and _is_marked(source, words.stop)


def _is_attribute(source: Text, words: range) -> bool:
    """Whether some words stand between an article and its noun: "its main interest rate"."""
    noun = source.words[words.stop].word
    inside = [source.words[at].word for at in words]
    return (
        source.words[words.start - 1].word.low in DETERMINERS
        and all(each.content and not is_finite(each.low) for each in (*inside, noun))
        and not _is_marked(source, words.stop)
    )


def _is_adjunct(source: Text, words: range) -> bool:
    """Whether some words are a whole phrase before another one: "hit a truck at a gate near …"."""
    lows = [source.words[at].word.low for at in range(words.start, words.stop + 1)]
    opens = lows[0] in _PHRASE_OPENS and lows[-1] in _PHRASE_OPENS
    return opens and not any(is_finite(each) or each in LINKS for each in lows)


def _is_marked(source: Text, at: int) -> bool:
    """Whether a comma or similar mark stands before a word."""
    return any(mark in source.gap(at) for mark in ",(-:)")


def held(found: Alignment) -> float:
    """The share of a sentence's content words that the closest source sentence has.

    Words with which a sentence says no more, such as "expected", count as had.
    """
    content, told, stems = found.content, found.source.sentences_of, found.bullet.stems
    if not content:
        return 1.0
    units = found.units
    has = sum(
        found.main in told.get(stems[at], ()) or VERBS.get(stems[at]) in HARMLESS or at in units
        for at in content
    )
    return has / len(content)


def _pieces(found: Alignment) -> Iterator[int]:
    """The places in the source of each run of three or more words that a sentence copies."""
    stems, source = found.bullet.stems[found.words.start : found.words.stop], found.source
    at = last = 0
    while at + _PIECE <= len(stems):
        places = source.at_triple.get((stems[at], stems[at + 1], stems[at + 2]))
        if not places:
            at += 1
            continue
        size, _, place = max((_size(stems, at, source, p), -abs(p - last), p) for p in places)
        yield place
        at, last = at + size, place + size


def _size(stems: Sequence[str], at: int, source: Text, place: int) -> int:
    """The length of a copied run in words."""
    size = _PIECE
    most = min(len(stems) - at, len(source.stems) - place)
    while size < most and stems[at + size] == source.stems[place + size]:
        size += 1
    return size
