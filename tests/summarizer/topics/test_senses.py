"""The same words in different senses: what is on a topic, and what only sounds like it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from summarizer.topics.scorer import TopicScorer
from tests.support.scorer import built_in_scorer

LINES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def scorer() -> TopicScorer:
    return built_in_scorer()


def topics_of(scorer: TopicScorer, title: str, text: str = "") -> set[str]:
    return {score.topic for score in scorer.score(title, text)}


@pytest.mark.parametrize("line", LINES["security"])
@pytest.mark.parametrize("place", ["title", "text"])
def test_it_finds_security_in_one_line(scorer: TopicScorer, line: str, place: str) -> None:
    title, text = (line, "") if place == "title" else ("", f"{line}.")
    assert "security" in topics_of(scorer, title, text)


@pytest.mark.parametrize("line", LINES["not_security"])
def test_it_is_not_fooled_by_words_of_security(scorer: TopicScorer, line: str) -> None:
    assert "security" not in topics_of(scorer, line)


@pytest.mark.parametrize("line", LINES["energy"])
@pytest.mark.parametrize("place", ["title", "text"])
def test_it_finds_energy_in_one_line(scorer: TopicScorer, line: str, place: str) -> None:
    title, text = (line, "") if place == "title" else ("", f"{line}.")
    assert "energy" in topics_of(scorer, title, text)


@pytest.mark.parametrize("line", LINES["not_energy"])
def test_it_is_not_fooled_by_words_of_energy(scorer: TopicScorer, line: str) -> None:
    assert "energy" not in topics_of(scorer, line)


@pytest.mark.parametrize("line", LINES["both"])
def test_it_finds_both_topics_in_one_line(scorer: TopicScorer, line: str) -> None:
    assert topics_of(scorer, line) == {"security", "energy"}
