"""What repeats a statement that was told, and what does not."""

from __future__ import annotations

import pytest

from summarizer.standing import repeats, shares_subject

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
        (
            "Marenda halts gas exports to Almery for 3 days, ministry says",
            "Marenda halts gas exports to Almery for 3 weeks, ministry says",
        ),
    ],
)
def test_one_other_word_may_be_another_event(told: str, new: str) -> None:
    assert not repeats(new, told)


@pytest.mark.parametrize(
    "text",
    [
        "Almery's council condemns the drone strike on a block of flats",
        "Police in Velmar arrest two brothers after days of search",
        "Three people hope that the governor listens",
        "Curfew declared",
    ],
    ids=["words", "a name", "words and a figure", "too short"],
)
def test_what_has_something_in_common_is_of_the_same_subject(text: str) -> None:
    assert shares_subject(text, f"Else\n{TOLD}")


@pytest.mark.parametrize(
    "text",
    [
        "Council of Almery condemns the raid on Osten",
        "People leave flats at Osten as water rises",
    ],
)
def test_a_story_of_several_events_has_statements_that_have_nothing_in_common(text: str) -> None:
    assert not shares_subject(text, TOLD)
