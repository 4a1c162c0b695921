"""Short invented articles are given the topics that an editor would give them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from summarizer.topics.scorer import TopicScorer
from tests.support.paths import SHARED
from tests.support.scorer import built_in_scorer

FILE = Path(__file__).with_suffix(".toml")
ARTICLES = {each["name"]: each for each in tomllib.loads(FILE.read_text("utf-8"))["articles"]}
SEEDS = sorted(SHARED.joinpath("seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def scorer() -> TopicScorer:
    return built_in_scorer()


@pytest.mark.parametrize("name", ARTICLES)
def test_it_gives_an_article_the_topics_of_an_editor(scorer: TopicScorer, name: str) -> None:
    article = ARTICLES[name]
    scores = scorer.score(article["title"], article["text"])
    assert {score.topic for score in scores} == set(article["topics"])


@pytest.mark.skipif(not SEEDS, reason="../shared/seeds is not beside this checkout")
def test_the_first_article_ever_given_is_on_security_and_energy(scorer: TopicScorer) -> None:
    text = SEEDS[0].read_text("utf-8")
    title = next(line for line in text.splitlines() if line and not line.isupper())
    assert [score.topic for score in scorer.score(title, text)] == ["security", "energy"]


def test_a_paragraph_on_energy_makes_a_long_article_on_it(scorer: TopicScorer) -> None:
    filler = "The ministers spoke of trade, visas, farming, schools and the next visit. " * 12
    paragraph = (
        "They turned to energy at last: the gas pipeline is to be finished by autumn, LNG imports "
        "will end load-shedding, and electricity tariffs are to be cut."
    )
    assert not scorer.score("Ministers meet", filler + filler)
    on = scorer.score("Ministers meet", f"{filler}\n\n{paragraph}\n\n{filler}")
    assert [score.topic for score in on] == ["energy"]


def test_a_word_in_passing_does_not_make_a_long_article_on_it(scorer: TopicScorer) -> None:
    filler = "The council discussed the new library, its roof and the price of chairs. " * 25
    assert not scorer.score(
        "Library to open", f"{filler} The mayor once fought terrorism. {filler}"
    )
    assert not scorer.score("Library to open", f"{filler} It is heated by natural gas. {filler}")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Gas pipeline", ""),
        ("", "The gas pipeline was completed on Tuesday, officials said."),
        ("Ministers meet", "Talks on Monday covered trade, visas, farming and the gas pipeline."),
        ("GAS PIPELINE TO BE BUILT", ""),
        ("Gas-pipeline deal", ""),
        ("Gas pipelines burst", ""),
        ("What next?", "They spoke about load-shedding."),
    ],
)
def test_it_needs_no_more_than_a_title_or_a_short_text(
    scorer: TopicScorer, title: str, text: str
) -> None:
    assert [score.topic for score in scorer.score(title, text)] == ["energy"]


def test_a_summary_counts_as_the_lead(scorer: TopicScorer) -> None:
    filler = "It was the first meeting of its kind and the rooms were full. " * 30
    assert not scorer.score("Ministers meet", filler)
    summary = "They agreed on a gas pipeline, an LNG terminal and cheaper electricity."
    assert [s.topic for s in scorer.score("Ministers meet", filler, summary)] == ["energy"]


def test_it_says_which_words_decided_and_where(scorer: TopicScorer) -> None:
    (score,) = scorer.score("Gas pipeline deal", "The LNG terminal will be ready in May.")
    assert score.reasons == ('matched "gas pipeline", "LNG", "terminal"', "title")
    security, energy = scorer.explain("Gas pipeline deal", "The LNG terminal will be ready in May.")
    assert energy.on_topic
    assert energy.matched[:2] == ("gas pipeline", "LNG")
    assert not security.on_topic
    assert security.matched == ()
    assert security.reasons == ()
