"""Whose account a bullet is: state media marked, one side's claim marked, two sides heard not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config.outlets import Outlets, OutletsError, Side, load_outlets
from summarizer.attribution import account_of, attributed
from tests.support.builders import a_briefing, a_bullet, a_citation, a_section, an_article

NORTH = Side(
    "North", ("North", "Northern", "Norville"), state_media=("North Voice", "voice.example")
)
SOUTH = Side("South", ("South", "Southern"), party_media=("Southern Dawn",))
TABLE = Outlets(
    (NORTH, SOUTH), claims=("destroy", "shot down", "aggression"), unnamed=("state TV",)
)


def account(text: str, lead: str = "", *, source: str = "Harbour Wire") -> str | None:
    article = an_article(text, f"{text} {lead}", source=source)
    bullet = a_bullet(text, citations=[a_citation(article, text)])
    return account_of(bullet, [f"{article.title}\n{article.text}"], TABLE)


@pytest.mark.parametrize(
    "text",
    [
        "The Northern army said it destroyed three Southern bridges.",
        "Three Southern bridges destroyed: Norville ministry",
        "Three Southern bridges were destroyed, according to the Northern army.",
        "“We destroyed three Southern bridges,” said the Northern general.",
    ],
)
def test_a_claim_with_one_sides_speaker_is_its_account(text: str) -> None:
    assert account(text) == "one side’s account (North)"


def test_a_state_outlets_claim_about_the_other_side_is_its_account() -> None:
    text = "Three Southern jets were shot down over the lake."
    assert account(text, source="North Voice") == "one side’s account (North)"
    assert account(text) is None


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("The Northern army said it destroyed a bridge.", "The Southern ministry denied it."),
        ("The Northern army said that talks with the South go on.", ""),
        ("The Northern army said a storm destroyed its depot.", ""),
        ("Northern police said a blast destroyed the Southern mission.", ""),
    ],
    ids=["two sides heard", "no disputed act", "no other side", "police are no side"],
)
def test_other_reports_are_nobodys_account(text: str, lead: str) -> None:
    assert account(text, lead) is None


def test_a_side_without_a_name_is_a_side() -> None:
    assert account("Three bridges destroyed: state TV") == "one side’s account"


def test_state_media_are_marked_by_name_and_by_host() -> None:
    named = a_citation(an_article("A", source="north voice"))
    hosted = a_citation(an_article("B", source="B", url="https://news.voice.example/1"))
    other = a_citation(an_article("C", source="Harbour Wire"))
    briefing = a_briefing(a_section("security", a_bullet(citations=[named, hosted, other])))
    (bullet,) = attributed(briefing, {}, TABLE).bullets
    kinds = [citation.affiliation for citation in bullet.citations]
    assert kinds == ["state media", "state media", None]
    assert bullet == replace(briefing.bullets[0], citations=bullet.citations)


def test_the_shipped_table_can_be_read_and_no_name_is_two_sides() -> None:
    table = load_outlets()
    names = [name for side in table.sides for name in (*side.state_media, *side.party_media)]
    assert len(names) == len(set(names)) > 50
    words = [word for side in table.sides for word in side.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[sides.North]\nwords = 'North'", "side North, words"),
        ("[sides.North]\nmedia = ['A']", "'media' is not known"),
        ("claim = ['a']", "'claim' is not known"),
        ("[sides", "cannot be read"),
    ],
)
def test_a_wrong_table_is_refused_by_its_place(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OutletsError, match=fault):
        load_outlets(path)


def test_a_partys_loaded_words_are_its_account_and_an_attack_that_claims_lives_is_no_speaker() -> (
    None
):
    text = "Southern army's cowardly raid claimed the life of another child"
    assert account(text, source="North Voice") == "one side’s account (North)"
    assert account("Southern army's raid on a bridge", source="North Voice") is None
