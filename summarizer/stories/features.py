"""What an article is remembered by when stories are told apart."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from summarizer.stories.live_pages import is_roundup
from summarizer.stories.words import WEEKDAYS, Word, is_common, is_function, words

KEYS = 24
_TERMS = 96
_TITLE_WORDS = 60
_LEAD_WORDS = 200
_LEAD_LETTERS = 6_000
_WEEKDAY_WORDS = 80
_PLACE_WORDS = 60
_WHERE = frozenset({"in", "at", "near", "outside", "off", "on", "across"})
_MOST = 15
_TITLE, _NAME, _CLASS = 16, 32, 64
_WEIGHTS = (1.0, 3.0, 4.0, 4.0)
_COMMON, _NUMBER, _RARE, _PLACE = range(4)
_FORMAT = 3
_HEAD = struct.Struct("<BqBBH")
_UNDATED = -(2**62)


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """An article's evidence on its event; about half a kilobyte.

    hashes    its weightiest words, hashed to 4 bytes each, in ascending order
    word_flags  a byte for each: how often, whether in the title, whether a name, how rare
    weekdays  the days that its lead speaks of, a bit for each
    roundup   whether it covers many events, and thus says little on any
    """

    at: datetime | None
    hashes: bytes = b""
    word_flags: bytes = b""
    weekdays: int = 0
    roundup: bool = False

    def to_bytes(self) -> bytes:
        """Pack for storage."""
        seconds = _UNDATED if self.at is None else int(self.at.timestamp())
        head = _HEAD.pack(_FORMAT, seconds, self.weekdays, self.roundup, len(self.word_flags))
        return head + self.hashes + self.word_flags

    @classmethod
    def from_bytes(cls, packed: bytes) -> StoryFeatures:
        """Unpack; bytes of another format or length give features that resemble nothing."""
        if len(packed) < _HEAD.size or packed[0] != _FORMAT:
            return cls(None)
        _, seconds, weekdays, roundup, count = _HEAD.unpack_from(packed)
        hashes = packed[_HEAD.size : _HEAD.size + 4 * count]
        word_flags = packed[_HEAD.size + 4 * count :]
        if len(hashes) != 4 * count or len(word_flags) != count:
            return cls(None)
        at = None if seconds == _UNDATED else datetime.fromtimestamp(seconds, UTC)
        return cls(at, hashes, word_flags, weekdays, bool(roundup))


@dataclass(frozen=True, slots=True)
class Terms:
    """Features of words: of one article, or of many in a row."""

    hashes: NDArray[np.uint32]
    flags: NDArray[np.uint8]

    @classmethod
    def of(cls, articles: Sequence[StoryFeatures]) -> Terms:
        """Unpack, one article after the other."""
        return cls(
            np.frombuffer(b"".join([each.hashes for each in articles]), "<u4"),
            np.frombuffer(b"".join([each.word_flags for each in articles]), np.uint8),
        )

    @classmethod
    def joined(cls, several: Sequence[Terms]) -> Terms:
        """The words of several in a row."""
        return cls(
            np.concatenate([each.hashes for each in several]),
            np.concatenate([each.flags for each in several]),
        )

    def at(self, places: NDArray[np.intp]) -> Terms:
        """Some of the words."""
        return Terms(self.hashes[places], self.flags[places])

    @property
    def weight(self) -> NDArray[np.float64]:
        """How rare each is in news."""
        weight: NDArray[np.float64] = _WEIGHT_OF[self.flags]
        return weight

    @property
    def often(self) -> NDArray[np.float64]:
        """How often each stands in its article, as a log."""
        often: NDArray[np.float64] = _OFTEN_OF[self.flags]
        return often

    @property
    def title(self) -> NDArray[np.bool_]:
        return (self.flags & _TITLE) > 0

    @property
    def name(self) -> NDArray[np.bool_]:
        return (self.flags & _NAME) > 0

    @property
    def place(self) -> NDArray[np.bool_]:
        return self.flags >= _PLACE * _CLASS


@lru_cache(maxsize=20_000)
def length(word_flags: bytes) -> float:
    """The square of the length of an article's vector of words."""
    flags = np.frombuffer(word_flags, np.uint8)
    squares = (_WEIGHT_OF[flags] * _OFTEN_OF[flags]) ** 2
    return float(np.bincount(np.zeros(len(flags), np.intp), squares)[0]) if len(flags) else 0.0


