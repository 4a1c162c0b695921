"""Muted words leave out articles, and stories that are left without any."""

from __future__ import annotations

from contextlib import suppress

import pytest

from bot.errors import UsageError
from handlers.parsing.muted_words import parse_muted
from summarizer.stories.muted_words import fold_word, without_muted
from tests.support.builders import a_story, an_article
from tests.support.linear import slow


@pytest.mark.parametrize(
    ("typed", "text", "hidden"),
    [
        ("STORM", "A storm hit the coast.", True),
        ("storm", "A brainstorming session on the grid.", False),
        ('"gas pipeline"', "The gas\npipeline was closed.", True),
        ("“gas pipeline”", "The pipeline for gas was closed.", False),
        ("cafe", "The Café raised its prices.", True),
        ("Café", "The cafe raised its prices.", True),
        ("停电", "沿海地区大停电影响四万户。", True),
        ("c++", "The grid's software is written in C++.", True),
        ("зима", "Холодная зима и энергия.", True),
        ("зима", "Зимание — не слово.", False),
        ("rain, snow", "It will snow on Monday.", True),
    ],
)
def test_words_and_phrases_in_any_script(typed: str, text: str, hidden: bool) -> None:
    story = a_story(an_article("Headline of the day", text))
    assert (without_muted([story], parse_muted(typed)) == ()) is hidden


def test_a_large_story_keeps_its_other_articles() -> None:
    one, other = an_article("Dam bursts", "Water."), an_article("Dam bursts again", "Football.")
    (story,) = without_muted([a_story(one, other)], [fold_word("football")])
    assert story.articles == (one,)


def test_a_muted_headline_hides_the_story() -> None:
    one, other = an_article("Dam bursts", "Water."), an_article("Football final", "Nil.")
    story = a_story(one, other)
    muted = fold_word(story.headline.split()[0])
    assert without_muted([story], [muted]) == ()


def test_without_muted_words_nothing_is_left_out() -> None:
    story = a_story(an_article("Dam bursts", "Water."))
    assert without_muted([story], ()) == (story,)


@pytest.mark.parametrize("char", [" ", '"', "“", "\u0301", "(", "a", ","])
def test_fault_67_hostile_text_is_read_in_time(char: str) -> None:
    def work(text: str) -> None:
        with suppress(UsageError):
            parse_muted(text)

    with pytest.raises(UsageError, match="too long"):
        parse_muted(char * 40_000)
    assert slow(work, char * 40_000, 0.05) is None
    assert slow(work, (char * 10 + "ab") * 80, 0.05) is None
