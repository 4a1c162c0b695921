"""What an article is remembered by when stories are told apart."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

TERMS = 96
KEYS = 24
_FORMAT = 1
_HEAD = struct.Struct("<BqHHH")
_NO_TIME = -(2**62)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """An article's evidence on its event: hashed words with weights, and when it was published."""

    at: datetime | None
    title: tuple[int, ...]
    names: tuple[int, ...]
    terms: tuple[tuple[int, int], ...]

    def to_bytes(self) -> bytes:
        """Pack for storage; about half a kilobyte."""
        seconds = _NO_TIME if self.at is None else int(self.at.timestamp())
        head = _HEAD.pack(_FORMAT, seconds, len(self.title), len(self.names), len(self.terms))
        body = struct.pack(f"<{len(self.title)}I{len(self.names)}I", *self.title, *self.names)
        return head + body + b"".join(struct.pack("<IB", *term) for term in self.terms)

    @classmethod
    def from_bytes(cls, packed: bytes) -> StoryFeatures:
        """Unpack; bytes of another format give features that resemble nothing."""
        if len(packed) < _HEAD.size or packed[0] != _FORMAT:
            return cls(None, (), (), ())
        _, seconds, titles, names, terms = _HEAD.unpack_from(packed)
        words = struct.unpack_from(f"<{titles + names}I", packed, _HEAD.size)
        rest = packed[_HEAD.size + 4 * (titles + names) :]
        at = None if seconds == _NO_TIME else datetime.fromtimestamp(seconds, UTC)
        pairs = tuple((number, weight) for number, weight in struct.iter_unpack("<IB", rest))
        return cls(at, words[:titles], words[titles:], pairs[:terms])


def features(title: str, text: str, published_at: datetime | None) -> StoryFeatures:
    """Reduce an article to its features; any text will do."""
    head, body = _clean(title), _clean(text[:20_000])
    counts = Counter(_words(body))
    counts.update(dict.fromkeys(_words(head), 2))
    weighted = {
        word: min(255, round(12 * _weight(word) * count**0.5)) for word, count in counts.items()
    }
    top = sorted(weighted, key=lambda word: (-weighted[word], word))[:TERMS]
    return StoryFeatures(
        at=published_at,
        title=_hashes(_words(head)),
        names=_hashes(_names(f"{head}. {body}"))[:40],
        terms=tuple(sorted((_hash(word), weighted[word]) for word in top if weighted[word])),
    )


def keys(article: StoryFeatures) -> tuple[str, ...]:
    """The words to look stories up by, best first, hashed."""
    by_weight = [number for number, _ in sorted(article.terms, key=lambda term: -term[1])]
    chosen = dict.fromkeys([*article.title[:10], *article.names[:8], *by_weight])
    return tuple(f"{number:08x}" for number in list(chosen)[:KEYS])


def _clean(text: str) -> str:
    return unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode("utf-8"))


def _words(text: str) -> list[str]:
    found = (word.lower().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text))
    return [word for word in found if len(word) > 3 or word.isdigit()]


def _names(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][\w]+", text)]


def _weight(word: str) -> float:
    return 1.0 + min(len(word), 9) / 6


def _hashes(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_hash(word) for word in words))


def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace"))
