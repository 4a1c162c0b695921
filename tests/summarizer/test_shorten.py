"""What a bullet leaves out of a sentence, and what it never does."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from summarizer.shorten import LIMIT, plain, shorten

LINES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KARACHI (Harbour Wire) — The navy seized a boat.", "The navy seized a boat."),
        ("SABEL, Marenda — Ildria signed the deal.", "Ildria signed the deal."),
        ("TALLOW HARBOUR, Sunder Isles — The dam broke.", "The dam broke."),
        ("LONDON, June 3 (Reuters) - Oil fell by 2%.", "Oil fell by 2%."),
        ("(AFP) The dam broke.", "The dam broke."),
        ("ISLAMABAD: The dam broke.", "The dam broke."),
        ("BREAKING: The dam broke.", "The dam broke."),
        ("Meanwhile, the army left Vesk.", "The army left Vesk."),
        ("But the army left Vesk.", "The army left Vesk."),
        ("However, Karsova denied it.", "Karsova denied it."),
        ("The dam[12] broke on Monday.[3]", "The dam broke on Monday."),
        ("The  dam\n broke\u200b on\u202e Monday.", "The dam broke on Monday."),
        ("The US – Marenda deal is off.", "The US – Marenda deal is off."),
        ("NATO's chief resigned.", "NATO's chief resigned."),
        ("Andrew Marsh resigned.", "Andrew Marsh resigned."),
    ],
)
def test_it_drops_what_leads_in(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("line", LINES["cut"])
def test_it_cuts_an_aside_where_the_sentence_is_too_long(line: dict[str, str]) -> None:
    assert len(line["long"].split()) > LIMIT
    assert shorten(line["long"]) == line["short"]


@pytest.mark.parametrize("line", LINES["whole"])
def test_it_gives_up_where_no_cut_is_safe(line: dict[str, str]) -> None:
    assert len(line["long"].split()) > LIMIT
    assert shorten(line["long"]) is None


def test_it_leaves_a_short_sentence_alone() -> None:
    text = "Karsova, which borders Marenda, closed the bridge (built in 1911) on Monday."
    assert shorten(text) == text
