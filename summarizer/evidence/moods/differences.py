"""Finds where a bullet's sentence says more than a source's: "closed" for "plans to close"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from summarizer.evidence.moods.lexicon import (
    DROPPABLE,
    GOVERNING_PHRASES,
    HARMLESS,
    STRONGER,
    VERBS,
    WEAKER,
)
from summarizer.evidence.moods.marker import Marker
from summarizer.evidence.moods.pairing import Pairing
from summarizer.evidence.moods.speakers import Report
from summarizer.evidence.moods.word_kinds import DETERMINERS, LINKS, is_finite
from summarizer.language.quantity import Comparator
from summarizer.language.stems import related, stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed


@dataclass(frozen=True, slots=True)
class Difference:
    """A marker that one side lacks: its label, its token, and whether the bullet dropped it."""

    label: str
    at: int
    dropped: bool


def differences(
    pairing: Pairing,
    said: Sequence[Marker],
    told: Sequence[Marker],
    claims: Sequence[Report] = (),
) -> Iterator[Difference]:
    """Every restriction of the source that the bullet drops, and every one that it adds.

    `claims` are what the bullet tells as somebody's.
    """
    kept_said = _matched(said, told, pairing.to_source)
    kept_told = _matched(told, said, pairing.to_bullet)
    for marker in told:
        if marker.label in DROPPABLE or not _is_kept(marker, pairing.to_bullet):
            continue
        weaker = WEAKER.get(marker.label, _NONE) | {marker.label}
        if (
            _is_told_still(pairing, marker, claims)
            or _is_awaited_still(pairing, marker)
            or _is_named_only(pairing.source, marker)
            or _is_copied(marker, pairing.source, pairing.bullet, pairing.to_bullet)
            or _is_retained(marker, pairing.source, pairing.bullet, pairing.to_bullet)
        ):
            continue
        if not _own(marker, pairing.to_bullet, said, weaker) and not _labelled(
            marker,
            (pairing.source, pairing.bullet, pairing.to_bullet),
            said,
            weaker,
            kept_said,
        ):
            yield Difference(marker.label, marker.at, True)
    for marker in said:
        if marker.label in HARMLESS or not _is_kept(marker, pairing.to_source):
            continue
        stronger = STRONGER.get(marker.label, _NONE) | {marker.label}
        if (
            _is_copied(marker, pairing.bullet, pairing.source, pairing.to_source)
            or _is_retained(marker, pairing.bullet, pairing.source, pairing.to_source)
            or _is_renamed(pairing, marker)
            or _is_known(pairing, marker)
            or _is_ahead(pairing, marker)
            or _is_counted(pairing, marker)
        ):
            continue
        if not _own(marker, pairing.to_source, told, None) and not _labelled(
            marker,
            (pairing.bullet, pairing.source, pairing.to_source),
            told,
            stronger,
            kept_told,
        ):
            yield Difference(marker.label, marker.at, False)


_NONE: frozenset[str] = frozenset()
_MOST_OF = 0.6
_COUNT_REACH, _FEWEST_COUNTED = 3, 2
_NOT_COUNTED = frozenset(listed("no not of only just than"))
_NAMES = frozenset(map(stem, listed("identify name know describe")))
_OFFICES = frozenset({"former", "deputy", "acting"})
_CLAUSE_LINKS = LINKS - {"and", "or", "that", "whether"}
_VIEWS = frozenset({"accuse", "alleged", "belief", "open", "reported"})


def _is_copied(marker: Marker, text: Text, other: Text, to_other: Mapping[int, int]) -> bool:
    """Whether the other side has a marker, what it governs and all between; articles may be added.

    A capital may hide there that it is one, as behind a dateline: "KARACHI: At least …".
    """
    governed = next((at for at in marker.scope if at > marker.at), None)
    own = to_other.get(marker.at)
    if governed is None or own is None or text.stems[marker.at] != other.stems[own]:
        return False
    last = own
    for at in range(marker.at + 1, governed + 1):
        there = to_other.get(at, -1)
        between = range(last + 1, there)
        if there <= last or any(other.words[one].word.low not in DETERMINERS for one in between):
            return False
        last = there
    return True


def _is_retained(marker: Marker, text: Text, other: Text, to_other: Mapping[int, int]) -> bool:
    """Whether a verb or noun that governs stands in the other side's clause too: "budget rejected".

    There it may follow what it governs, so that no marker shows it.
    """
    own = to_other.get(marker.at)
    if own is None or not _is_one_word(text.stems[marker.at], other.stems[own]):
        return False
    if marker.label not in {"open", "fiction"} and not _is_governor(text.stems[marker.at]):
        return False
    return any(
        all(other.words[at].word.low not in _CLAUSE_LINKS for at in range(*sorted((own, there))))
        for there in (to_other[at] for at in _head(marker) if at in to_other)
    )


def _is_one_word(one: str, other: str) -> bool:
    """Whether two stems are of one word: "cancel" has "cancell(ed)" too."""
    return one == other or (VERBS.get(one) == VERBS.get(other) is not None and related(one, other))


def _is_governor(stemmed: str) -> bool:
    return stemmed in VERBS or stemmed in GOVERNING_PHRASES


def _is_renamed(pairing: Pairing, marker: Marker) -> bool:
    """Whether the source has a bullet's marker as another part of speech: "agreement", "agreed"."""
    own = pairing.bullet.stems[marker.at]
    label = VERBS.get(own)
    return label is not None and any(
        each != own and VERBS.get(each) == label and related(own, each)
        for each in pairing.source.stems[pairing.sentence.start : pairing.sentence.stop]
    )


