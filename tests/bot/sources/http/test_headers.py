"""What the headers of an answer say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.sources.http.headers import LONGEST_WAIT, AnswerHeaders, read_headers, sendable

DATE = "Mon, 23 Nov 2026 07:30:00 GMT"
LATER = "Mon, 23 Nov 2026 08:30:00 GMT"
EARLIER = "Mon, 23 Nov 2026 06:30:00 GMT"


def read(**headers: str) -> AnswerHeaders:
    return read_headers(CIMultiDict({name.replace("_", "-"): v for name, v in headers.items()}))


@pytest.mark.parametrize(
    ("value", "mime", "charset"),
    [
        ("text/html; charset=utf-8", "text/html", "utf-8"),
        ('Application/RSS+XML ; Charset="ISO-8859-1"', "application/rss+xml", "iso-8859-1"),
        ("text/xml;charset='windows-1252';x=y", "text/xml", "windows-1252"),
        ("text/html; charset=", "text/html", None),
        ("text/html; charset=\u0663", "text/html", None),
        ("html", None, None),
        ("", None, None),
    ],
)
def test_it_reads_type_and_charset(value: str, mime: str | None, charset: str | None) -> None:
    told = read(content_type=value)
    assert (told.content_type, told.charset) == (mime, charset)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache_control": "public, max-age=600"}, 600),
        ({"cache_control": "max-age=600", "age": "500"}, 100),
        ({"cache_control": "max-age=600", "age": "900"}, 0),
        ({"cache_control": "s-maxage=900, max-age=600"}, 600),
        ({"cache_control": "no-cache, max-age=600"}, 0),
        ({"cache_control": "no-store"}, 0),
        ({"cache_control": "max-age=-1"}, None),
        ({"cache_control": "max-age=99999999999"}, LONGEST_WAIT),
        ({"expires": LATER, "date": DATE}, 3600),
        ({"expires": EARLIER, "date": DATE}, 0),
        ({"expires": LATER}, None),
        ({"expires": "0", "date": DATE}, 0),
        ({}, None),
    ],
)
def test_it_reads_how_long_an_answer_stays_fresh(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert read(**headers).cache_max_age == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "120"}, 120),
        ({"retry_after": " 120 "}, 120),
        ({"retry_after": LATER, "date": DATE}, 3600),
        ({"retry_after": EARLIER, "date": DATE}, 0),
        ({"retry_after": LATER}, None),
        ({"retry_after": "999999999999"}, LONGEST_WAIT),
        ({"retry_after": "soon"}, None),
        ({"retry_after": "-5"}, None),
        ({"retry_after": "Fri, 31 Dec 9999 23:59:59 -2359", "date": DATE}, None),
    ],
)
def test_it_reads_how_long_to_stay_away(headers: dict[str, str], seconds: float | None) -> None:
    assert read(**headers).retry_after == seconds


@pytest.mark.parametrize("value", ['"abc"', 'W/"a b"', DATE])
def test_validators_are_kept_verbatim(value: str) -> None:
    assert read(etag=value, last_modified=value).etag == value
    assert sendable(value) == value


@pytest.mark.parametrize("value", ["", "a\r\nX: y", "\udce4", "ü", "x" * 1001, "a\0"])
def test_a_validator_that_no_request_may_carry_is_dropped(value: str) -> None:
    assert read(etag=value).etag is None
    assert sendable(value) is None


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.one_of(st.text(max_size=60), st.sampled_from([DATE, "max-age=1", "1"]))
            for name in ("Content-Type", "Cache-Control", "Expires", "Date", "Age", "Retry-After")
        },
    )
)
def test_no_headers_upset_it(headers: dict[str, str]) -> None:
    told = read_headers(CIMultiDict(headers))
    for seconds in (told.cache_max_age, told.retry_after):
        assert seconds is None or 0 <= seconds <= LONGEST_WAIT
