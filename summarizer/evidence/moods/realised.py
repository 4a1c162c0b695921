"""Finds what a bullet tells as done, and its source only names: "recalls" for "dodged a recall"."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evidence.moods.differences import Difference
from summarizer.evidence.moods.lexicon import RESULTS, VOUCHING
from summarizer.evidence.moods.pairing import Pairing
from summarizer.evidence.moods.word_kinds import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    SAYS,
    is_finite,
)
from summarizer.language.text import Text

_BEFORE_NOUN = 4
_PARTICLES = frozenset({"of", "up", "off", "out", "down", "away"})


def told_as_done(pairing: Pairing) -> Iterator[Difference]:
    """Each object of a verb that the bullet drops, and tells the object as what happened.

    Verbs that bring a thing about or make it known, as "make" and "announce" do, may be dropped.
    """
    for new, old in pairing.to_source.items():
        same = pairing.bullet.stems[new] == pairing.source.stems[old]
        if not (same and pairing.bullet.words[new].word.content and _is_told(pairing, new, old)):
            continue
        governor = _object_of(pairing.source, pairing.sentence.start, old)
        if governor is None or governor in pairing.to_bullet:
            continue
        if pairing.source.stems[governor] not in RESULTS | VOUCHING | SAYS:
            yield Difference("done", governor, True)


def _is_told(pairing: Pairing, new: int, old: int) -> bool:
    """Whether a bullet has as a verb, or as what it is about, a word of another form."""
    bullet, words = pairing.bullet, pairing.words
    low, told = bullet.words[new].word.low, pairing.source.words[old].word.low
    before = bullet.words[new - 1].word if new > words.start else None
    after = bullet.words[new + 1].word.low if new + 1 < words.stop else ""
    if before is None:
        return after in PREPOSITIONS and low == told
    if low == told or before.low == "to" or before.low in MODALS or before.low in DETERMINERS:
        return False
    present = low in {f"{told}s", f"{told}es"} and (before.content or before.capital)
    return present or (is_finite(low) and not is_finite(told))


def _object_of(source: Text, first: int, at: int) -> int | None:
    """The verb before a noun with an article and what describes it: "dodged a costly recall"."""
    place, article = at - 1, False
    while place > max(first, at - _BEFORE_NOUN) and not article:
        word = source.words[place].word
        article = word.low in DETERMINERS
        if not article and not word.content:
            return None
        place -= 1
    if not article or place < first:
        return None
    if source.words[place].word.low in _PARTICLES:
        place -= 1
    low = source.words[place].word.low
    going_on = low.endswith("ing") and source.words[place - 1].word.low in BE
    verb = (is_finite(low) or going_on) and low not in BE and low not in AUXILIARIES
    return place if verb else None
