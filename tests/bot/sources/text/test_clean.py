"""Untrusted text made plain."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.text.clean import clean_line, clean_text

ANY = st.text(st.characters(codec=None), max_size=200)
NASTY = st.text(
    st.sampled_from(
        "aZé .!\n\r\t\0\x1b\x85\xa0\xad\u0301\u0344\u061c\u0628\u0915\u0958\u094d"
        "\u180b\u1100\u115f\u200b"
        "\u200c\u200d\u200e\u202e\u2000\u2028\u2066\u212b\u2800\u3164\ud83d\ude00\ufe0f\ufe0e\ufeff\uffff"
        "\U0001f468\U0001f469\U0001f3fd\U000e0041\U000e007f"
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("control", "gas\0 \x07pipe\x1b[31mline\x7f", "gas pipe[31mline"),
        ("bidi", "safe\u202egpj.exe\u2066x\u2069", "safegpj.exex"),
        ("zero width", "pass\u200bword\ufeff so\u00adft", "password soft"),
        ("joiner in latin", "pass\u200dword \u200cx", "password x"),
        (
            "joiner in an emoji",
            "a \U0001f469\u200d\U0001f680 flew",
            "a \U0001f469\u200d\U0001f680 flew",
        ),
        ("non-joiner in persian", "می\u200cخواهم", "می\u200cخواهم"),
        ("tags", "ok\U000e0069\U000e0067\U000e006e", "ok"),
        ("lone surrogate", "a\ud800b", "ab"),
        ("surrogate pair", "\ud83d\ude00", "\U0001f600"),
        ("composed", "cafe\u0301", "café"),
        ("composed after stripping", "cafe\u200b\u0301", "café"),
        ("no-break spaces", "18\u00a0billion\u202fdollars", "18 billion dollars"),
        ("windows lines", "One.\r\n\r\nTwo.", "One.\n\nTwo."),
        ("blank lines that hold spaces", "One.\n\u00a0 \n \t\n\nTwo.", "One.\n\nTwo."),
        ("line and paragraph separators", "One.\u2028Two.\u2029Three.", "One.\n\nTwo.\n\nThree."),
        ("misread as latin", "VESK â\x80\x94 Weâ\x80\x99re MÃ¼de", "VESK — We’re Müde"),
        ("misread as windows", "Itâ€™s Â£200", "It’s £200"),
        ("not misread", "Âge, château, Ãlvaro", "Âge, château, Ãlvaro"),
        ("edges", "\n\n  One.  \n\n", "One."),
    ],
)
def test_it_makes_text_plain(name: str, raw: str, expected: str) -> None:
    assert clean_text(raw) == expected


def test_it_joins_lines_that_were_wrapped() -> None:
    wrapped = (
        "The ministry said on the second day of talks that the\n"
        "pipeline would be closed until the inspectors had seen\n"
        "every valve."
    )
    assert clean_text(wrapped) == wrapped.replace("\n", " ")


@pytest.mark.parametrize(
    "lines",
    [
        "The minister resigned on the second day of the talks.\nHer deputy takes over.",
        "Key points\nThe ministry said that the pipeline stays closed.",
        "- a first point\n- a second point",
    ],
)
def test_it_keeps_lines_apart_that_were_not_wrapped(lines: str) -> None:
    assert clean_text(lines) == lines.replace("\n", "\n\n")


@given(st.one_of(ANY, NASTY))
def test_any_text_becomes_valid_and_stays_as_it_is(raw: str) -> None:
    cleaned = clean_text(raw)
    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_text(cleaned) == cleaned
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()
    assert "\n" not in cleaned.replace("\n\n", "")


@given(st.one_of(ANY, NASTY), st.integers(1, 30))
def test_any_line_fits_and_stays_as_it_is(raw: str, limit: int) -> None:
    line = clean_line(raw, limit)
    line.encode("utf-8")
    assert len(line) <= limit
    assert "\n" not in line
    assert clean_line(line, limit) == line


def test_it_cuts_a_long_line_at_a_word() -> None:
    assert clean_line("Oil flows through the pipeline again", 20) == "Oil flows through…"
