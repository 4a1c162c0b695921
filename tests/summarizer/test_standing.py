"""What repeats a statement that was told, and what does not."""

from __future__ import annotations

import pytest

from summarizer.standing import is_akin, repeats

TOLD = "Drone strike kills three people in a block of flats in Velmar, governor says"


def test_the_same_words_in_fewer_are_a_repetition() -> None:
    assert repeats("Drone strike kills three people in Velmar block of flats", f"Else\n{TOLD}")


@pytest.mark.parametrize(
    ("told", "new"),
    [
        (TOLD, TOLD.replace("three", "five")),
        (TOLD, TOLD.replace("Velmar", "Almery")),
        (
            "Court convicts former minister Osten of illegal campaign financing",
            "Court acquits former minister Osten of illegal campaign financing",
        ),
        (
            "Karsova will attend nuclear talks with Marenda in Vesk on Friday",
            "Karsova will not attend nuclear talks with Marenda in Vesk on Friday",
        ),
        (
            "Karsova will attend nuclear talks with Marenda in Vesk on Friday",
            "Karsova won’t attend nuclear talks with Marenda in Vesk on Friday",
        ),
    ],
)
def test_one_other_word_may_be_another_event(told: str, new: str) -> None:
    assert not repeats(new, told)


@pytest.mark.parametrize(
    ("told", "again"),
    [
        (
            "Karsova launches air strikes on the port of Vesk as fuel runs short",
            "Karsovan air strikes hit port of Vesk amid fears of a wider war",
        ),
        (
            "Marenda buys 40% stake in two Osten gas fields",
            "Marenda acquires 40% stake in Osten gas fields: minister",
        ),
        (
            "Six rockets fired by Karsova fall on its own territory: Marenda army",
            "Karsova fired 6 rockets at its own territories, Marenda army",
        ),
    ],
)
def test_other_words_for_the_same_are_a_repetition(told: str, again: str) -> None:
    assert repeats(again, told)


@pytest.mark.parametrize(
    ("told", "new"),
    [
        ("Karsova to release crude from its reserves", "Karsova releases crude from its reserves"),
        (
            "Marenda launches strikes on Karsova’s northern ports",
            "Marenda launches fresh strikes on Karsova’s northern ports",
        ),
        ("Oil prices in Marenda rise on fears", "Oil prices in Marenda fall on fears"),
    ],
)
def test_what_was_done_again_or_turned_is_told(told: str, new: str) -> None:
    assert not repeats(new, told)


def test_a_story_of_several_events_has_statements_that_have_nothing_in_common() -> None:
    assert not is_akin("Council of Almery condemns the raid on Osten", TOLD)
    assert is_akin("Almery's council condemns the drone strike on a block of flats", TOLD)
