"""Sentences that name nobody and no place are known."""

from __future__ import annotations

import pytest

from summarizer.sentence_rules.missing_names import is_nameless


@pytest.mark.parametrize(
    "text",
    [
        "The company will cut 1,200 jobs.",
        "The ministry said on Monday that gas output fell by 12 percent.",
        "Its army chief said that two men were killed.",
        "Gas output fell by 12 percent in March, the regulator said.",
        "An official said that the village was dark.",
        "Twelve people were killed in a flood.",
        "Hundreds of protesters have been killed by the security services.",
        "Insurers have doubled their premiums for the strait.",
    ],
)
def test_it_names_nobody_at_all(text: str) -> None:
    assert is_nameless(text)


@pytest.mark.parametrize(
    "text",
    [
        "The company, Corrin Energy, will cut 1,200 jobs.",
        "OPEC said that the ministry was wrong.",
        "Karsova’s ministry said that output fell.",
        "Mira Hale said that the company was broke.",
        "Oil fell by 2 dollars on Monday.",
        "Karsova on Sunday reported more than 15,000 cases.",
        "Millions of workers worldwide marked the day.",
    ],
)
def test_it_names_somebody_or_a_market(text: str) -> None:
    assert not is_nameless(text)


@pytest.mark.parametrize(
    "text",
    [
        "Orbán said the border would stay closed.",
        "İzmir was hit by a strong earthquake at night.",
        "Управление закрыло порт из-за шторма в Одессе.",
        "أغلقت الحكومة الميناء بعد العاصفة",
        "Putin said the talks had failed.",
        "Workers of Citroën went on strike over pay.",
        "Çelik said the bridge would open.",
    ],
)
def test_names_in_any_script_are_names(text: str) -> None:
    assert not is_nameless(text)
