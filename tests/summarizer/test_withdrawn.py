"""What was withdrawn is not told again: not by a copy, and not in other words."""

from __future__ import annotations

import pytest

from bot.models import Quote
from summarizer.withdrawn import sound_articles
from tests.support.builders import an_article

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


def test_another_story_is_not_compared() -> None:
    far = an_article("Nine men arrested over assault on Harran police station", source="Wire")
    assert sound_articles([far], WITHDRAWN) == (far,)


def test_a_copy_of_the_words_is_left_out_anywhere() -> None:
    copy = an_article("Morning news", f"{SAID}, it was reported.", source="Wire")
    assert sound_articles([copy], WITHDRAWN) == ()
