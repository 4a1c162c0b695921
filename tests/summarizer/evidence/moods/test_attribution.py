"""A claim keeps its speaker, and its "is" or "was" where nobody tells it in the past."""

from __future__ import annotations

import pytest

from tests.support.verdicts import assert_proved, assert_refused

FALSE = {
    "a claim that quotes another's claim": (
        (
            "He also said that Karsova has created a false media story, claiming that Ildria "
            "launched drone strikes and rocket attacks across the border."
        ),
        (
            "Karsova has created a false media story, claiming that Ildria launched drone strikes "
            "and rocket attacks across the border."
        ),
    ),
    "a speaker of whom an owner is named": (
        (
            "Ferrels' Tom Hale said the company already worked with the town, but wanted to do "
            "more to help the families."
        ),
        "The company already worked with the town, but wanted to do more to help the families.",
    ),
    "unnamed sources of a hospital": (
        "According to hospital sources, all clinics in the capital will remain on high alert.",
        "All clinics in the capital will remain on high alert.",
    ),
    "past for present, as an outlet reports": (
        (
            "Ildria is offering crude oil on the spot market after the closure of the strait, the "
            "Almery Post reports."
        ),
        (
            "Ildria was offering crude oil on the spot market after the closure of the strait, the "
            "Almery Post reports."
        ),
    ),
    "past for present, as the mayor says": (
        "The mayor says the bridge is safe for buses and trams.",
        "The mayor says the bridge was safe for buses and trams.",
    ),
    "present for past, according to somebody": (
        "Mayor Hale was working as a driver in Vesk, according to his family.",
        "Mayor Hale is working as a driver in Vesk, according to his family.",
    ),
    "past for present, as the mayor says amid the claim": (
        "The bridge, the mayor says, is safe for buses and trams.",
        "The bridge, the mayor says, was safe for buses and trams.",
    ),
    "another speaker amid the claim": (
        "Nurses said the ward was closed on Friday and nine patients were moved to Almery.",
        "The ward was closed on Friday, said drivers, and nine patients were moved to Almery.",
    ),
    "past for present beside a noun that looks like a verb of saying": (
        "Hale says the warning was vague and the tunnel is unsafe for trains.",
        "Hale says the warning was vague and the tunnel was unsafe for trains.",
    ),
    "past for present behind a participle of saying": (
        "The mill says the reported fall in sales is a mistake of its clerks.",
        "The mill says the reported fall in sales was a mistake of its clerks.",
    ),
    "past for present in what is said since": (
        "Brandt, who told police that the ferry had sunk, says the pier is open to visitors.",
        "Brandt, who told police that the ferry had sunk, says the pier was open to visitors.",
    ),
}
TRUE = {
    "past for present in what somebody assured others of": (
        "Brandt says the ferry is ready to sail to Almery in April after the repairs.",
        (
            "Brandt assured passengers that the ferry was ready to sail to Almery in April after "
            "the repairs."
        ),
    ),
    "past for present in what somebody posted": (
        "Brandt says the ferry is ready to sail to Almery in April after the repairs.",
        "Brandt posted on X that the ferry was ready to sail to Almery in April after the repairs.",
    ),
    "a speaker amid the claim": (
        "Nurses said the ward was closed on Friday and nine patients were moved to Almery.",
        "The ward was closed on Friday, said nurses, and nine patients were moved to Almery.",
    ),
    "a speaker amid the claim, by according to": (
        "Nurses said the ward was closed on Friday and nine patients were moved to Almery.",
        (
            "The ward was closed on Friday, according to nurses, and nine patients were moved to "
            "Almery."
        ),
    ),
    "past for present in what is told amid two claims": (
        "The mayor says the bridge is safe for buses and the road is open to cars.",
        "The bridge was safe for buses, the mayor said, and the road was open to cars.",
    ),
    "an outlet left out before a speaker": (
        "According to the Almery Post, the ministry said the two bridges were closed on Monday.",
        "The ministry said the two bridges were closed on Monday.",
    ),
    "an outlet left out behind a speaker": (
        "The navy said the strait was open to tankers on Monday, the Almery Post reported.",
        "The navy said the strait was open to tankers on Monday.",
    ),
    "a speech told and quoted": (
        "Minister Hale spoke on Monday, saying that the port will stay open through the winter.",
        "Minister Hale spoke on Monday, saying that the port will stay open through winter.",
    ),
    "a second claim alone, with its speaker": (
        (
            "The ministry's head said the ward opened too early, and the mayor said nine nurses of "
            "the ward were ill on Monday."
        ),
        "The mayor said nine nurses of the ward were ill on Monday.",
    ),
    "the staff of a hospital": (
        "Hospital staff said that nine people were treated for burns after the fire at the depot.",
        "Nine people were treated for burns after the fire at the depot.",
    ),
    "present for past in what was said": (
        "Dr Fan added that it was possible that other species of owl live in the Vesk hills.",
        "Dr Fan added that it is possible that other species of owl live in the Vesk hills.",
    ),
    "past for present in what is now said to have been said": (
        "The mayor says the bridge is safe for buses and trams.",
        "The mayor said the bridge was safe for buses and trams.",
    ),
    "present for past in what somebody says that he was told": (
        "Hale says he was told that he was as vital to the Rovers as Reeve was to the United.",
        "Hale says he was told that he was as vital to the Rovers as Reeve is to the United.",
    ),
    "an owner in a quotation": (
        "'We leave on Monday,' said the Ferrels' owner, Tom Hale, of the move to the north.",
        "Ferrels' owner Tom Hale said of the move to the north: 'We leave on Monday.'",
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_claim_without_its_speaker_or_its_time_is_refused(name: str) -> None:
    source, bullet = FALSE[name]
    assert_refused(bullet, source)


@pytest.mark.parametrize("name", TRUE)
def test_a_claim_that_still_has_a_speaker_or_needs_none_is_proved(name: str) -> None:
    source, bullet = TRUE[name]
    assert_proved(bullet, source)
