"""A word may weaken in one use and not in another: "may", "press", "planned", "or not"."""

from __future__ import annotations

import pytest

from tests.summarizer.evidence.moods import conditions, offices
from tests.support.verdicts import assert_proved, assert_refused

TRUE = {
    "whether or not": (
        "At this point it is not clear whether or not the ferry has hit the pier.",
        "It is not clear whether the ferry has hit the pier.",
    ),
    "a condition of a clause with which": (
        "Hale has six months to apply for a visa, which, if granted, will bring him to Almery.",
        "Hale has six months to apply for a visa.",
    ),
    "a press conference asks for nothing": (
        "Dorn explained at his press conference on Friday that Hale is not yet fit to play.",
        "Dorn said that Hale is not yet fit to play.",
    ),
    "a claim in another tense": (
        "Karsova claimed it controlled part of the largest refinery of Ildria on Sunday.",
        "Karsova claims it controlled part of the largest refinery of Ildria.",
    ),
    "the second of two futures": (
        "Mara Hale will join Dorn on the second row and will be looking for another win in Almery.",
        "Hale will be looking for another win in Almery.",
    ),
    "a press conference alone": (
        "The press conference, which Dorn United held on Monday, was short.",
        "The conference which Dorn United held was short.",
    ),
    "a press conference before a speaker": (
        "The press conference, reporters said, was short.",
        "The conference was short, reporters said.",
    ),
    "the press at the end": (
        "Mara Hale was questioned in Almery by the press.",
        "Hale was questioned by the press.",
    ),
}
FALSE = {
    "a verb that may": (
        "The port that they work in may close to grain ships from Ildria.",
        "The port that they work in closed to grain ships from Ildria.",
    ),
    "a condition in its own clause": (
        "Hale applied for a visa, which, if granted, will bring him to Almery.",
        "Hale applied for a visa, which will bring him to Almery.",
    ),
    "pressed to do": (
        "Karsova pressed Ildria to open the port of Almery to grain ships.",
        "Ildria opened the port of Almery to grain ships.",
    ),
    "ordered that": (
        "The order that Ildria close the port of Almery was read in court.",
        "Ildria closed the port of Almery, a court read.",
    ),
    "claimed it": (
        "Karsova claimed it controlled the largest refinery of Ildria on Sunday.",
        "Karsova controlled the largest refinery of Ildria on Sunday.",
    ),
    "one of two futures": (
        "The port of Almery may close in March and will reopen to grain ships in June.",
        "The port of Almery will close in March.",
    ),
    "not behind or": (
        "Hale will apologise or not play for Dorn United in the final.",
        "Hale will play for Dorn United in the final.",
    ),
    "both deny": (
        "Mara Hale and Ivo Reeve both deny murder of the guard.",
        "Mara Hale and Ivo Reeve murdered the guard.",
    ),
    "that stops": (
        "The court issued an order that stops deportation of Mara Hale.",
        "The court ordered deportation of Mara Hale.",
    ),
    "that prevents": (
        "Ildria signed a deal that prevents closure of the port.",
        "Ildria signed closure of the port.",
    ),
    "that denies": (
        "A report that denies torture of prisoners was published in Almery.",
        "A report of torture of prisoners was published in Almery.",
    ),
    "the order closes": (
        "The order closes the port of Almery to grain ships.",
        "The port of Almery closed to grain ships.",
    ),
    "planned there": (
        "Karsova opposes a US base planned there by 2027.",
        "Karsova opposes a US base there.",
    ),
    "proposed there": (
        "Karsova opposes a mine proposed there.",
        "Karsova opposes a mine there.",
    ),
    "or not, without whether": (
        "Hale will pay the fine or not, his lawyer said.",
        "Hale will pay the fine, his lawyer said.",
    ),
    "may, before an aside": (
        "The building they live in may, officials say, collapse on Thursday.",
        "The building they live in collapsed on Thursday.",
    ),
    "a denial by a way": (
        "A denial via radio that Hale stole the ferry came on Monday.",
        "Hale stole the ferry.",
    ),
    "a rumour campaign": (
        "A rumour campaign that Hale stole the ferry began on Monday.",
        "Hale stole the ferry.",
    ),
    "both demand": (
        "Mara Hale and Ivo Reeve both demand closure of the port.",
        "Mara Hale and Ivo Reeve closed the port.",
    ),
    "an order somebody obeys": (
        "An order police closed the port of Almery was read in court.",
        "Police closed the port of Almery.",
    ),
    "the demand for": (
        "The demand for the closure of the port angered Dorn.",
        "The closure of the port angered Dorn.",
    ),
    "the demand of a name": (
        "The demand Ildria be closed to grain ships was read in court.",
        "Ildria was closed to grain ships.",
    ),
    "an order closing": (
        "The order closing the port of Almery was read in court.",
        "The port of Almery was closed.",
    ),
    "a call issued": (
        "A call issued to close the port of Almery was read in court.",
        "The port of Almery closed.",
    ),
    "a requested resignation": (
        "The requested resignation of Ivo Reeve angered Dorn United on Monday.",
        "The resignation of Ivo Reeve angered Dorn United.",
    ),
    "a team to buy": (
        "Hale led a bid team to buy the port of Almery from Karsova.",
        "Hale bought the port of Almery from Karsova.",
    ),
    "a demand letter that": (
        "The demand letter that Karsova closed the port was read in court.",
        "Karsova closed the port.",
    ),
    "a press campaign that": (
        "A press campaign that Hale stole the ferry began on Monday.",
        "Hale stole the ferry.",
    ),
    "both press": (
        "Mara Hale and Ivo Reeve both press Karsova to close the port of Almery.",
        "Karsova closed the port of Almery.",
    ),
    "the press for": (
        "The press for closure of the port angered Dorn.",
        "Closure of the port angered Dorn.",
    ),
    "a call opening": (
        "A call opening the port of Almery to grain ships was read in court.",
        "Opening the port of Almery to grain ships was read in court.",
    ),
    "both press a club": (
        "Mara Hale and Ivo Reeve both press Dorn United to close the port.",
        "Dorn United closed the port.",
    ),
    "may, before another clause": (
        "Karsova may shut the port, and grain ships left Almery on Monday.",
        "Karsova shut the port.",
    ),
}


PROVED = [
    pytest.param(*pair, id=name)
    for cases in (TRUE, conditions.TRUE, offices.TRUE)
    for name, pair in cases.items()
]
REFUSED = [
    pytest.param(*pair, id=name)
    for cases in (FALSE, conditions.FALSE, offices.FALSE)
    for name, pair in cases.items()
]


@pytest.mark.parametrize(("source", "bullet"), PROVED)
def test_the_use_that_weakens_nothing_is_proved(source: str, bullet: str) -> None:
    assert_proved(bullet, source)


@pytest.mark.parametrize(("source", "bullet"), REFUSED)
def test_the_use_that_weakens_is_refused(source: str, bullet: str) -> None:
    assert_refused(bullet, source)