def _is_known(pairing: Pairing, marker: Marker) -> bool:
    """Whether an office that a bullet adds stands elsewhere in the source: "former mayor"."""
    stems = pairing.bullet.stems
    beside = stems[marker.at : marker.at + 2]
    return marker.label in _OFFICES and tuple(beside) in pairing.source.sentences_of_pair


def _is_counted(pairing: Pairing, marker: Marker) -> bool:
    """Whether "some officers" stands for "three dozen officers", not for "one of 30 officers"."""
    bullet, source = pairing.bullet, pairing.source
    old = pairing.to_source.get(marker.scope[-1])
    around = [bullet.words[at].word.low for at in range(max(0, marker.at - 1), marker.scope[0])]
    if old is None or "some" not in around or not _NOT_COUNTED.isdisjoint(around):
        return False
    return any(
        old - _COUNT_REACH <= each.last < old
        and each.low >= _FEWEST_COUNTED
        and each.comparator is not Comparator.UNDER
        and not (each.first and source.words[each.first - 1].word.low in _NOT_COUNTED)
        for each in source.quantities
    )


def _is_ahead(pairing: Pairing, marker: Marker) -> bool:
    """Whether "will start" stands for "to start" or the timetable's "starts"."""
    old = pairing.to_source.get(marker.scope[0])
    if marker.label != "future" or old is None:
        return False
    said, told = pairing.bullet.words[marker.scope[0]].word.low, pairing.source.words[old].word.low
    infinitive = told == said and pairing.source.words[old - 1].word.low == "to"
    return infinitive or told in {f"{said}s", f"{said}es"}


def _is_told_still(pairing: Pairing, marker: Marker, claims: Sequence[Report]) -> bool:
    """Whether a bullet tells by other words that something goes on, or is somebody's view."""
    if marker.label == "ongoing":
        at = marker.scope[0]
        past = is_finite(pairing.bullet.words[pairing.to_bullet[at]].word.low)
        return not past or pairing.source.stems[at] in VERBS
    if marker.label not in _VIEWS:
        return False
    kept = [pairing.to_bullet[at] for at in marker.scope if at in pairing.to_bullet]
    return any(
        at in claim.claim and _speaks_before(pairing, claim, marker.at)
        for claim in claims
        for at in kept
    )


def _is_awaited_still(pairing: Pairing, marker: Marker) -> bool:
    """Whether a bullet says "is expected to" for "will be expected to"."""
    old, new = marker.scope[0], pairing.to_bullet.get(marker.scope[0], 0)
    told, said = pairing.source.words[old - 1 : old + 1], pairing.bullet.words[new - 1 : new + 1]
    return marker.label == "future" and (
        [each.word.low for each in told] == ["be", "expected"]
        and [each.word.low for each in said] in (["is", "expected"], ["are", "expected"])
    )


def _is_named_only(source: Text, marker: Marker) -> bool:
    """Whether "identified only as Dorn" leaves out no more than what else is known of him."""
    at = marker.at
    lows = [each.word.low for each in source.words[at : at + 2]]
    return lows == ["only", "as"] and at > 0 and source.stems[at - 1] in _NAMES


def _speaks_before(pairing: Pairing, claim: Report, at: int) -> bool:
    """Whether who makes a bullet's claim stands in the source before the verb of a view."""
    return any(pairing.to_source.get(each, at) < at for each in claim.speaker)


def _is_kept(marker: Marker, other: Mapping[int, int]) -> bool:
    """Whether the other side has what a marker governs: of an event the verb."""
    if marker.label == "if" and marker.events:
        kept = sum(at in other for at in marker.scope)
        return kept > 1 and kept >= _MOST_OF * len(marker.scope)
    return any(at in other for at in _head(marker))


def _stems(scope: Sequence[int], text: Text, other: Text, to_other: Mapping[int, int]) -> Set[str]:
    """The stems of what a marker governs, in either text's words."""
    own = {text.stems[at] for at in scope}
    return own | {other.stems[to_other[at]] for at in scope if at in to_other}


def _head(marker: Marker) -> Sequence[int]:
    """What a marker governs: of an event the verb."""
    return marker.scope[:1] if marker.events else marker.scope


def _labelled(
    marker: Marker,
    texts: tuple[Text, Text, Mapping[int, int]],
    there: Sequence[Marker],
    fit: Set[str],
    matched: Collection[int],
) -> bool:
    """Whether what a marker governs has a fitting label on the other side.

    A marker that is `matched` stands for another one only before an infinitive: "hoped to be" has
    the force of "hoped it would be", "hoped it was" has not.
    """
    other = texts[1]
    fitting = [each for each in there if each.label in fit]
    governed = _stems(marker.scope, *texts)
    head = _stems(_head(marker), *texts)
    return any(
        any(other.stems[at] in head and other.words[at - 1].word.low == "to" for at in _head(each))
        if each.at in matched
        else any(other.stems[at] in governed for at in each.scope)
        for each in fitting
    )


def _matched(
    markers: Sequence[Marker], others: Sequence[Marker], to_other: Mapping[int, int]
) -> Collection[int]:
    """The tokens of the markers that the other side has too, in the same words."""
    known = {(each.at, each.label) for each in others}
    return {each.at for each in markers if (to_other.get(each.at), each.label) in known}


def _own(
    marker: Marker, other: Mapping[int, int], there: Sequence[Marker], fit: Set[str] | None
) -> bool:
    """Whether the other side has the marker's own word, with a fitting label."""
    own = other.get(marker.at)
    return own is not None and any(
        each.at == own and (fit is None or each.label in fit) for each in there
    )
