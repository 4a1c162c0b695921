"""All that the evidence checker knows of one text, read once and kept for a while."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.evidence_dates import Clock, Day, clocks, days, weekday
from summarizer.evidence_names import acronyms, places
from summarizer.evidence_numbers import quantities
from summarizer.evidence_quantity import Quantity
from summarizer.evidence_tokens import LONGEST, Token, fold, tokens
from summarizer.sentences import split

_TEXTS_KEPT = 128
_NOT_LETTERS = re.compile(r"[^\w%$€£]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text's words, where its sentences begin and end among them, and what they state.

    `sentences` are token ranges, the end excluded; `spans` their characters; `lettered` is the text
    without punctuation and capitals, for finding quotations.
    """

    text: str
    folded: str
    words: Sequence[Token]
    sentences: Sequence[tuple[int, int]]
    spans: Sequence[tuple[int, int]]
    at: Mapping[str, Sequence[int]]
    lows: frozenset[str]
    quantities: Sequence[Quantity]
    days: Sequence[Day]
    weekdays: frozenset[str]
    clocks: Sequence[Clock]
    places: frozenset[str]
    acronyms: frozenset[str]
    lettered: str

    def sentence_of(self, word: int) -> int:
        """Which sentence a word stands in."""
        return bisect_right(self.sentences, (word, len(self.words) + 1)) - 1


@lru_cache(maxsize=_TEXTS_KEPT)
def read(text: str) -> Text:
    """Read a text, up to LONGEST characters; any text at all can be read."""
    text = text[:LONGEST]
    folded = fold(text)
    words = tokens(folded)
    spans = [(each.start, each.end) for each in split(text)]
    return Text(
        text=text,
        folded=folded,
        words=words,
        sentences=_ranges(words, spans),
        spans=spans,
        at=_places_of_stems(words),
        lows=frozenset([token.word.low for token in words]),
        quantities=quantities(folded, words),
        days=days(folded, words),
        weekdays=frozenset([name for token in words if (name := weekday(token))]),
        clocks=clocks(words),
        places=places(words),
        acronyms=acronyms(folded, words),
        lettered=lettered(folded),
    )


def lettered(folded: str) -> str:
    """A folded text as lower-case words between single spaces, apostrophes dropped."""
    return f" {_NOT_LETTERS.sub(' ', folded.lower().replace(chr(39), '')).strip()} "


def _ranges(words: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    starts = [token.start for token in words]
    ranges = []
    first = 0
    for place, (_, end) in enumerate(spans):
        last = len(words) if place == len(spans) - 1 else bisect_right(starts, end - 1)
        ranges.append((first, max(first, last)))
        first = max(first, last)
    return ranges


def _places_of_stems(words: Sequence[Token]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(words):
        found[token.word.stem].append(place)
    return dict(found)
