"""Who does what to whom: a claim that turns it round is not proved, one that rewords it is."""

from __future__ import annotations

import pytest

from summarizer.evidence.checker import check
from tests.support.verdicts import assert_proved, assert_refused

VERBS = (
    *("attacked", "invaded", "sued", "accused", "warned", "bombed", "threatened", "defeated"),
    *("criticised", "blamed", "overtook", "rejected", "helped", "shelled", "bought", "backed"),
)
PAIRS = (
    ("Norway", "Chile"),
    ("Corrin Energy", "Amberline Gas"),
    ("Mira Hale", "Pavel Dorn"),
    ("Rebels", "soldiers"),
    ("The army", "the protesters"),
)


def source(doer: str, verb: str, other: str) -> str:
    return (
        f"{doer} {verb} {other} on Monday after weeks of dispute over the pipeline in Vesk. "
        "The price of gas rose by 4 percent in Almery, and the minister spoke of a dark day."
    )


def large(text: str) -> str:
    return text[0].upper() + text[1:]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_an_active_turned_round_is_not_proved(one: str, other: str, verb: str) -> None:
    turned = f"{large(other)} {verb} {one} on Monday after weeks of dispute over the pipeline."
    assert_refused(turned, source(one, verb, other), reason="other way round")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_same_told_shorter_is_proved(one: str, other: str, verb: str) -> None:
    straight = f"{one} {verb} {other} on Monday after weeks of dispute."
    assert_proved(straight, source(one, verb, other))


TURNED = {
    "a passive that keeps the order": (
        "Norway attacked Chile on Monday, the ministry said.",
        "Norway was attacked by Chile on Monday, the ministry said.",
    ),
    "an active that keeps the order of a passive": (
        "Two soldiers were shot by rebels near Vesk on Monday, police said.",
        "Two soldiers shot rebels near Vesk on Monday, police said.",
    ),
    "two passives": (
        "Norway was attacked by Chile on Monday, the ministry said.",
        "Chile was attacked by Norway on Monday, the ministry said.",
    ),
    "the perfect": (
        "Corrin Energy has sued Amberline over the leak, a court in Vesk said.",
        "Amberline has sued Corrin Energy over the leak, a court in Vesk said.",
    ),
    "what is to come": (
        "Norway will pay Chile $3 billion for the pipeline, the ministry said.",
        "Chile will pay Norway $3 billion for the pipeline, the ministry said.",
    ),
    "an infinitive": (
        "Norway threatened to attack Chile over the gas field on Monday.",
        "Chile threatened to attack Norway over the gas field on Monday.",
    ),
    "with a preposition": (
        "Norway sold 40 tanks to Chile last year for $90 million.",
        "Chile sold 40 tanks to Norway last year for $90 million.",
    ),
    "who spoke": (
        "Hale said Dorn would resign over the leak in Vesk.",
        "Dorn said Hale would resign over the leak in Vesk.",
    ),
    "who told whom": (
        "Mira Hale told Pavel Dorn to resign over the leak in Vesk.",
        "Pavel Dorn told Mira Hale to resign over the leak in Vesk.",
    ),
    "over an aside": (
        "Norway, which has the larger fleet, attacked Chile near the strait on Monday.",
        "Chile, which has the larger fleet, attacked Norway near the strait on Monday.",
    ),
    "an attack on": (
        "The Norwegian attack on Chile killed 24 people on Monday, officials said.",
        "The Chilean attack on Norway killed 24 people on Monday, officials said.",
    ),
    "peoples for states": (
        "Norwegian troops captured a Chilean ship near the strait on Monday.",
        "Chilean troops captured a Norwegian ship near the strait on Monday.",
    ),
    "a relative clause": (
        "Rebels who shot two soldiers near Vesk fled across the border on Monday.",
        "Soldiers who shot two rebels near Vesk fled across the border on Monday.",
    ),
}


@pytest.mark.parametrize("name", TURNED)
def test_what_is_turned_round_in_other_ways_is_not_proved(name: str) -> None:
    known, said = TURNED[name]
    assert_proved(known, known)
    assert_refused(said, known)
    assert_proved(said, said)


EXCHANGED = {
    "two persons": "Mira Hale, the mayor of Vesk, will meet voters in Almery on Monday, Dorn said.",
    "two towns": "Dorn, the mayor of Almery, will meet voters in Vesk on Monday, Mira Hale said.",
    "a town and a day": "Dorn, the mayor of Monday, will meet voters in Almery on Vesk, Hale said.",
}


@pytest.mark.parametrize("name", EXCHANGED)
def test_names_in_one_another_s_place_are_not_proved(name: str) -> None:
    known = "Dorn, the mayor of Vesk, will meet voters in Almery on Monday, Mira Hale said."
    assert_refused(EXCHANGED[name], known, reason="have changed places")


