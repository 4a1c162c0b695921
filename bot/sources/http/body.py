"""The body of an answer, counted and unpacked while it arrives, so that no bomb goes off."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from bot.errors import FetchError

_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_MOST_PARTS = 64
"""Honest answers have one; a long chain of empty ones only burns time."""


class BoundedBody:
    """Takes what arrives and holds what it stands for, never more than `max_bytes` of either."""

    def __init__(self, max_bytes: int, *, gzipped: bool) -> None:
        self._max_bytes = max_bytes
        self._arrived = 0
        self._held = io.BytesIO()
        self._gunzip = _Gunzip() if gzipped else None

    def feed(self, data: bytes) -> Iterator[int]:
        """Take the next bytes, a piece at a time, each after yielding how much is held with it.

        Raises FetchError past the limit, or where gzip is damaged.
        """
        self._arrived += len(data)
        if self._arrived > self._max_bytes:
            raise too_large(self._max_bytes)
        for piece in self._gunzip.pieces(data) if self._gunzip else (data,):
            size = self._held.tell() + len(piece)
            if size > self._max_bytes:
                raise too_large(self._max_bytes)
            yield size
            self._held.write(piece)

    def whole(self) -> bytes:
        """All of it; raises FetchError if the gzip ended early."""
        if self._gunzip and self._arrived and not self._gunzip.ended:
            raise FetchError("the answer was cut short")
        return self._held.getvalue()


class _Gunzip:
    """One layer of gzip, in one part or a few, unpacked a small piece at a time."""

    def __init__(self) -> None:
        self._parts = 1
        self._part = zlib.decompressobj(_GZIP)

    @property
    def ended(self) -> bool:
        return self._part.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self.ended and not self._next_part(data):
                return
            try:
                piece = self._part.decompress(data, _PIECE)
            except zlib.error as error:
                raise FetchError("the answer is not the gzip that it claims to be") from error
            data = self._part.unused_data if self.ended else self._part.unconsumed_tail
            yield piece

    def _next_part(self, data: bytes) -> bool:
        """Begin the next part, if one begins here; what else follows the end counts for nothing."""
        if not data.startswith(b"\x1f"):
            return False
        if self._parts == _MOST_PARTS:
            raise FetchError("the answer is packed in too many parts")
        self._parts += 1
        self._part = zlib.decompressobj(_GZIP)
        return True


def too_large(max_bytes: int) -> FetchError:
    """The refusal of an answer that exceeds the limit."""
    return FetchError(f"the answer has more than the {max_bytes:,} bytes allowed")
