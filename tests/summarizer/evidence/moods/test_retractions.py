"""A piece of a sentence is no proof where the rest takes it back, and is one where it does not."""

from __future__ import annotations

import pytest

from tests.support.verdicts import assert_proved, assert_refused

TAKEN_BACK = [
    ("The ministry reported 4,000 new jobs", ", a figure auditors later rejected."),
    ("Corrin Energy signed a deal to buy the field", ", which collapsed a week later."),
    ("The mayor said the bridge was safe", " before withdrawing the statement."),
    ("Ildria closed the strait on Monday", ", only to reopen it hours later."),
    ("The two sides agreed a truce on Sunday", " that fell apart by nightfall."),
    ("Dorn was named head of the bank", ", though the appointment was annulled in May."),
    ("The company announced a merger with Pela Foods", " that never went ahead."),
    ("Reeve was convicted of bribery in 2019", ", a verdict overturned last year."),
    ("Officials put the number of dead at 300", " and then walked the figure back."),
    ("The bank raised rates to 9%", ", then reversed the move a day later."),
    ("The lab announced a vaccine", ", a result other teams could not reproduce."),
    ("The union called a strike for Monday", ", which was called off on Sunday night."),
    ("The ship's owner said the crew was safe", ", which proved wrong."),
    ("The agency said output rose 12%", ", a number it has disowned."),
    ("Hale confessed to the killing", " but recanted in court."),
    ("The council banned cars from the centre", ", a ban judges blocked."),
    ("Rebels said they had shot down a jet", ", something the army says never happened."),
    ("The navy said the submarine had been found", ", a false alarm."),
]
KEPT = [
    ("The ministry reported 4,000 new jobs", ", a figure that beat forecasts."),
    ("The court rejected Amberline's appeal", ", which the company had filed in May."),
    ("Corrin Energy bought the field", " after an earlier deal collapsed."),
    ("The mayor resigned", " before the council withdrew its support."),
    ("Police arrested two men in Halvern", ", who denied the charges."),
    ("Judges overturned the ban on cars", ", a ruling the government called wrong."),
    ("The bank raised rates to 9%", ", reversing two years of cuts."),
    ("The regulator approved the drug", ", which had been rejected twice before."),
    ("The army retook Almery", ", a town it had abandoned in 2014."),
    ("Parliament passed the budget on Friday", ", a vote that ends weeks of false starts."),
    ("Marenda asked for a new inquiry", ", an offer Ildria rejected."),
    ("Corrin Air resumed its flights to Vesk", " but cancelled those to Harran."),
    ("Amberline sold its stake in Corrin Energy", ", which collapsed in May."),
    ("The company opened roads to the mine", " that were blocked by snow."),
    ("Dorn joined Corrin Energy", ", a firm that dropped coal in May."),
]


@pytest.mark.parametrize(("piece", "rest"), TAKEN_BACK)
def test_a_piece_that_is_taken_back_is_refused(piece: str, rest: str) -> None:
    assert_proved(f"{piece}{rest}", f"{piece}{rest}")
    assert_refused(f"{piece}.", f"{piece}{rest} Markets were calm.", reason="leaves that out")


@pytest.mark.parametrize(("piece", "rest"), KEPT)
def test_a_piece_that_stands_is_proved(piece: str, rest: str) -> None:
    assert_proved(f"{piece}.", f"{piece}{rest} Markets were calm.")
