"""What a question asks for, and what it is about."""

from __future__ import annotations

import pytest

from summarizer.answering.question import Asks, parsed


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How many homes lost power?", Asks.COUNT),
        ("what is the death toll of the flood", Asks.COUNT),
        ("what is the number of missing climbers?", Asks.COUNT),
        ("How much will the bridge cost?", Asks.AMOUNT),
        ("What was the price of wheat?", Asks.MEASURE),
        ("How strong was the storm?", Asks.MEASURE),
        ("Which bank failed?", Asks.PERSON),
        ("how long will the strike last?", Asks.SPAN),
        ("How old is the new mayor?", Asks.AGE),
        ("Who won the race?", Asks.PERSON),
        ("whom did the police arrest?", Asks.PERSON),
        ("By whom was the bank robbed?", Asks.PERSON),
        ("When does the tunnel open?", Asks.TIME),
        ("on what day is the vote?", Asks.TIME),
        ("Where did the ferry sink?", Asks.PLACE),
        ("in which country was he born?", Asks.PLACE),
        ("Why did the market close?", Asks.REASON),
        ("What caused the fire?", Asks.REASON),
        ("Did the ferry sink?", Asks.TRUTH),
        ("is the border open?", Asks.TRUTH),
        ("What happened in Harran?", Asks.EVENT),
        ("harran bombing", Asks.EVENT),
        ("Please tell me how many homes lost power", Asks.COUNT),
        ("do you know who won the race?", Asks.PERSON),
        ("can you tell me when the tunnel opens?", Asks.TIME),
    ],
)
def test_it_reads_what_is_asked_for(question: str, asks: Asks) -> None:
    assert parsed(question).asks is asks


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("How many people were killed in Harran?", ["killed", "harran"]),
        ("What happened to the ferry?", ["ferry"]),
        ("Wie viele Häuser verloren Strom?", ["hauser", "verloren", "strom"]),
        ("Кто выиграл выборы?", ["выиграл", "выборы"]),
        ("", []),
        ("why is that so?", []),
        ("?!… \u200b", []),
    ],
)
def test_the_terms_are_the_words_that_it_is_about(question: str, terms: list[str]) -> None:
    assert [each.low for each in parsed(question).terms] == terms


def test_names_and_figures_are_marked_in_any_alphabet() -> None:
    asked = parsed("Did Erdoğan meet Orbán and Зеленский in 2024?")
    assert [each.low for each in asked.terms if each.name] == [
        "erdogan",
        "orban",
        "зеленскии",
        "2024",
    ]


def test_the_counted_noun_is_the_last_one_before_the_verb() -> None:
    counted = [
        parsed("How many fishing boats did the navy stop?").counted,
        parsed("how many hospital beds are free").counted,
        parsed("How many people have left?").counted,
    ]
    assert [each and each.low for each in counted] == ["boats", "beds", None]


@pytest.mark.parametrize(
    ("question", "verb", "agent"),
    [
        ("Who founded the bakery?", "founded", True),
        ("Who was arrested in Harran?", "arrested", False),
        ("Who will lead the party?", "lead", True),
        ("Who did the police arrest?", None, False),
        ("Who is the mayor?", None, False),
    ],
)
def test_who_asks_for_the_doer_or_the_done(question: str, verb: str | None, agent: bool) -> None:
    asked = parsed(question)
    assert (asked.verb and asked.verb.low, asked.agent) == (verb, agent)


def test_names_of_several_words_are_kept_together() -> None:
    asked = parsed("Did President Hugo Lind open the Tallow Harbour Bridge?")
    assert asked.names == (("hugo", "lind"), ("tallow", "harbour", "bridg"))
    assert [each.low for each in asked.subject] == ["president", "hugo", "lind"]


def test_a_long_question_is_read_up_to_its_first_terms() -> None:
    assert len(parsed(" ".join(f"word{n}" for n in range(400))).terms) == 12
