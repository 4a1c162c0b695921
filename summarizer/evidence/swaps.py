"""Finds two exchanged names between unchanged words: "Reeve sold Vesk to Hale"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from summarizer.evidence.actors import somebodies
from summarizer.evidence.alignment import Alignment, Edit
from summarizer.evidence.comparison import Comparison
from summarizer.evidence.facts import Absent
from summarizer.evidence.roles import is_mutual
from summarizer.language.dates import is_calendar
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed

_MOST_BETWEEN = 3
_JOINS = frozenset(listed("and or nor with versus vs"))
_ANDS = frozenset(listed("and or nor"))
_LINKS = _ANDS | frozenset(listed("the a an"))
"""Words of a list, which need not go with a name: "and Hale left" is "Hale left and"."""

_CONVERSE = frozenset(
    frozenset(map(stem, pair.split("|")))
    for pair in listed(
        """bought|sold buy|sell gave|received give|receive gave|got lost|beat lose|beat lost|won
        lost|defeated lose|win lent|borrowed lend|borrow more|less more|fewer higher|lower
        larger|smaller bigger|smaller older|younger before|after above|below ahead|behind"""
    )
)
"""Words that mean the same when their two sides are exchanged."""

_HAS_CONVERSE = frozenset().union(*_CONVERSE)

_PASSIVE = frozenset(listed("by is are was were be been being"))


def exchanged(found: Sequence[Comparison]) -> Iterator[Absent]:
    """Each sentence that equals a source's sentence except for two exchanged names."""
    for aligned in (each.found for each in found if each.found):
        if _has_converse(aligned):
            continue
        for one, other in [*_exchanges(aligned), *_crossings(aligned)]:
            said = aligned.bullet.said(one[0], one[-1])
            told = aligned.bullet.said(other[0], other[-1])
            reason = f"'{said[:40]}' and '{told[:40]}' have changed places"
            yield Absent("act", reason, one[0])
            break


def settled(reading: Comparison) -> Comparison:
    """The comparison without contrary words where they only state the converse, which is held."""
    if reading.found is None or not is_converse(reading.found):
        return reading
    own = 1 / max(1, len(reading.found.content))
    held = min(1.0, reading.held + own)
    return replace(reading, opposed=(), turned=(), swapped=(), misplaced=(), held=held)


def _exchanges(found: Alignment) -> Iterator[tuple[range, range]]:
    """Each two edits of which one brings the name that the other removed."""
    changed = [edit for edit in found.edits if edit.tight and edit.old and edit.new]
    for one, other in combinations(changed, 2):
        if _exchange(found, one, other):
            yield one.new, other.new


def _crossings(found: Alignment) -> Iterator[tuple[range, range]]:
    """Each two names exchanged around a small word: "from Mali to Libya".

    The alignment keeps one name and moves the other across it. Where the small word moves with its
    name ("to Mali from Libya"), nothing has changed.
    """
    bullet, source = found.bullet, found.source
    gone = [edit for edit in found.edits if not edit.new]
    come = [edit for edit in found.edits if not edit.old]
    for lost, got in product(gone, come):
        between = range(min(lost.new.stop, got.new.stop), max(lost.new.start, got.new.start))
        near = len(between) <= _MOST_BETWEEN and (lost.tight or got.tight)
        if not near or not _names(bullet, between):
            continue
        crossed = _has_crossed(found, lost.old, got.new, between)
        if crossed and _names(source, lost.old) & _names(bullet, got.new):
            yield got.new, between


def _has_crossed(found: Alignment, old: range, new: range, between: range) -> bool:
    """Whether a name changed sides and left its small word, outside a list an article too.

    "The mayor and Hale" is "Hale and the mayor", "Hale, a Dorn ally" not "Dorn, a Hale ally".
    """
    source, bullet = found.source, found.bullet
    are_listed = _are_listed(bullet, new, max(new.stop, between.stop))
    for free in (_LINKS,) if are_listed else (_LINKS, frozenset[str]()):
        told, said = _stems(source, old, free), _stems(bullet, new, free)
        if sorted(told) == sorted(said) and told != said and _small(bullet, new, free):
            return True
    return False


def _are_listed(text: Text, words: range, behind: int) -> bool:
    """Whether names are of a list: "and" or a mark follows, as in "the US, the EU and Ildria"."""
    lows = {text.words[at].word.low for at in (*words, *range(behind, len(text.words))[:1])}
    ends = behind >= len(text.words) or text.gap(behind) != " "
    return ends or not lows.isdisjoint(_ANDS)


def _stems(text: Text, words: range, free: frozenset[str]) -> list[str]:
    return [text.stems[at] for at in words if text.words[at].word.low not in free]


def _small(text: Text, words: range, free: frozenset[str]) -> bool:
    """Whether the small words beside a name are asymmetric, unlike "and", "talks with" and "met".

    "Hale left, and Reeve …" is no list of names.
    """
    small = [at for at in words if not (text.words[at].word.capital or text.words[at].word.numeral)]
    lows = {text.words[at].word.low for at in small}
    equal = not lows.isdisjoint(_JOINS - _ANDS) or any(is_mutual(text.stems[at]) for at in small)
    return not (equal or lows <= free)


def is_converse(found: Alignment) -> bool:
    """Whether a sentence states the converse: "Hale sold to Reeve" for "Reeve bought from Hale"."""
    return _has_converse(found) and any([*_exchanges(found), *_crossings(found)])


def _has_converse(found: Alignment) -> bool:
    """Whether a word became its converse, as "bought" is of "sold"."""
    source, bullet = found.source.stems, found.bullet.stems
    if _HAS_CONVERSE.isdisjoint(bullet[found.words.start : found.words.stop]):
        return False
    return any(
        frozenset((source[old], bullet[new])) in _CONVERSE
        for edit in found.edits
        for new in edit.new
        if bullet[new] in _HAS_CONVERSE
        for old in edit.old
    )


def _exchange(found: Alignment, one: Edit, other: Edit) -> bool:
    bullet, source = found.bullet, found.source
    new, moved = _names(bullet, one.new), _names(bullet, other.new)
    if not (new and moved):
        return False
    old, gone = _names(source, one.old), _names(source, other.old)
    if new.isdisjoint(gone - old) or old.isdisjoint(moved - new):
        return False
    return not (_is_passive(found, one, other) or _are_equals(source, one, other))


def _names(text: Text, words: range) -> frozenset[str]:
    """The names, the days and the numbers among some words."""
    days = [
        text.stems[at]
        for at in words
        if text.words[at].word.numeral or is_calendar(text.words[at].word.low)
    ]
    capital = [at for at in words if text.words[at].word.capital]
    return frozenset(days).union(*(somebodies(text, range(at, at + 1)) for at in capital))


def _is_passive(found: Alignment, one: Edit, other: Edit) -> bool:
    """Whether the voice changed between active and passive, so that names had to move."""
    said = {found.bullet.words[at].word.low for at in (*one.new, *other.new)}
    told = {found.source.words[at].word.low for at in (*one.old, *other.old)}
    return not _PASSIVE.isdisjoint(said ^ told)


def _are_equals(source: Text, one: Edit, other: Edit) -> bool:
    """Whether the names are only listed, or joined by a symmetric verb such as "met"."""
    between = range(one.old.stop, other.old.start)
    matter = [at for at in between if source.words[at].word.low not in _JOINS]
    return all(source.words[at].word.capital or is_mutual(source.stems[at]) for at in matter)
