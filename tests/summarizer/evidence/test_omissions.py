"""What a sentence denies, doubts or only supposes is not proved by the piece that says it."""

from __future__ import annotations

import pytest

from tests.support.verdicts import assert_proved, assert_refused

TAKEN_BACK = {
    "denied": (
        "Hale denied that Reeve shut the Norrow pipeline in May.",
        "Reeve shut the Norrow pipeline in May.",
    ),
    "denied, and shortened within": (
        "Hale denied that Reeve, who left in June, shut the Norrow pipeline in May.",
        "Reeve shut the Norrow pipeline in May.",
    ),
    "not true": (
        "It is not true that Ildria attacked the tanker, Marenda said.",
        "Ildria attacked the tanker, Marenda said.",
    ),
    "nobody": (
        "Nobody believes that Ildria blew up the dam near Vesk.",
        "Ildria blew up the dam near Vesk.",
    ),
    "neither": (
        "Neither Ildria nor Marenda will send troops to the strait.",
        "Marenda will send troops to the strait.",
    ),
    "a condition": (
        "If Ildria attacks Marenda, the alliance will respond, Lund said.",
        "Ildria attacks Marenda.",
    ),
    "what follows from a condition": (
        "If Ildria attacks Marenda, the alliance will respond, Lund said.",
        "The alliance will respond, Lund said.",
    ),
    "a condition behind but": (
        "But if Ildria attacks Marenda, the alliance will respond, Lund said.",
        "Ildria attacks Marenda.",
    ),
    "whether": (
        "Hale said he did not know whether Reeve had left the board of Corrin Energy.",
        "Reeve had left the board of Corrin Energy.",
    ),
    "rejected claims": (
        "The minister rejected claims that Corrin bribed officials in Vesk.",
        "Corrin bribed officials in Vesk.",
    ),
    "what prosecutors say": (
        "Prosecutors say Pavel Dorn paid two judges in Almery.",
        "Pavel Dorn paid two judges in Almery.",
    ),
    "false, said behind it": (
        "A report that 12 miners died near Vesk was false.",
        "12 miners died near Vesk.",
    ),
    "a rumour, said behind it": (
        "“The army shot the hostages,” a rumour in Vesk claimed, but none had died.",
        "The army shot the hostages.",
    ),
}
SHORTENED = {
    "a dateline": (
        "VESK, Ildria - Two ferries collided in fog off the coast of Marenda.",
        "Two ferries collided in fog off the coast of Marenda.",
    ),
    "who says it, behind it": (
        "Two ferries collided in fog off the coast of Marenda, police said.",
        "Two ferries collided in fog off the coast of Marenda.",
    ),
    "who says it, before it": (
        "Police said two ferries collided in fog off the coast of Marenda.",
        "Two ferries collided in fog off the coast of Marenda.",
    ),
    "another clause that denies": (
        "The owner denied any guilt, but two ferries collided in fog off Marenda.",
        "Two ferries collided in fog off Marenda.",
    ),
    "a clause behind it that denies": (
        "Two ferries collided in fog off Marenda, and the owner denied any guilt.",
        "Two ferries collided in fog off Marenda.",
    ),
    "an opening that sets the scene": (
        "In a storm that nobody had foreseen, two ferries collided off Marenda.",
        "Two ferries collided off Marenda.",
    ),
    "said elsewhere for a fact": (
        "Hale denied that Reeve shut the pipeline. He spoke in Vesk. Reeve shut the pipeline.",
        "Reeve shut the pipeline.",
    ),
}


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_a_piece_whose_rest_takes_it_back_is_refused(name: str) -> None:
    source, said = TAKEN_BACK[name]
    assert_proved(source, source)
    assert_refused(said, source, reason="leaves that out")


@pytest.mark.parametrize("name", SHORTENED)
def test_a_piece_that_says_the_same_without_its_rest_is_proved(name: str) -> None:
    source, said = SHORTENED[name]
    assert_proved(said, source)
