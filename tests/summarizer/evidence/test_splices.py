"""How a sentence is put together from its source's pieces."""

from __future__ import annotations

import pytest

from summarizer.evidence.alignment import Alignment, align
from summarizer.evidence.checker import check
from summarizer.evidence.splices import cuts_phrase, held, joins
from summarizer.language.text import read_once

SOURCE = (
    "The port of Varna reopened on Monday after a two-day strike by crane drivers. "
    "The minister met the union in the capital. "
    "A storm tore the roof off the old grain market in Kavar and hurt three traders."
)


def aligned(said: str) -> Alignment:
    bullet = read_once(said)
    found = align(bullet, range(len(bullet.words)), [read_once(SOURCE)])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("said", "leaps", "backward"),
    [
        ("The port of Varna reopened on Monday after a two-day strike by crane drivers.", 0, 0),
        ("The port of Varna reopened after a two-day strike by crane drivers.", 0, 0),
        ("The port of Varna tore the roof off the old grain market in Kavar.", 1, 0),
        ("After a two-day strike by crane drivers the port of Varna reopened.", 0, 1),
        ("A minister met unions.", 0, 0),
    ],
)
def test_it_counts_where_copied_pieces_are_joined_otherwise(
    said: str, leaps: int, backward: int
) -> None:
    assert joins(aligned(said)) == (leaps, backward)


def test_it_tells_how_much_of_a_sentence_the_closest_one_holds() -> None:
    assert held(aligned("The port of Varna reopened on Monday.")) == 1
    assert held(aligned("The port of Varna reopened, and traders were hurt.")) < 0.7


def test_a_unit_in_words_is_held_where_the_closest_sentence_has_its_sign() -> None:
    source = read_once("The union won $18 billion for the crane drivers of Varna.")
    for unit, share in (("dollars", 1.0), ("tonnes", 5 / 6)):
        bullet = read_once(f"The union won 18 billion {unit} for the crane drivers of Varna.")
        found = align(bullet, range(len(bullet.words)), [source])
        assert found is not None
        assert held(found) == pytest.approx(share)


def test_what_joins_two_events_is_less_likely_proved_than_what_shortens_one() -> None:
    shortened = check("The port of Varna reopened after a strike by crane drivers.", [SOURCE])
    joined = check("The minister met the union after a two-day strike by crane drivers.", [SOURCE])
    assert shortened.proved
    assert joined.score < shortened.score


@pytest.mark.parametrize(
    ("said", "cut"),
    [
        ("The port of Varna reopened after a strike by crane drivers.", False),
        ("The port of Varna reopened on Monday after a strike by drivers.", False),
        ("The port of Varna by crane drivers.", True),
        ("A storm tore three traders.", True),
        ("Traders were hurt: a storm tore the roof off the old grain market in Kavar.", False),
    ],
)
def test_it_tells_whether_a_phrase_is_cut_out_of_the_middle(said: str, cut: bool) -> None:
    assert cuts_phrase(aligned(said)) == cut


def test_what_stands_between_commas_may_go() -> None:
    source = read_once("The mayor, who has denied taking bribes, resigned on Monday.")
    bullet = read_once("The mayor resigned on Monday.")
    found = align(bullet, range(len(bullet.words)), [source])
    assert found is not None
    assert not cuts_phrase(found)


@pytest.mark.parametrize(
    "said",
    [
        "The bank raised its rate at talks with four traders in Kavar.",
        "The bank raised its main interest rate in Kavar.",
    ],
)
def test_what_stands_before_its_noun_or_is_a_whole_phrase_may_go(said: str) -> None:
    source = read_once(
        "The bank raised its main interest rate at talks with four traders in Kavar."
    )
    bullet = read_once(said)
    found = align(bullet, range(len(bullet.words)), [source])
    assert found is not None
    assert not cuts_phrase(found)


def test_words_of_one_sentence_do_not_prove_what_a_cut_makes_of_them() -> None:
    source = (
        "Spirit Air has a new fare deal for students from Almery and is announcing it all over "
        "the country with crude jokes about sex."
    )
    assert not check("Spirit Air has a deal with sex.", [source]).proved