KEPT = {
    "a list in another order": (
        "Mira Hale and Pavel Dorn will speak to the voters of Vesk on Monday evening.",
        "Pavel Dorn and Mira Hale will speak to the voters of Vesk on Monday evening.",
    ),
    "an active made passive": (
        "Norway attacked Chile on Monday, the ministry said.",
        "Chile was attacked by Norway on Monday, the ministry said.",
    ),
    "a passive made active": (
        "Two soldiers were shot by rebels near Vesk on Monday, police said.",
        "Rebels shot two soldiers near Vesk on Monday, police said.",
    ),
    "two who met": (
        "Mira Hale met Pavel Dorn in Vesk on Monday to talk about gas.",
        "Pavel Dorn met Mira Hale in Vesk on Monday to talk about gas.",
    ),
    "both directions told": (
        "Norway attacked Chile on Monday, and Chile attacked Norway on Tuesday.",
        "Chile attacked Norway on Tuesday.",
    ),
    "a capital in other order": (
        "Vesk, on the coast, is the capital of Karsova and by far its largest city.",
        "Karsova's capital and by far its largest city is Vesk, on the coast.",
    ),
    "a time before the doer": (
        "Mira Hale accused Pavel Dorn of theft after the vote on Monday.",
        "After the vote on Monday, Mira Hale accused Pavel Dorn of theft.",
    ),
    "a place moved": (
        "Police in Vesk arrested three men from Almery on Monday.",
        "Three men from Almery were arrested by police in Vesk on Monday.",
    ),
    "a shorter name": (
        "Energy minister Mira Hale accused Pavel Dorn of the theft of gas in Vesk on Monday.",
        "Hale accused Dorn of the theft of gas in Vesk on Monday.",
    ),
    "two of one title, in the passive": (
        "Ildrian President Tom Reeve has invited Karsovan President Jan Dorn to Almery for talks.",
        (
            "Karsovan President Jan Dorn has been invited by Ildrian President Tom Reeve to Almery "
            "for talks."
        ),
    ),
    "an inverted speech": (
        '"Dorn must resign over the leak in Vesk," said Hale on Monday.',
        "Hale said Dorn must resign over the leak in Vesk.",
    ),
}


def test_a_title_that_both_have_does_not_hide_who_did_it() -> None:
    known = (
        "Ildrian President Tom Reeve has invited Karsovan President Jan Dorn to Almery for talks."
    )
    said = (
        "Karsovan President Jan Dorn has invited Ildrian President Tom Reeve to Almery for talks."
    )
    assert_refused(said, known, reason="other way round")


@pytest.mark.parametrize("name", KEPT)
def test_a_true_paraphrase_is_proved(name: str) -> None:
    known, said = KEPT[name]
    verdict = check(said, [known])
    assert "other way round" not in verdict.reason
    assert verdict.proved, verdict.reason


NAMES = (
    "Barack Jones of Vesk and the baker John Smith, 61, met the judge Ann B. Lee in Almery. "
    "Bill and Ona Reeve were there. The Corrin Bay terminal is run by Amberline Gas."
)


@pytest.mark.parametrize(
    "name", ["Barack Smith", "John Jones", "Ann Jones", "Corrin Gas", "Amberline Bay"]
)
def test_a_name_put_together_from_two_is_not_proved(name: str) -> None:
    assert_refused(f"The judge met {name} in Almery.", NAMES, reason="put together from")


@pytest.mark.parametrize(
    "name", ["Barack Jones", "Ann Lee", "Bill Reeve", "Ona Reeve", "Mr Smith", "Corrin Bay"]
)
def test_a_name_as_it_stands_or_its_surname_is_not_said_to_be_put_together(name: str) -> None:
    assert "put together from" not in check(f"The judge met {name} in Almery.", [NAMES]).reason


@pytest.mark.parametrize(
    ("said", "proved"),
    [
        ("The dam at Vesk broke on 3 March 2019, killing 12 people.", True),
        ("The dam at Vesk broke on 3 March, killing 12 people.", True),
        ("The dam at Vesk broke on 3 March 2024, killing 12 people.", False),
        ("Repairs of the dam at Vesk began in May 2019.", False),
        ("Repairs of the dam at Vesk began in May.", True),
    ],
)
def test_the_year_of_a_day_stands_in_its_own_sentence(said: str, proved: bool) -> None:
    source = (
        "In 2019 the dam at Vesk broke on March 3, killing 12 people. Repairs of the dam at Vesk "
        "began in May. A court fined its owner in 2024."
    )
    assert check(said, [source]).proved is proved
