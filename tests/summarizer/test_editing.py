"""An editor's judgements in the scores of a window, and which articles are to be judged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot.models import Article
from summarizer.editing import Pick, edited, for_copies, picks
from summarizer.judgements import Judgement
from summarizer.newsworthiness.judge import JudgedWindow
from summarizer.newsworthiness.scoring import Scored
from tests.support.builders import a_topic, an_article

ENERGY = a_topic("energy")
ARTICLES = tuple(an_article(f"Title {each}", id=each) for each in "abcd")


def a_judged_window(
    *scores: Scored, articles: Sequence[Article] = ARTICLES, alike: Sequence[tuple[int, int]] = ()
) -> JudgedWindow:
    similar = np.eye(len(scores), dtype=np.float32)
    for one, other in alike:
        similar[one, other] = similar[other, one] = 0.9
    return JudgedWindow(tuple(articles[: len(scores)]), scores, similar, frozenset())


def a_judgement(
    importance: int, *topics: str, genre: str = "news", article_id: str = "a"
) -> Judgement:
    return Judgement(frozenset(topics or ("energy",)), genre, importance, "", article_id)


def weigh(judgement: Judgement, local: Scored) -> Scored:
    return edited(a_judged_window(local), ENERGY, {"a": judgement}).scores[0]


LOW, HIGH = Scored(0.1, 0.1, 0.1), Scored(0.9, 0.9, 0.9)


def test_a_judgement_outweighs_the_local_score() -> None:
    assert weigh(a_judgement(3), LOW).worth > weigh(a_judgement(0), HIGH).worth
    assert weigh(a_judgement(2), LOW).worth > weigh(a_judgement(1), HIGH).worth


def test_among_equal_judgements_the_local_score_decides() -> None:
    assert weigh(a_judgement(2), HIGH).worth > weigh(a_judgement(2), LOW).worth


@pytest.mark.parametrize(
    "judgement",
    [a_judgement(3, "security"), a_judgement(3, genre="opinion")],
    ids=["off the topic", "no news"],
)
def test_what_is_off_the_topic_or_no_news_is_not_sure_enough_to_be_told(
    judgement: Judgement,
) -> None:
    assert weigh(judgement, HIGH).sure < 0.3


def test_articles_without_a_judgement_keep_their_scores() -> None:
    window = a_judged_window(LOW, HIGH)
    scores = edited(window, ENERGY, {"a": a_judgement(3)}).scores
    assert scores[1] == HIGH
    assert edited(window, ENERGY, {}) == window


def test_the_article_that_was_shown_stands_before_its_copies() -> None:
    both = {"a": a_judgement(3), "b": a_judgement(3)}
    shown, copy = edited(a_judged_window(HIGH, HIGH), ENERGY, both).scores
    assert shown.worth > copy.worth


def test_the_likeliest_on_any_topic_are_picked_first() -> None:
    energy = a_judged_window(LOW, LOW, HIGH)
    security = a_judged_window(LOW, HIGH, LOW)
    found = picks([energy, security], 2)
    assert {each.article.id for each in found} == {"b", "c"}


def test_articles_that_say_the_same_are_judged_once() -> None:
    window = a_judged_window(HIGH, LOW, LOW, HIGH, alike=[(0, 1), (1, 3)])
    found = picks([window], 4)
    assert found == [Pick(ARTICLES[0], (ARTICLES[1],)), Pick(ARTICLES[3]), Pick(ARTICLES[2])]
    told = for_copies({"a": a_judgement(3), "d": a_judgement(1, article_id="d")}, found)
    assert {name: each.importance for name, each in told.items()} == {"a": 3, "b": 3, "d": 1}
