"""Which stored sentences answer a question, without a model."""

from __future__ import annotations

import pytest

from bot.models import Article
from summarizer.answering import best
from tests.support.builders import ago, an_article

BLACKOUT = an_article(
    "Blackout leaves 800,000 homes without electricity",
    "A blackout cut off 800,000 homes in Velmar after a transformer failed, Karsgrid said.",
    published_at=ago(hours=30),
)
REFINERY = an_article(
    "Estermouth refinery to stay shut after fire",
    "The oil refinery at Estermouth will stay closed for at least a month, its owner said.",
    published_at=ago(hours=20),
)
FIRST_TOLL = an_article(
    "Bomb in Brannock kills 24",
    "At least 24 people were killed when a bomb exploded in Brannock, the ministry said.",
    published_at=ago(hours=40),
)
LATER_TOLL = an_article(
    "Toll of Brannock bomb rises to 31",
    "The number of people killed by the bomb in Brannock has risen to 31, the ministry said.",
    published_at=ago(hours=10),
)
SHEDDING = an_article(
    "Load-shedding in Ildria is cut to three hours",
    "IldGrid will cut load-shedding in southern Ildria to three hours a day, it said.",
    published_at=ago(hours=5),
)
ICE = an_article(
    "Power cuts rotate in Ildria",
    "At the fish market in Estermouth traders bought ice by the lorry load.",
    published_at=ago(hours=4),
)
ALL = (BLACKOUT, REFINERY, FIRST_TOLL, LATER_TOLL, SHEDDING, ICE)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Why did the lights go out in Velmar?", BLACKOUT),
        ("When will the Estermouth refinery open again?", REFINERY),
        ("How long is load-shedding in Ildria now?", SHEDDING),
    ],
)
def test_everyday_words_find_the_words_of_the_news(question: str, answer: Article) -> None:
    assert best(question, ALL, 3)[0].article == answer


def test_of_answers_that_are_about_as_good_the_newest_comes_first() -> None:
    found = best("How many people died in the Brannock bombing?", ALL, 2)
    assert [each.article for each in found] == [LATER_TOLL, FIRST_TOLL]


def test_a_far_worse_answer_is_not_told_beside_a_good_one() -> None:
    found = best("How long is load-shedding in Ildria now?", ALL, 3)
    assert [each.article for each in found] == [SHEDDING]


@pytest.mark.parametrize(
    "question", ["Who won the football match?", "Is the president in Brannock?", "Kto wygrał?"]
)
def test_what_the_articles_do_not_hold_has_no_answer(question: str) -> None:
    assert best(question, ALL, 3) == []
