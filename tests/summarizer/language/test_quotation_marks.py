"""Quotation marks that have their partners, and apostrophes that need none."""

from __future__ import annotations

import pytest

from summarizer.language.quotation_marks import balanced


@pytest.mark.parametrize(
    "text",
    [
        "Hale’s plan is the ministers’ plan.",
        "Hale called it ‘a disgrace’ in Vesk.",
        "‘The ministers’ plan is good,’ said Hale.",
        "The ’90s were good and so was rock ’n’ roll, said Hale’s friends’ children.",
        "“He said ‘no’ to me,” said Hale.",
        "It was ‘the best’ and ‘the worst’ of days.",
        "He doesn’t know.",
        "The army said: ‘We go.’",
    ],
)
def test_marks_with_their_partners_match(text: str) -> None:
    assert balanced(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hale called it ‘a disgrace in Vesk.",
        "It was a disgrace,’ said Hale.",
        "It was ‘the best and ‘the worst’ of days.",
        "We go.’",
        "‘I know it, said Hale.",
        '"We go, said Hale.',
        "“We go, said Hale.",
        "Hale (of Vesk said so.",
    ],
)
def test_a_mark_without_its_partner_is_noticed(text: str) -> None:
    assert not balanced(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Hale sagte: „Wir liefern Gas.“", True),
        ("Hale powiedział: „Dostarczamy gaz”.", True),
        ("»Wir liefern Gas«, sagte Hale.", True),
        ("Hale sagte: „Wir liefern Gas.", False),
        ("»Wir liefern Gas, sagte Hale.", False),
    ],
)
def test_quotations_of_other_languages_match_too(text: str, whole: bool) -> None:
    assert balanced(text) is whole
