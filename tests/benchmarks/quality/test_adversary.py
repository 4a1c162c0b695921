"""The benchmark of false edits makes only edits that are false."""

from __future__ import annotations

import pytest

from benchmarks.quality.adversary.edits import EDITS
from benchmarks.quality.adversary.sentences import Sample

FALSE = {
    "speaker dropped": [
        ("Mayor Hale said the canal will stay open.", "The canal will stay open."),
        ("The canal is shut, according to hospital sources.", "The canal is shut."),
    ],
    "tense changed": [
        ("The canal is open to ships, Hale says.", "The canal was open to ships, Hale says.")
    ],
    "retraction dropped": [
        ("The court freed Hale in May, but it was overturned.", "The court freed Hale in May."),
    ],
    "names exchanged": [
        ("They moved from Vesk’s port to Almery.", "They moved from Almery’s port to Vesk."),
    ],
    "passive agent swapped": [
        ("The drone was downed by Ildria.", "The drone was downed by Marenda."),
    ],
}
NOT_FALSE = {
    "speaker dropped": [
        "The fire killed nine people, police said.",
        "According to the Almery Post, the ministry said the canal is shut.",
        "The ministry has said it shut the canal, the Almery Post reported.",
    ],
    "tense changed": ["The mayor said the canal is open to ships."],
    "retraction dropped": [
        "The Rovers will play in Vesk on Sunday, but it is not yet clear who is fit.",
        "Relatives called for an inquiry, but the court defended its ruling.",
    ],
    "names exchanged": [
        "They met in Vesk and Almery.",
        "The rate between the Vesk Crown and the Almery Pound fell.",
    ],
    "passive agent swapped": ["They left by Friday for Vesk.", "He was named by Capt. Hale."],
}


def made(kind: str, text: str) -> list[str]:
    document = f"{text} They spoke in Marenda and left."
    sample = Sample(text, document, frozenset(), held_out=False)
    return [each for each in EDITS[kind](sample) if each != text]


@pytest.mark.parametrize("kind", FALSE)
def test_it_makes_false_edits(kind: str) -> None:
    for text, edit in FALSE[kind]:
        assert edit in made(kind, text)


@pytest.mark.parametrize("kind", NOT_FALSE)
def test_it_leaves_out_edits_that_may_be_true(kind: str) -> None:
    for text in NOT_FALSE[kind]:
        assert made(kind, text) == []
