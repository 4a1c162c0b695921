"""One word that turns a sentence of the source round is refused, whatever the rest is worth."""

from __future__ import annotations

import pytest

from summarizer.evidence.checker import check
from tests.support.verdicts import assert_proved, assert_refused

REVERSED = {
    "down for up": ("rose", "fell", "Sales of grain at the port of Vesk rose by 4 percent in May."),
    "no for yes": ("approved", "rejected", "The council in Almery approved the new tram line."),
    "against for for": ("for", "against", "All nine members from Almery voted for the tram line."),
    "after for before": ("before", "after", "Lund left the capital before the vote on the budget."),
    "denied for said": ("said", "denied", "Lund said that the reactor in Halvern leaked in May."),
    "said for denied": ("denied", "said", "Lund denied that the reactor in Halvern leaked in May."),
    "denied for confirmed": (
        "confirmed",
        "denied",
        "The ministry in Vesk confirmed the loss of two patrol boats.",
    ),
    "allowed for banned": ("banned", "allowed", "Marenda banned all exports of grain on Monday."),
    "down for an increase": (
        "increase",
        "decrease",
        "The bank in Almery expects an increase in lending next year.",
    ),
    "a word with a small one beside it": (
        "lost to",
        "beat",
        "The harbour team lost to the students of Merrowby on Sunday evening.",
    ),
    "a not left out": ("not ", "", "The council in Almery has not approved the new tram line."),
    "a contracted not left out": ("didn't", "did", "Marenda didn't sign the treaty on Monday."),
}
KEPT = {
    "a word of the same meaning": (
        "Sales of grain at the port of Vesk rose by 4 percent in May.",
        "Sales of grain at the port of Vesk climbed by 4 percent in May.",
    ),
    "another word for saying": (
        "Lund said that the reactor in Halvern leaked in May.",
        "Lund confirmed that the reactor in Halvern leaked in May.",
    ),
    "an aside left out": (
        "The council in Almery, which has not met since May, approved a tram line for $90 million.",
        "The council in Almery approved a tram line for $90 million.",
    ),
    "not only": (
        "The storm flooded not only the harbour of Vesk but also the old market on Monday.",
        "The storm flooded the harbour of Vesk but also the old market on Monday.",
    ),
    "a heading before the sentence": (
        "Not happy: Traders in Almery say Hale took their money and left the port on Sunday.",
        "Traders in Almery say Hale took their money and left the port on Sunday.",
    ),
    "no doubt": (
        "Lund said there was no doubt that the reactor in Halvern leaked in May.",
        "Lund said that the reactor in Halvern leaked in May.",
    ),
}


@pytest.mark.parametrize("name", REVERSED)
def test_one_word_that_says_the_contrary_is_refused(name: str) -> None:
    told, said, source = REVERSED[name]
    assert_proved(source, source)
    verdict = check(source.replace(told, said), [source])
    assert not verdict.proved
    assert verdict.score < 0.5
    assert "the source says" in verdict.reason


@pytest.mark.parametrize("name", KEPT)
def test_a_word_that_does_not_turn_the_sentence_is_no_reversal(name: str) -> None:
    source, said = KEPT[name]
    assert_proved(said, source)


@pytest.mark.parametrize(
    "heading", ["Not true", "Never happened", "Not proven", "No evidence", "Not guilty", "No"]
)
def test_a_heading_that_takes_back_its_sentence_is_not_left_out(heading: str) -> None:
    said = "Hale left the port of Vesk on Sunday."
    assert_refused(said, f"{heading}: {said}", reason="the bullet leaves that out")
