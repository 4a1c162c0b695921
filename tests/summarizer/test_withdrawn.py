"""What was withdrawn is not told again: not by a copy, and not in other words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import Quote
from summarizer.withdrawn import sound_articles
from tests.support.builders import ago, an_article

SAID = "Nine arrested after attack on police station in Harran"
TOLD = an_article(SAID, source="Border Times")
WITHDRAWN = (Quote(TOLD.id, SAID),)


@pytest.mark.parametrize(
    "title",
    [
        "Nine suspects were arrested in Harran following the attack on its police station",
        "Nine men arrested over assault on Harran police station",
    ],
)
def test_another_article_of_the_story_does_not_tell_it_in_other_words(title: str) -> None:
    again = an_article(title, "The market in Vesk opened on Monday.", source="Northern Post")
    assert sound_articles([TOLD, again], WITHDRAWN) == ()
    lead = an_article("Harran: what is known", f"{title}.", source="Northern Post")
    assert sound_articles([TOLD, lead], WITHDRAWN) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Police deny that nine men were arrested after the attack on the Harran police station",
        "Nobody was arrested after the attack on the police station in Harran",
        "Four arrested after attack on police station in Harran",
        "Harran police station to reopen after the attack",
    ],
)
def test_a_denial_and_other_news_of_the_story_stay(title: str) -> None:
    other = an_article(title, "The market in Vesk opened on Monday.", source="Northern Post")
    assert sound_articles([TOLD, other], WITHDRAWN) == (other,)


def test_it_is_not_told_again_when_the_quoted_article_is_no_longer_read() -> None:
    again = an_article("Nine men arrested over assault on Harran police station", source="Wire")
    quote = Quote(TOLD.id, SAID, "story-1")
    assert sound_articles([replace(again, story_id="story-1")], [quote]) == ()
    far = replace(again, story_id="story-2")
    assert sound_articles([far], [quote]) == (far,)


@pytest.mark.parametrize("first", [True, False])
def test_the_newest_of_a_story_are_compared_wherever_they_stand(first: bool) -> None:
    again = an_article(
        "Nine men arrested over assault on Harran police station",
        source="Wire",
        published_at=ago(hours=1),
        story_id="story-1",
    )
    others = [
        an_article(
            f"Market {at} opens in Vesk",
            source="Wire",
            published_at=ago(days=2),
            story_id="story-1",
        )
        for at in range(60)
    ]
    quote = Quote(TOLD.id, SAID, "story-1")
    found = sound_articles([again, *others] if first else [*others, again], [quote])
    assert found == tuple(others)


def test_another_story_is_not_compared() -> None:
    far = an_article("Nine men arrested over assault on Harran police station", source="Wire")
    assert sound_articles([far], WITHDRAWN) == (far,)


def test_a_copy_of_the_words_is_left_out_anywhere() -> None:
    copy = an_article("Morning news", f"{SAID}, it was reported.", source="Wire")
    assert sound_articles([copy], WITHDRAWN) == ()
