"""Refuses a sentence that asserts more than its source: a plan told as done, a claim as fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from summarizer.evidence.alignment import Alignment
from summarizer.evidence.comparison import Comparison
from summarizer.evidence.facts import Absent
from summarizer.evidence.moods.attribution import changed_tense, unsaid
from summarizer.evidence.moods.differences import Difference, differences
from summarizer.evidence.moods.marker import Marker
from summarizer.evidence.moods.markers import known_markers, markers
from summarizer.evidence.moods.pairing import Pairing, pair
from summarizer.evidence.moods.realised import told_as_done
from summarizer.evidence.moods.speakers import Report, known_reports, reports
from summarizer.language.text import Text

_FEW_WORDS, _MARKS = 60, 3


def strengthened(found: Sequence[Comparison]) -> Iterator[Absent]:
    """Each sentence that every close sentence of the sources states only more weakly."""
    for reading in found:
        if reading.found is None or _is_copied(reading.found):
            continue
        if (reason := _reason(reading.found)) is not None:
            yield Absent("mood", reason, reading.words.start)


def _is_copied(found: Alignment) -> bool:
    """Whether a sentence has all words of a source's sentence, in the same forms."""
    if found.edits:
        return False
    told = found.source.words[slice(*found.source.sentences[found.main])]
    said = found.bullet.words[found.words.start : found.words.stop]
    return [each.word.low for each in said] == [each.word.low for each in told]


def _reason(found: Alignment) -> str | None:
    """Why a sentence is stronger than its source; None where one close sentence says as much."""
    bullet, words = found.bullet, found.words
    said: Sequence[Marker] | None = None
    claims: Sequence[Report] = ()
    first: str | None = None
    for source, place in dict.fromkeys(found.near_best):
        pairing = pair(bullet, words, source, range(*source.sentences[place]))
        if not pairing.is_close:
            return None
        if said is None:
            said = markers(bullet, words.start, words.stop)
            claims = list(reports(bullet, words.start, words.stop))
        found_here = chain(
            _asked(pairing),
            differences(pairing, said, known_markers(source, place), claims),
            told_as_done(pairing),
            changed_tense(pairing, claims, known_reports(source, place)),
            _unsaid(pairing, claims, known_reports(source, place)),
        )
        difference = next(found_here, None)
        if difference is None:
            return None
        first = first or _told(pairing, difference)
    return first


def _asked(pairing: Pairing) -> Iterator[Difference]:
    """A question that the bullet answers."""
    last = pairing.sentence.stop - 1
    if _is_question(pairing.source, last) and not _is_question(
        pairing.bullet, pairing.words.stop - 1
    ):
        yield Difference("if", last, True)


def _is_question(text: Text, last: int) -> bool:
    """Whether a question mark ends the sentence with this last word, and it quotes nobody."""
    start, end = text.words[text.sentences[text.where[last]][0]].start, text.words[last].end
    quotes = any(mark in text.folded[start:end] for mark in ('"', " '", ":", "("))
    return "?" in text.folded[end : end + _MARKS] and not quotes


def _unsaid(
    pairing: Pairing, said: Sequence[Report], told: Sequence[Report]
) -> Iterator[Difference]:
    """The claims without their speaker, of a copy in a text whose capitals show the speakers."""
    if pairing.is_copy and _cased(pairing):
        yield from unsaid(pairing, said, told)


def _cased(pairing: Pairing) -> bool:
    """Whether capitals show who is named, so that speakers can be told apart."""
    return pairing.bullet.words[pairing.words.start].word.capital and _has_names(pairing.source)


@lru_cache(maxsize=512)
def _has_names(source: Text) -> bool:
    """Whether a text has capitals inside its sentences, or is too short to tell."""
    return len(source.words) < _FEW_WORDS or any(
        source.words[at].word.capital and not source.words[at].word.acronym
        for first, end in source.sentences
        for at in range(first + 1, end)
    )


def _told(pairing: Pairing, difference: Difference) -> str:
    if difference.dropped:
        word = pairing.source.said(difference.at, difference.at)
        return f'the source says "{word[:40]}", and the bullet leaves that out'
    word = pairing.bullet.said(difference.at, difference.at)
    return f'it says "{word[:40]}", which the source does not say there'
