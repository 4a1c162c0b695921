"""What is a name, by the case of its letters in any script."""

from __future__ import annotations

import pytest

from summarizer.language.names import opens_with_name, opens_with_person
from summarizer.sentence_rules.missing_names import is_nameless
from summarizer.sentence_rules.standalone import fault

NAMES = ("Putin", "Macron", "Citroën", "Orbán", "İzmir", "Erdoğan", "Öcalan", "Šefčovič", "Łódź")


@pytest.mark.parametrize("name", NAMES)
def test_a_capital_of_any_script_opens_a_name(name: str) -> None:
    text = f"{name} said that three of the plants would close."
    assert opens_with_name(text)
    assert not is_nameless(text)
    assert not is_nameless(f"A minister told reporters that {name} would close.")


@pytest.mark.parametrize("name", ["Putin", "Orbán", "Šefčovič"])
def test_a_lone_surname_is_somebody_whom_he_can_mean(name: str) -> None:
    assert opens_with_person(name)
    assert fault(f"{name} told reporters on Monday that he would resign.") is None


@pytest.mark.parametrize("opens", ["Officials", "Police", "Yesterday", "Ten", "Whilst", "Iran"])
def test_an_everyday_word_or_a_place_is_nobody(opens: str) -> None:
    text = f"{opens} said on Monday that he would resign."
    assert not opens_with_person(text)
    assert fault(text) == "says he or she of somebody not named"


@pytest.mark.parametrize(
    "text",
    [
        "Путин заявил, что порт закроют.",
        "وزیر نے کہا کہ بندرگاہ بند رہے گی۔",
        "أعلن الوزير إغلاق الميناء.",
        "部长说港口将关闭。",
    ],
)
def test_a_sentence_in_another_script_is_not_nameless(text: str) -> None:
    assert not is_nameless(text)
