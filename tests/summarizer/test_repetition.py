"""What the last digests told is not told again, in another story or in other words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import Article, Bullet, BulletStatus, Told
from summarizer.ranking import Ranked
from summarizer.repetition import ToldLately
from summarizer.silence import told_of_anew
from tests.support.builders import a_bullet, a_citation, a_story, a_told, an_article

TOLD = an_article(
    "Drone strike on bus kills 15 in Vesk, Marenda",
    text="A drone strike hit a bus in Vesk on Tuesday and killed 15 people, the governor said.",
    id="told",
)
WINDOW = tuple(
    an_article(title, text=f"{title}, officials said on Wednesday.")
    for title in (
        "Parliament of Ostrava passes budget after long debate",
        "Refinery in Karsk halts output after fire",
        "Two sailors rescued off northern coast",
        "Court frees editor of weekly paper",
        "Storm closes airport for second day",
        "Central bank of Ildria keeps rate unchanged",
    )
)


def bullet(article: Article = TOLD) -> Bullet:
    return a_bullet(article.title, citations=[a_citation(article, article.text[:-1])])


def lately(*told: Bullet) -> ToldLately:
    return ToldLately.of(told, WINDOW)


@pytest.mark.parametrize(
    "again",
    [
        "Drone strike on bus kills 15 in Vesk, Marenda",
        "Drone strike hits bus in Vesk, Marenda, killing at least 15",
        "15 killed as drone strikes bus in Vesk, Marenda",
        "15dead: drone strike on bus in Vesk, Marenda",
    ],
)
def test_the_same_event_in_other_words_was_told(again: str) -> None:
    text = "A drone strike hit a bus in Vesk in Marenda, killing 15 people."
    assert lately(bullet()).holds(an_article(again, text=text))


@pytest.mark.parametrize(
    "news",
    [
        "Suspect in bus attack arrested near the border",
        "Driver of bus hit by drone strike in Vesk, Marenda, dies",
        "Drone strike on bus kills 16 in Vesk, Marenda",
        "Drone strike on bus kills 15 in Vesk, Marenda, minister resigns",
        "Marenda orders evacuation of Vesk after talks fail",
        "Drone strike on depot in Karsk leaves thousands without power",
        "Parliament of Ostrava passes budget after long debate",
        "Vesk",
    ],
)
def test_news_of_it_and_other_events_were_not_told(news: str) -> None:
    assert not lately(bullet()).holds(an_article(news))


def test_a_price_of_another_day_is_news() -> None:
    yesterday = an_article("Oil prices jump 3% after strikes on Karsk refinery")
    today = an_article("Oil prices jump 3% after strikes on Karsk refinery", id="today")
    assert not lately(bullet(yesterday)).holds(today)


def test_other_languages_are_left_to_their_stories() -> None:
    assert not lately(bullet()).holds(replace(TOLD, language="fr"))


def ongoing(article: Article) -> Ranked:
    story = a_story(TOLD, article, id="story")
    later = (article.id,)
    return Ranked(story, 1.0, status=BulletStatus.ONGOING, best=article, later=later)


def kept(event: Ranked, told: Told) -> list[BulletStatus]:
    return [each.status for each in told_of_anew([event], {"story": told}, lately(bullet()))]


def test_another_event_of_a_story_that_goes_on_is_new() -> None:
    told = replace(a_told("story"), text=TOLD.title)
    other = an_article("Finance minister resigns over pension vote", text="He left on Wednesday.")
    same = an_article("Drone strike kills 15 on bus", text="Fifteen died in Vesk.")
    assert kept(ongoing(other), told) == [BulletStatus.NEW]
    assert kept(ongoing(same), told) == []
    earlier = replace(ongoing(other), later=())
    assert kept(earlier, told) == []


def test_a_higher_toll_is_told_whatever_the_words() -> None:
    event = Ranked(a_story(TOLD), 1.0, status=BulletStatus.UPDATED, best=TOLD)
    told = {"story-1": a_told("story-1")}
    assert told_of_anew([event], told, lately(bullet())) == ()
    risen = replace(event, change="15 → 31 killed")
    assert told_of_anew([risen], told, lately(bullet())) == (risen,)
