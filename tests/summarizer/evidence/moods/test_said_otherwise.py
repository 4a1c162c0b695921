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
    "some of those that are counted": (
        "The gunman led three dozen police officers through the streets of Almery on Sunday.",
        "The gunman led some officers through the streets of Almery on Sunday.",
    ),
    "what will be expected is expected": (
        "Hale will be expected to start against Dorn United in Almery on Sunday.",
        "Hale is expected to start against Dorn United in Almery on Sunday.",
    ),
    "as if is no condition": (
        "The guard rose to his feet in the square of Almery as if nothing had happened.",
        "The guard rose to his feet in the square of Almery.",
    ),
    "named only as is named as": (
        "The witness, identified only as Dorn, said the rebels held the port of Almery.",
        "The witness, identified as Dorn, said the rebels held the port of Almery.",
    ),
    "no before a number is no denial": (
        "Hale fought back to beat Dorn in the final in Almery on Sunday. The world No 1 is tired.",
        "World no 1 Hale beat Dorn in the final in Almery on Sunday.",
    ),
    "where something is moved up to is no bound": (
        "The goal moved Almery up to 64 points from 32 games on Sunday.",
        "The goal moved Almery to 64 points from 32 games on Sunday.",
    ),
    "what was behind if is not past": (
        "Hale says he would consider a return to Almery if it is at the right club.",
        "Hale says he would consider a return to Almery if it was at the right club.",
    ),
    "says without its subject": (
        "She said: 'I work out 45 minutes a day, six days a week, in Almery.'",
        "Says she works out 45 minutes a day, six days a week, in Almery.",
    ),
    "said they believed is believe": (
        "Officials in Almery said they believed that Hale left the hospital on Sunday.",
        "Officials in Almery believe that Hale left the hospital on Sunday.",
    ),
    "what somebody admits": (
        "Reeve admitted that he used the bank's money to buy a house in Almery.",
        "Reeve used the bank's money to buy a house in Almery.",
    ),
    "a thing that was found is no claim": (
        "The team this week also found possessions in the field after the plane fell near Almery.",
        "Also discovered possessions in the field after the plane fell near Almery.",
    ),
    "a caption without a full stop": (
        "Hale waits for the vote in deep thought The mayor joked with traders in Almery on Sunday.",
        "The mayor joked with traders in Almery on Sunday.",
    ),
    "a quotation that was written in tokens": (
        '"We don\'t want a war with Ildria," Hale said in Almery on Sunday.',
        '"We do n\'t want a war with Ildria," Hale said in Almery on Sunday.',
    ),
    "a unit without a space": (
        "Hale was arrested at 12:30 am on Friday on a street in Almery.",
        "Hale was arrested at 12:30am on Friday on a street in Almery.",
    ),
    "the number behind a bound": (
        "A boat brought more than 100 migrants from Vesk to Almery. The 105 migrants are safe.",
        "A boat brought 105 migrants from Vesk to Almery.",
    ),
}
FALSE = {
    "what will be so is not yet": (
        "The port of Almery will be closed to grain ships.",
        "The port of Almery is closed to grain ships.",
    ),
    "what somebody claims": (
        "Reeve claimed that Dorn used the bank's money to buy a house in Almery.",
        "Dorn used the bank's money to buy a house in Almery.",
    ),
    "up to behind the object of a verb is a bound": (
        "The navy of Almery sent Vesk up to 50 boats after the storm.",
        "The navy of Almery sent Vesk 50 boats after the storm.",
    ),
    "up to behind a verb is a bound": (
        "Repairs in the port of Almery take up to 30 days after a storm.",
        "Repairs in the port of Almery take 30 days after a storm.",
    ),
    "another time": (
        "Hale was arrested at 12:30 am on Friday on a street in Almery. Dorn left at 12:40 am.",
        "Hale was arrested at 12:40am on Friday on a street in Almery.",
    ),
    "a number far beyond a bound": (
        "A boat brought more than 100 migrants from Vesk to Almery. 135 people met them.",
        "A boat brought 135 migrants from Vesk to Almery.",
    ),
    "another year": (
        "Exports of Almery rose in 2025 over 2024.",
        "Exports of Almery rose in 2025 over 2025.",
    ),
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
