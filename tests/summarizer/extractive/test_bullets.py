"""Chosen passages written as bullets."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.models import Story
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.ranking import Ranked
from summarizer.sentence_rules.boilerplate import is_boilerplate
from tests.support.builders import NOW, a_story, a_topic, an_article

ENERGY = a_topic("energy", terms={"gas": 1.0})


def told_of(text: str) -> Story:
    return a_story(an_article("News", text, topics=["energy"], published_at=NOW))


@pytest.mark.parametrize("days", [0, 3, 400])
async def test_a_date_written_out_makes_no_caption_of_a_sentence(days: int) -> None:
    ranked = Ranked(told_of("OPEN today 0 gas a0s ."), 1.0)
    read_at = NOW + timedelta(days=days)
    found = await ExtractiveSummarizer().bullets(ENERGY, [ranked], limit=1, read_at=read_at)
    assert not any(is_boilerplate(bullet.text) for bullet in found)


TITLE = "Corrin Energy shuts gas terminal near Vesk, 40 jobs lost"


async def quoted(*sentences: str) -> list[str]:
    """The quotations of the bullet on an article with this headline and these sentences."""
    article = an_article(TITLE, " ".join(sentences), topics=["energy"], published_at=NOW)
    ranked = Ranked(a_story(article), 1.0)
    [bullet] = await ExtractiveSummarizer().bullets(ENERGY, [ranked], limit=1, read_at=NOW)
    assert bullet.text == TITLE
    assert all(each.is_verbatim(article) for each in bullet.citations)
    return [each.quote for each in bullet.citations]


async def test_a_headline_is_proved_by_the_first_sentence_that_says_the_same_too() -> None:
    other = "The weather in the north stays mild."
    same = "Corrin Energy has shut its gas terminal near Vesk with the loss of 40 jobs, it said."
    again = "The terminal near Vesk is shut, and 40 jobs at Corrin Energy are lost."
    assert await quoted(other, same, again) == [TITLE, same]


@pytest.mark.parametrize(
    "sentence",
    [
        "The weather in the north stays mild, and gas is cheap.",
        "Corrin Energy has shut its gas terminal near Vesk with the loss of 300 jobs, it said.",
    ],
    ids=["other news", "another figure"],
)
async def test_no_sentence_is_quoted_that_says_something_else(sentence: str) -> None:
    assert await quoted(sentence) == [TITLE]


async def test_a_relative_day_is_written_out_for_a_later_reader() -> None:
    ranked = Ranked(told_of("Corrin Energy shut its gas terminal near Vesk today."), 1.0)
    read_at = NOW + timedelta(days=3)
    [bullet] = await ExtractiveSummarizer().bullets(ENERGY, [ranked], limit=1, read_at=read_at)
    assert "23 November" in bullet.text
