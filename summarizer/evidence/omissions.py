"""Finds pieces of a source's sentence that the rest denies: "Hale denied that Reeve paid"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.evidence.alignment import Alignment
from summarizer.evidence.comparison import Comparison
from summarizer.evidence.facts import Absent
from summarizer.evidence.moods.lexicon import WRONG
from summarizer.evidence.moods.word_kinds import BE
from summarizer.evidence.negation import denies
from summarizer.evidence.reasons import left_out
from summarizer.language.stems import stem
from summarizer.language.text import Text
from summarizer.language.word_lists import listed

_MOST_PLACES = 100
_TRIPLE = 3
_MOSTLY = 0.8
_FAR, _NEAR, _LONGEST_LABEL = 8, 4, 3
_THAT = frozenset(listed("that whether if"))
_CONDITIONS = frozenset(listed("if unless whether neither nor either"))
_DOUBTS = frozenset(
    map(
        stem,
        listed(
            """deny denied reject refute dispute doubt claim allege suggest speculate rumour rumor
            suspect fear false untrue unclear unlikely"""
        ),
    )
)
_LABELS = frozenset(map(stem, listed("false untrue unconfirmed unproven misleading debunked")))
"""Stems that keep a heading from vouching for what is behind its colon."""

_LONE_LABELS = _DOUBTS | frozenset(
    map(stem, listed("fake hoax myth satire fiction opinion speculation nonsense"))
)
"""Stems that do so alone: "Claim: …", not "Claim settled: …"."""

_SAYS = frozenset(map(stem, listed("say said argue insist maintain")))
_PARTIES = frozenset(
    map(
        stem,
        listed(
            """prosecutor prosecution indictment accuser plaintiff lawsuit complaint critic opponent
            opposition rival lawyer rebel militant activist"""
        ),
    )
)
"""A statement of these parties needs its speaker."""

_GOES_ON = frozenset(listed("and but while so yet as who which after before when because amid"))


def cuts(found: Sequence[Comparison], sources: Sequence[Text]) -> Iterator[Absent]:
    """Each sentence that a source has only inside a sentence that does not assert it."""
    for reading in found:
        if reading.found is None:
            continue
        pieces = list(_pieces(reading.found.bullet, reading.words, sources))
        pieces = pieces or list(_piece(reading.found))
        vetoes = [(source, _veto(source, piece)) for source, piece in pieces]
        if vetoes and all(at is not None for _, at in vetoes):
            source, at = vetoes[0]
            yield Absent("piece", left_out(source, at or 0), reading.words.start)


def _pieces(bullet: Text, words: range, sources: Sequence[Text]) -> Iterator[tuple[Text, range]]:
    """The places where a source has a sentence's words in one piece."""
    stems = list(bullet.stems[words.start : words.stop])
    for source in sources:
        for at in _begins(source, stems)[:_MOST_PLACES]:
            if list(source.stems[at : at + len(stems)]) == stems:
                yield source, range(at, at + len(stems))


def _begins(source: Text, stems: Sequence[str]) -> Sequence[int]:
    if len(stems) < _TRIPLE:
        return source.at.get(stems[0], ())
    return source.at_triple.get((stems[0], stems[1], stems[2]), ())


def _piece(found: Alignment) -> Iterator[tuple[Text, range]]:
    """The part of the closest sentence that a mostly copied sentence covers."""
    if found.matched < _MOSTLY * len(found.words):
        return
    start, end = found.source.sentences[found.main]
    if (
        found.edits
        and found.edits[0].old.start == start
        and (
            not found.edits[0].new
            or _doubting_label(found.source, found.edits[0].old.stop) is not None
        )
    ):
        start = found.edits[0].old.stop
    if found.edits and found.edits[-1].old.stop == end and not found.edits[-1].new:
        end = found.edits[-1].old.start
    if start < end:
        yield found.source, range(start, end)


def _veto(source: Text, piece: range) -> int | None:
    """The word beside a piece that keeps it from being asserted, if any."""
    if (label := _doubting_label(source, piece.start)) is not None:
        return label
    before = _before(source, piece.start)
    party = not _PARTIES.isdisjoint(source.stems[at] for at in before)
    linked = bool(before) and source.words[before[-1]].word.low in _THAT
    for at in before:
        low, stemmed = source.words[at].word.low, source.stems[at]
        if low in _CONDITIONS and at in (before[0], before[-1]):
            return at
        if stemmed in _DOUBTS or (party and stemmed in _SAYS) or (linked and denies(source, at)):
            return at
    return _called_wrong(source, piece.stop) if linked else None


def _doubting_label(source: Text, at: int) -> int | None:
    """The word of a heading by which what is behind its colon is not so: "Rumour: …"."""
    first = source.sentences[source.where[at]][0]
    if not 0 < at - first <= _LONGEST_LABEL:
        return None
    if ":" not in source.gap(at):
        return None
    labels = _LABELS | _LONE_LABELS if at - first == 1 else _LABELS
    return next((each for each in range(first, at) if source.stems[each] in labels), None)


def _called_wrong(source: Text, at: int) -> int | None:
    """The word by which a report is called wrong behind it: "a report that … was false"."""
    end = source.sentences[source.where[at - 1]][1]
    behind = range(at, min(end, at + _NEAR))
    if not behind or source.words[at].word.low not in BE:
        return None
    return next((place for place in behind if source.stems[place] in WRONG), None)


def _before(source: Text, end: int) -> range:
    """The words of the same clause that govern what begins here; all of them in a condition."""
    first = start = source.sentences[source.where[end]][0]
    for place in range(first, end):
        opens = place == first or _parted(source, place)
        if opens and source.words[place].word.low in _GOES_ON:
            start = place + 1
    if start < end and source.words[start].word.low in _CONDITIONS:
        return range(start, end)
    if start == end or _parted(source, end):
        return range(end, end)
    reach = _FAR if source.words[end - 1].word.low in _THAT else _NEAR
    return range(max(start, end - reach), end)


def _parted(source: Text, at: int) -> bool:
    """Whether a comma or similar mark precedes a word."""
    gap = source.gap(at)
    return any(mark in gap for mark in ",;:()")
