"""Two names that have changed places among words that stayed: "Reeve sold Vesk to Hale"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from summarizer.evidence_actors import somebodies
from summarizer.evidence_align import Alignment, Edit
from summarizer.evidence_dates import is_calendar
from summarizer.evidence_facts import Absent
from summarizer.evidence_lists import listed
from summarizer.evidence_reading import Reading
from summarizer.evidence_roles import is_mutual
from summarizer.evidence_stems import stem
from summarizer.evidence_text import Text

_JOINS = frozenset(listed("and or nor with versus vs"))
_CONVERSE = frozenset(
    frozenset(map(stem, pair.split("|")))
    for pair in listed(
        """bought|sold buy|sell gave|received give|receive gave|got lost|beat lose|beat lost|won
        lost|defeated lose|win lent|borrowed lend|borrow more|less more|fewer higher|lower
        larger|smaller bigger|smaller older|younger before|after above|below ahead|behind"""
    )
)
"""Words that say the same when their two sides change places."""

_PASSIVE = frozenset(listed("by is are was were be been being"))


def exchanged(found: Sequence[Reading]) -> Iterator[Absent]:
    """Each sentence whose words are a source's, but for two names in one another's place."""
    for aligned in (each.found for each in found if each.found):
        changed = [edit for edit in aligned.edits if edit.tight and edit.old and edit.new]
        for one, other in combinations(changed, 2):
            if _exchange(aligned, one, other) and not _has_converse(aligned):
                said = aligned.bullet.said(one.new[0], one.new[-1])
                told = aligned.bullet.said(other.new[0], other.new[-1])
                reason = f"'{said[:40]}' and '{told[:40]}' stand in one another's place"
                yield Absent("act", reason, one.new[0])
                break


def is_converse(found: Alignment) -> bool:
    """Whether a sentence says the same from the other side: "Hale sold to Reeve"."""
    changed = [edit for edit in found.edits if edit.old and edit.new]
    return _has_converse(found) and any(
        _exchange(found, one, other) for one, other in combinations(changed, 2)
    )


def _has_converse(found: Alignment) -> bool:
    """Whether a word became its converse, as "bought" is of "sold"."""
    return any(
        frozenset((found.source.stems[old], found.bullet.stems[new])) in _CONVERSE
        for edit in found.edits
        for old in edit.old
        for new in edit.new
    )


def _exchange(found: Alignment, one: Edit, other: Edit) -> bool:
    bullet, source = found.bullet, found.source
    new, old = _names(bullet, one.new), _names(source, one.old)
    moved, gone = _names(bullet, other.new), _names(source, other.old)
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
    """Whether a sentence was made passive or active, so that its names had to change places."""
    said = {found.bullet.words[at].word.low for at in (*one.new, *other.new)}
    told = {found.source.words[at].word.low for at in (*one.old, *other.old)}
    return not _PASSIVE.isdisjoint(said ^ told)


def _are_equals(source: Text, one: Edit, other: Edit) -> bool:
    """Whether the names only stand in a list, or on the sides of a verb like "met"."""
    between = range(one.old.stop, other.old.start)
    matter = [at for at in between if source.words[at].word.low not in _JOINS]
    return all(source.words[at].word.capital or is_mutual(source.stems[at]) for at in matter)
