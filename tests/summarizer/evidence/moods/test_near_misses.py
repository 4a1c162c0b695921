"""What is like a difference that may pass, such as "as if" left out, and changes what is said."""

from __future__ import annotations

import pytest

from tests.support.verdicts import assert_proved, assert_refused

PROVED = {
    "how something was done": (
        "Dorn smiled at the cameras in Vesk as if he had won the vote.",
        "Dorn smiled at the cameras in Vesk.",
    ),
    "a rank behind a noun": (
        "The fire at platform no 4 in Almery killed three people.",
        "The fire at platform no 4 killed three people.",
    ),
    "a rank that somebody works as": (
        "Hale was working as no 2 under Dorn in Almery when the coach left.",
        "Hale had been working as no 2 under Dorn in Almery.",
    ),
    "things found that do something": (
        "Police found weapons that were hidden in a barn near Vesk.",
        "Weapons were hidden in a barn near Vesk.",
    ),
    "a rank that opens the sentence": (
        "Hale, the No 7 seed, lost to Dorn in Almery on Sunday.",
        "No 7 seed Hale lost to Dorn in Almery on Sunday.",
    ),
    "a place that something is lifted up to": (
        "The win lifted Almery up to third in the table on Sunday.",
        "The win lifted Almery to third in the table on Sunday.",
    ),
    "told to do something is no claim": (
        "Told to leave the house in Vesk, Dorn shot at two policemen.",
        "Dorn shot at two policemen.",
    ),
    "claims against somebody are no claim": (
        "Claims against Dorn were dropped by the court in Almery on Monday.",
        "The court in Almery dropped claims against Dorn on Monday.",
    ),
    "notes of a bank are no claim": (
        "Notes and coins worth 3,000 crowns were stolen from a museum in Vesk.",
        "Coins worth 3,000 crowns were stolen from a museum in Vesk.",
    ),
    "what somebody has admitted of himself": (
        "The bank has admitted that it had lent too much to Dorn in May.",
        "The bank lent too much to Dorn in May.",
    ),
    "the number of what was counted with a unit": (
        "A ship brought more than 300 tons of flour to Vesk. The 310 tons of flour will last.",
        "A ship brought 310 tons of flour to Vesk.",
    ),
    "attributes of a noun may go": (
        "The central bank of Karsova raised its main interest rate to 7 percent on Thursday.",
        "The central bank raised its rate to 7 percent.",
    ),
    "a whole phrase beside another may go": (
        "Prime Minister Mara Hale announced a tax cut for small farmers in a speech in Vesk.",
        "Hale announced a tax cut in Vesk.",
    ),
}
REFUSED = {
    "what something is likened to": (
        "The mayor spoke in Almery on Sunday as if the bridge was safe.",
        "The mayor spoke in Almery: the bridge was safe.",
    ),
    "what would be if": (
        "Karsova would be punished as if it had broken the treaty with Ildria.",
        "Karsova broke the treaty with Ildria.",
    ),
    "only as, added": (
        "The port serves as a naval base for Karsova.",
        "The port serves only as a naval base for Karsova.",
    ),
    "only as soon as": (
        "The port of Almery will reopen only as soon as the mines are removed.",
        "The port of Almery will reopen.",
    ),
    "no before a number with a unit": (
        "Ildria fired no 155mm shells at Vesk on Friday.",
        "Ildria fired 155mm shells at Vesk on Friday.",
    ),
    "no before a number, added": (
        "The road has a 50 km/h limit near the school in Almery.",
        "The road has no 50 km/h limit near the school in Almery.",
    ),
    "no before a number in words behind a verb": (
        "There are no 100 per cent safe reactors in Halvern.",
        "There are 100 per cent safe reactors in Halvern.",
    ),
    "no before a year": (
        "Karsova held a 2026 election despite the war with Ildria.",
        "Karsova held no 2026 election despite the war with Ildria.",
    ),
    "an article for no": (
        "There will be no 2027 election in Karsova, the council said.",
        "There will be a 2027 election in Karsova, the council said.",
    ),
    "up to behind the object of take": (
        "Checks at the border take drivers up to 64 minutes.",
        "Checks at the border take drivers 64 minutes.",
    ),
    "up to behind the object of take, of points": (
        "The court takes drivers up to 12 points from their licence.",
        "The court takes drivers 12 points from their licence.",
    ),
    "up to behind the object of send": (
        "Karsova sent Vesk up to 300 soldiers on Monday.",
        "Karsova sent Vesk 300 soldiers on Monday.",
    ),
    "will be expected is not was expected": (
        "Staff in Almery will be expected to work on Sundays from May.",
        "Staff in Almery were expected to work on Sundays from May.",
    ),
    "will predict": (
        "The bank will predict a loss for the spring on Friday.",
        "The bank predicted a loss for the spring on Friday.",
    ),
    "will be scheduled": (
        "The trial will be scheduled for autumn, Reeve said.",
        "The trial is scheduled for autumn, Reeve said.",
    ),
    "what somebody asked is no condition": (
        "Hale wondered if the reactor is safe and would not go near it.",
        "Hale would not go near it if the reactor was safe.",
    ),
    "claims of a bank name no speaker": (
        "Hale said the claims of the bank were paid in full on Sunday.",
        "Claims of the bank were paid in full on Sunday.",
    ),
    "told that is not says that": (
        "Hale claimed that Reeve had the judge followed in Vesk.",
        "Told that Reeve had the judge followed in Vesk.",
    ),
    "a lawyer believes": (
        "Hale's lawyer said he believed that Dorn forged the will of the king.",
        "Hale believes that Dorn forged the will of the king.",
    ),
    "a daughter believes": (
        "The daughter of Reeve said she believed the army killed her brother in Vesk.",
        "Reeve believed the army killed her brother in Vesk.",
    ),
    "what somebody admits of another": (
        "Hale admitted that Dorn stole the money of the bank in Vesk.",
        "Dorn stole the money of the bank in Vesk.",
    ),
    "what somebody never admitted": (
        "Reeve has never admitted that he used the bank's money to buy a house.",
        "Reeve used the bank's money to buy a house.",
    ),
    "what somebody allegedly admitted": (
        "Reeve allegedly admitted that he took 30,000 crowns from the port firm.",
        "Reeve took 30,000 crowns from the port firm.",
    ),
    "what somebody almost admitted": (
        "Hale almost admitted that he took the money of the club.",
        "Hale took the money of the club.",
    ),
    "what somebody admits that he was told": (
        "Hale admitted he was told that the mayor of Vesk took bribes.",
        "The mayor of Vesk took bribes.",
    ),
    "what others say that somebody admitted": (
        "Police say that Hale admitted he took the money of the club.",
        "Hale took the money of the club.",
    ),
    "what researchers found of those who do something": (
        "Researchers found children who eat fish were taller.",
        "Children who eat fish were taller.",
    ),
    "what a study found of those after something": (
        "The study found workers after the strike were threatened by guards in Vesk.",
        "Workers after the strike were threatened by guards in Vesk.",
    ),
    "what somebody says of those who do something": (
        "Hale said soldiers who fled the town burned the mill in Vesk.",
        "Soldiers who fled the town burned the mill in Vesk.",
    ),
    "what a report found of things that do something": (
        "The report found schools that closed in May lost a third of their pupils.",
        "Schools that closed in May lost a third of their pupils.",
    ),
    "what somebody says of those after something": (
        "Ildria says troops after the truce killed 30 farmers near Vesk.",
        "Troops after the truce killed 30 farmers near Vesk.",
    ),
    "what somebody says, with a capital": (
        "Hale says The bank in Vesk was robbed by Dorn.",
        "The bank in Vesk was robbed by Dorn.",
    ),
    "the other half of the day": (
        "Hale was arrested at 12:15am in Vesk. Dorn left at 12:15pm.",
        "Hale was arrested at 12:15pm in Vesk.",
    ),
    "another unit": (
        "The gang sold 50g of gold and 50kg of silver in Vesk.",
        "The gang sold 50kg of gold in Vesk.",
    ),
    "a number of something else behind a bound": (
        "More than 100 people died in Almery. The storm ruined 105 houses.",
        "105 people died in Almery.",
    ),
    "a number of another time behind a bound": (
        "More than 100 migrants came to Almery on Sunday. In May it was 108.",
        "108 migrants came to Almery on Sunday.",
    ),
    "some for none of those counted": (
        "Zero of 30 tests found the virus in Vesk.",
        "Some tests found the virus in Vesk.",
    ),
    "some for one": (
        "Only 1 worker was hurt at the port of Almery.",
        "Some workers were hurt at the port of Almery.",
    ),
    "only some for all": (
        "All 30 workers of the mine in Halvern were saved on Sunday.",
        "Only some workers of the mine in Halvern were saved on Sunday.",
    ),
    "some of those that were all": (
        "Some 30 people were hurt in Vesk on Sunday.",
        "Some of the 30 people were hurt in Vesk on Sunday.",
    ),
}


@pytest.mark.parametrize("name", PROVED)
def test_it_is_proved(name: str) -> None:
    source, bullet = PROVED[name]
    assert_proved(bullet, source)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name: str) -> None:
    source, bullet = REFUSED[name]
    assert_refused(bullet, source)


@pytest.mark.parametrize(
    "heading",
    [
        "Not true",
        "Not confirmed",
        "Never happened",
        "No evidence",
        "False",
        "Rumour",
        "Claim",
        "Hoax",
        "Fake",
        "Unconfirmed",
        "Opinion",
    ],
)
def test_a_heading_that_does_not_vouch_stays_before_its_colon(heading: str) -> None:
    said = "Hale took money from the port firm in Almery."
    assert_refused(said, f"{heading}: {said}")


def test_a_heading_that_does_not_vouch_stays_where_the_order_changes() -> None:
    source = "Disputed: Reeve sold the port of Vesk to Ildria in May."
    assert_refused("In May Reeve sold the port of Vesk to Ildria.", source)


@pytest.mark.parametrize("heading", ["Weather", "Claim settled", "Murder suspect"])
def test_another_heading_may_go(heading: str) -> None:
    said = "Snow fell on the port of Vesk on Sunday."
    assert_proved(said, f"{heading}: {said}")
