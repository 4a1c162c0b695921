"""Bodies, counted and unpacked while they arrive."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.sources.http.body import BoundedBody
from tests.fakes.web import gzip_bomb

MEGABYTE = 1024 * 1024


def unpacked(data: bytes, limit: int, size: int = 1000) -> bytes:
    body = BoundedBody(limit, gzipped=True)
    for start in range(0, len(data), size):
        deque(body.feed(data[start : start + size]), maxlen=0)
    return body.whole()


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5), st.integers(1, 40))
def test_gzip_in_any_cut_and_number_of_parts_is_unpacked(parts: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(part) for part in parts)
    assert unpacked(packed, 10_000, size) == b"".join(parts)


@given(st.binary(max_size=2000), st.integers(0, 2000), st.booleans())
def test_no_more_than_the_limit_is_ever_held(data: bytes, limit: int, packed: bool) -> None:
    body = BoundedBody(limit, gzipped=packed)
    arriving = gzip.compress(data) if packed else data
    try:
        deque(body.feed(arriving), maxlen=0)
    except FetchError:
        assert len(data) > limit or len(arriving) > limit
    else:
        assert body.whole() == data
        assert len(data) <= limit


@pytest.mark.parametrize("length", [64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, MEGABYTE])
def test_the_last_bytes_of_a_full_piece_are_not_lost(length: int) -> None:
    assert unpacked(gzip.compress(b"a" * length), MEGABYTE, 10_000_000) == b"a" * length


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<rss>no gzip at all</rss>", "the answer is not the gzip that it claims to be"),
        (gzip.compress(b"half of it is missing", mtime=0)[:-12], "the answer was cut short"),
        (
            gzip.compress(b"x", mtime=0) + b"\x1fjunk",
            "the answer is not the gzip that it claims to be",
        ),
        (gzip.compress(b"", mtime=0) * 1000, "the answer is packed in too many parts"),
        (gzip_bomb(1) * 3, "the answer has more than the 2,097,152 bytes allowed"),
    ],
    ids=["no gzip", "cut short", "junk behind", "many parts", "a bomb"],
)
def test_it_says_what_is_wrong_with_damaged_gzip(data: bytes, why: str) -> None:
    with pytest.raises(FetchError) as caught:
        unpacked(data, 2 * MEGABYTE)
    assert str(caught.value) == why


@pytest.mark.parametrize("junk", [b"\0" * 512, b"\r\n", b"<!-- served in 3 ms -->"])
def test_what_follows_the_end_of_gzip_counts_for_nothing(junk: bytes) -> None:
    assert unpacked(gzip.compress(b"story") + junk, 1000) == b"story"


def test_gzip_that_goes_on_without_saying_anything_is_stopped() -> None:
    packer = zlib.compressobj(9, wbits=31)
    nothing = b"".join(packer.flush(zlib.Z_FULL_FLUSH) + packer.compress(b"") for _ in range(99))
    pause = b"\0\0\0\xff\xff"
    with pytest.raises(FetchError, match="more than the 1,000 bytes"):
        unpacked(nothing + pause * 1000, 1000, 100)


def test_an_empty_body_may_claim_to_be_gzip() -> None:
    assert BoundedBody(10, gzipped=True).whole() == b""


def test_a_bomb_costs_no_more_memory_than_the_limit() -> None:
    bomb = gzip_bomb(200)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError):
            unpacked(bomb, 8 * MEGABYTE, len(bomb))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12 * MEGABYTE
