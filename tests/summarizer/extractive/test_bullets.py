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


async def test_a_relative_day_is_written_out_for_a_later_reader() -> None:
    ranked = Ranked(told_of("Corrin Energy shut its gas terminal near Vesk today."), 1.0)
    read_at = NOW + timedelta(days=3)
    [bullet] = await ExtractiveSummarizer().bullets(ENERGY, [ranked], limit=1, read_at=read_at)
    assert "23 November" in bullet.text
