"""Checks whether a bullet is proved by the texts that it cites; one checker for every engine.

A number, date, name or quotation that no source has is refused, and so is a sentence with one word
reversed or one cut out of a sentence that denies it. Other verbatim text is always proved. Between
the two, each sentence is compared with the closest sentences of the source, and the differences
decide. The checker compares words and their order; it does not reason: a claim that combines two
facts counts as not proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.evidence.alignment import Alignment
from summarizer.evidence.causes import reversed_causes
from summarizer.evidence.comparison import Comparison, readings
from summarizer.evidence.facts import Absent, absent, bullet_names, dated, turned_acts
from summarizer.evidence.moods.proof import strengthened
from summarizer.evidence.omissions import cuts
from summarizer.evidence.reasons import reason_against
from summarizer.evidence.replacements import replaced
from summarizer.evidence.reversals import reversals
from summarizer.evidence.scoring import likelihood
from summarizer.evidence.swaps import exchanged, settled
from summarizer.language.text import Text, read, read_once
from summarizer.language.tokens import LONGEST, visible

LEAST = 0.5
"""The lowest likelihood of a proved text."""

LONGEST_BULLET = 5_000
"""The most characters of a text to judge; a bullet has a few hundred."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text is proved, its likelihood (0..1) and the reason, for a reader.

    `sources[source][start:end]` is the sentence that supports it best, where there is one.
    """

    proved: bool
    score: float
    reason: str
    source: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A text with its sources, the facts that they lack, and the comparison of each sentence."""

    bullet: Text
    sources: Sequence[Text]
    lacking: Sequence[Absent]
    readings: Sequence[Comparison]

    def refusals(self) -> Iterator[Absent]:
        """Every reason against the text; each rule is applied when its reasons are asked for."""
        yield from self.lacking
        yield from turned_acts(self.bullet, self.sources)
        yield from exchanged(self.readings)
        yield from reversals(self.readings)
        yield from cuts(self.readings, self.sources)
        yield from replaced(self.readings)
        yield from reversed_causes(self.readings)
        yield from strengthened(self.readings)

    @property
    def accepted(self) -> bool:
        """Whether it is verbatim or one sentence in another order, proved if nothing refuses it."""
        reordered = len(self.readings) == 1 and self.readings[0].is_reordered
        return reordered or _verbatim(self)

    @property
    def likelihood(self) -> float:
        """The likelihood that the text is proved, 0 to 1."""
        return likelihood(self.readings, {each.kind for each in self.lacking})


def check(text: str, sources: Sequence[str]) -> Verdict:
    """Judge one bullet against the texts that it cites."""
    if len(text) > LONGEST_BULLET:
        return Verdict(False, 0.0, f"it is longer than {LONGEST_BULLET:,} characters")
    found = examine(text, sources)
    if not found.bullet.words:
        return Verdict(False, 0.0, "it says nothing")
    score = found.likelihood
    refusal = next(found.refusals(), None)
    if refusal is not None:
        return _verdict(found, min(score, LEAST / 2), refusal.reason)
    if found.accepted:
        return _verdict(found, 1.0 if _verbatim(found) else LEAST + score / 2, None)
    return _verdict(found, score, None if score >= LEAST else reason_against(found.readings))


def examine(text: str, sources: Sequence[str]) -> Examined:
    """Compare a text with its sources, without a verdict; a long text is cut."""
    bullet = read_once(visible(text[:LONGEST_BULLET]))
    known = [read(source) for source in sources]
    if not bullet.words:
        return Examined(bullet, known, (), ())
    named = bullet_names(bullet)
    found = list(map(settled, readings(bullet, known, named, dated(bullet))))
    return Examined(bullet, known, absent(bullet, known, named), found)


def _verbatim(found: Examined) -> bool:
    """Whether one source has the whole text in one piece."""
    return any(found.bullet.lettered in source.lettered for source in found.sources)


def _verdict(found: Examined, score: float, reason: str | None) -> Verdict:
    proved = reason is None
    if reason and any(len(each.text) == LONGEST for each in found.sources):
        reason += f" (of a source only {LONGEST:,} characters are read)"
    said = reason or "its numbers, names and words are in the cited sources, combined as there"
    support = _support(found.readings)
    if support is None:
        return Verdict(proved, score, said)
    start, end = support.source.spans[support.main]
    at = next(n for n, each in enumerate(found.sources) if each is support.source)
    return Verdict(proved, score, said, at, start, end)


def _support(found: Sequence[Comparison]) -> Alignment | None:
    """The alignment with the most shared words."""
    aligned = [each.found for each in found if each.found]
    return max(aligned, key=lambda each: each.matched, default=None)
