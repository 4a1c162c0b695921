"""Finds a sentence that exchanges cause and effect, or what came before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.evidence.comparison import Comparison
from summarizer.evidence.facts import Absent
from summarizer.language.text import Text
from summarizer.language.word_lists import listed

_LATER_FIRST = frozenset(listed("after because following since"))
_CAUSES = frozenset(listed("caused triggered prompted sparked"))
"""Verbs whose subject came first, unless "by" follows."""

_EARLIER_FIRST = frozenset(
    listed("before led leading causing prompting triggering resulting sparking forcing")
)
_JOINS = _LATER_FIRST | _EARLIER_FIRST | _CAUSES
_MOST_OF = 0.5
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Order:
    """Two parts of a sentence in time: the stems of what came first, and of what came of it.

    `word`, at `at`, joins them.
    """

    at: int
    word: str
    earlier: frozenset[str]
    later: frozenset[str]


def reversed_causes(found: Sequence[Comparison]) -> Iterator[Absent]:
    """Each sentence that tells two events in the other order than its source.

    The source's own use of the same word decides, where it has one.
    """
    for aligned in (each.found for each in found if each.found):
        told = list(_orders(aligned.bullet, aligned.words.start, aligned.words.stop))
        if not told:
            continue
        known = list(_orders(aligned.source, *aligned.source.sentences[aligned.main]))
        for said in told:
            same = [each for each in known if each.word == said.word]
            if known and all(_is_reversed(said, each) for each in same or known):
                word = aligned.bullet.said(said.at, said.at)
                yield Absent("order", f'the source has it the other way round at "{word}"', said.at)


def _is_reversed(said: Order, known: Order) -> bool:
    return _mostly(said.earlier, known.later, known.earlier) and _mostly(
        said.later, known.earlier, known.later
    )


def _mostly(said: frozenset[str], there: frozenset[str], here: frozenset[str]) -> bool:
    """Whether most stems are on one side of a source's sentence and few on the other."""
    shared = len(said & there)
    return shared >= max(min(_FEWEST, len(said)), _MOST_OF * len(said)) and shared > len(
        said & here
    )


def _orders(text: Text, first: int, end: int) -> Iterator[Order]:
    for at in range(first, end):
        low = text.words[at].word.low
        if low not in _JOINS:
            continue
        by = at + 1 < end and text.words[at + 1].word.low == "by"
        later_first = low in _LATER_FIRST or (low in _CAUSES and by)
        if at == first:
            comma = _comma(text, at, end)
            left, right = _stems(text, comma, end), _stems(text, at + 1, comma)
        else:
            left, right = _stems(text, first, at), _stems(text, at + 1, end)
        if left and right:
            earlier, later = (right, left) if later_first else (left, right)
            yield Order(at, low, earlier, later)


def _comma(text: Text, begin: int, end: int) -> int:
    for at in range(begin + 1, end):
        if "," in text.gap(at):
            return at
    return end


def _stems(text: Text, first: int, end: int) -> frozenset[str]:
    return frozenset(text.stems[at] for at in range(first, end) if text.words[at].word.content)
