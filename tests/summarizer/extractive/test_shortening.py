"""What a bullet leaves out of a sentence, and what it never does."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from summarizer.extractive.shortening import LIMIT, shorten

LINES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


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


@pytest.mark.parametrize(
    "aside",
    [
        ", which ordered it to pay, with interest, 1.3 billion dollars to Halcyon",
        ", who once led the fund, and who left the country in May",
    ],
)
def test_an_aside_is_not_ended_by_a_comma_of_its_own(aside: str) -> None:
    text = (
        f"Mira Hale of Marenda will not appeal against the court{aside}, "
        "while her partner in the northern ports of the country will ask for another hearing "
        "in the coming weeks before the supreme court of Karsova in the town of Vesk."
    )
    shorter = shorten(text)
    assert shorter is None or ("with interest" in shorter) == ("ordered" in shorter)
    assert shorter is None or "and who" not in shorter or "once led" in shorter


def test_a_speaker_behind_an_aside_keeps_its_comma() -> None:
    text = (
        "The reactor in Halvern lost its second cooling pump on Monday, which forced engineers to "
        "cut its output by a third, said a spokesman for the grid."
    )
    assert shorten(text, 24) == (
        "The reactor in Halvern lost its second cooling pump on Monday, said a spokesman for the "
        "grid."
    )


def test_what_is_quoted_is_never_shortened() -> None:
    text = (
        "“We will repair the dam (the old one) before the rains begin in May and pay for it,” "
        "Petra Lund said in Vesk."
    )
    assert shorten(text, 18) is None


def test_the_only_name_is_not_cut_away() -> None:
    text = (
        "Three people, including the mayor of Vesk, were taken to a hospital after a fire broke "
        "out in a hotel late in the evening."
    )
    assert shorten(text, 20) is None
