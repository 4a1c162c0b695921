"""Words that only look like a plan, a bound or another name leave a true bullet proved."""

from __future__ import annotations

import pytest

from summarizer.evidence.moods.pairing import pair
from summarizer.language.text import read, read_once
from tests.support.verdicts import assert_proved, assert_refused

TRUE = {
    "named to start will start": (
        "Reeve has been named to start in goal on Sunday.",
        "Reeve will start in goal on Sunday.",
    ),
    "a timetable's present is a future": (
        "Reeve starts ahead of Hale in Sunday's race.",
        "Reeve will start ahead of Hale in Sunday's race.",
    ),
    "one of an owner's things restricts the things": (
        "The heat from one of the stove's rings set fire to the kitchen of the hotel.",
        "The heat from the stove set fire to the kitchen of the hotel.",
    ),
    "what is considered so is held, not weighed": (
        "Bird flu was not deemed to be a threat to people until an outbreak in Almery.",
        "Bird flu was not considered a threat to people until an outbreak in Almery.",
    ),
    "who weighs a number weighs no plan": (
        "Hale is a slimline 15 stone and is training for a marathon in Almery.",
        "Hale weighs 15 stone and is training for a marathon in Almery.",
    ),
    "a bound with an adjective before its number": (
        "Clinics in Almery charge up to a shameful $2,700 for one eye.",
        "Clinics in Almery charge up to $2,700 for one eye.",
    ),
    "as long as is a condition": (
        "Hale says he would return to Dorn United as long as the club asks him.",
        "Hale says he would return to Dorn United if the club asks him.",
    ),
    "an article between a ban and its object": (
        "The Almery bill now includes bans on the killing of bulls and cows in its list.",
        "The Almery bill bans on killing of bulls and cows.",
    ),
    "a club by its coach": (
        "Vesk United are without Hale and Dorn for the final in Almery. Reeve is their coach.",
        "Reeve's side are without Hale and Dorn for the final in Almery.",
    ),
    "cancelled in another tense": (
        "Corrin Energy has cancelled the sale of the port of Almery.",
        "Corrin Energy cancels the sale of the port of Almery.",
    ),
    "cancelled in another spelling": (
        "Corrin Energy has cancelled the sale of the port of Almery.",
        "Corrin Energy has canceled the sale of the port of Almery.",
    ),
    "cancelled in another voice": (
        "Flights from Almery were cancelled by airlines after the storm.",
        "Airlines cancelled flights from Almery.",
    ),
}
FALSE = {
    "done is not ahead": (
        "Karsova opened the new port of Almery to grain ships.",
        "Karsova will open the new port of Almery to grain ships.",
    ),
    "a plan to start is no future": (
        "Karsova wants to start grain exports through Almery in May.",
        "Karsova will start grain exports through Almery in May.",
    ),
    "a plan that is considered": (
        "Ildria rejected the sale of the Almery port to Corrin Energy.",
        "Ildria considered the sale of the Almery port to Corrin Energy.",
    ),
    "as long as is dropped": (
        "Hale would return to Dorn United in May as long as the club asks him.",
        "Hale would return to Dorn United in May.",
    ),
    "a sale that was cancelled": (
        "Corrin Energy cancelled the sale of the port of Almery.",
        "Corrin Energy sold the port of Almery.",
    ),
    "another owner": (
        "Vesk's troops left the border town of Almery on Sunday. Ildria's troops stayed.",
        "Ildria's troops left the border town of Almery on Sunday.",
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_it_is_proved(name: str) -> None:
    source, bullet = TRUE[name]
    assert_proved(bullet, source)


@pytest.mark.parametrize("name", FALSE)
def test_it_is_refused(name: str) -> None:
    source, bullet = FALSE[name]
    assert_refused(bullet, source)


def test_words_in_a_row_stay_in_a_row() -> None:
    bullet = read_once("Dorn saw the staff")
    source = read("Dorn saw the staff wave at the crew before Reeve called the staff")
    found = pair(bullet, range(4), source, range(len(source.words)))
    assert found.to_source == {0: 0, 1: 1, 2: 2, 3: 3}