_WEIGHT_OF = np.array([_WEIGHTS[mark // _CLASS] for mark in range(256)])
_OFTEN_OF = np.array([1 + log(max(1, mark & _MOST)) for mark in range(256)])
_SALIENCE = tuple(
    float(_WEIGHT_OF[mark] * _OFTEN_OF[mark])
    * ((1.5 if mark & _TITLE else 1.0) * (1.2 if mark & _NAME else 1.0))
    for mark in range(256)
)
"""How much a word says of its article, by its flags."""


def features(
    title: str, text: str, published_at: datetime | None, url: str | None = None
) -> StoryFeatures:
    """Reduce an article to its features; any text will do. An instant without a zone is UTC."""
    head = words(title[:_LEAD_LETTERS], _TITLE_WORDS)
    lead = words(text[:_LEAD_LETTERS], _LEAD_WORDS)
    word_flags = _word_flags(head, lead)
    best = sorted(word_flags, key=lambda stem: (-_SALIENCE[word_flags[stem]], stem))[:_TERMS]
    hashed = sorted({_hash(stem): word_flags[stem] for stem in best}.items())
    at = published_at.replace(tzinfo=published_at.tzinfo or UTC) if published_at else None
    return StoryFeatures(
        at=at.astimezone(UTC).replace(microsecond=0) if at else None,
        hashes=np.array([number for number, _ in hashed], "<u4").tobytes(),
        word_flags=bytes(mark for _, mark in hashed),
        weekdays=_weekdays(lead[:_WEEKDAY_WORDS]),
        roundup=is_roundup(title, url),
    )


def keys(article: StoryFeatures) -> tuple[str, ...]:
    """The article's weightiest words, hashed, best first: what to look stories up by."""
    hashes = np.frombuffer(article.hashes, "<u4").tolist()
    best = sorted(
        zip(hashes, article.word_flags, strict=True), key=lambda term: -_SALIENCE[term[1]]
    )
    return tuple(f"{number:08x}" for number, _ in best[:KEYS])


def _word_flags(head: Sequence[Word], lead: Sequence[Word]) -> dict[str, int]:
    titled = Counter(word.stem for word in head)
    often = Counter(word.stem for word in lead)
    names = _names(head, lead)
    places = {stem for stem in _places(head, lead) if stem in names}
    return {
        stem: min(_MOST, 2 * titled[stem] + often[stem])
        + _TITLE * (stem in titled)
        + _NAME * (stem in names)
        + _CLASS * (_PLACE if rarity == _RARE and stem in places else rarity)
        for stem in titled.keys() | often
        if (rarity := _rarity(stem)) is not None
    }


def _names(head: Sequence[Word], lead: Sequence[Word]) -> set[str]:
    small = {word.stem for word in lead if not word.capital}
    seen = Counter(word.stem for word in lead if word.capital)
    titled = Counter(word.stem for word in head[1:] if word.capital)
    return {
        stem for stem in seen | titled if stem not in small and seen[stem] + titled[stem] / 2 >= 1
    }


def _places(head: Sequence[Word], lead: Sequence[Word]) -> set[str]:
    """Names that something happens in, at or near."""
    return {
        after.stem
        for some in (head, lead[:_PLACE_WORDS])
        for before, after in pairwise(some)
        if before.stem in _WHERE and after.capital
    }


@lru_cache(maxsize=65_536)
def _rarity(stem: str) -> int | None:
    """How rare a word is in news; None for one that says nothing."""
    if is_function(stem):
        return None
    if is_common(stem):
        return _COMMON
    return _NUMBER if stem[0].isdigit() else _RARE


def _weekdays(lead: Sequence[Word]) -> int:
    named = [WEEKDAYS.index(word.stem) for word in lead if word.stem in WEEKDAYS]
    return sum({1 << day for day in named[:2]})


@lru_cache(maxsize=65_536)
def _hash(stem: str) -> int:
    return zlib.crc32(stem.encode("utf-8", "surrogatepass"))
