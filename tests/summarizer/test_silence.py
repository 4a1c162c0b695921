"""What a section leaves out, what goes on without news, and what a topic does not read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import (
    Bullet,
    BulletStatus,
    LanguageCount,
    LeftOut,
    Story,
    Topic,
    Untold,
    UntoldReason,
)
from summarizer.casualties.comparison import Rise
from summarizer.casualties.counts import Counted
from summarizer.ranking import Ranked, Ranking
from summarizer.silence import (
    MOST_UNTOLD,
    as_told,
    going_on,
    new_or_changed,
    unread,
    with_silence,
    without_repetitions,
)
from tests.support.builders import (
    a_bullet,
    a_citation,
    a_section,
    a_story,
    a_told,
    a_topic,
    an_article,
)

PASSED = Untold("Why oil matters", "Wire", None, UntoldReason.NO_NEWS)


def event(story: str, status: BulletStatus = BulletStatus.NEW) -> Ranked:
    article = an_article(f"Report on {story}", id=story)
    return Ranked(a_story(article, id=story), 1.0, status=status, best=article)


def test_stories_without_a_bullet_are_counted_by_reason() -> None:
    events = (event("told"), event("spare"), event("mute"))
    told, spare = a_bullet("A.", story_id="told"), a_bullet("B.", story_id="spare")
    passed = (PASSED,) * (MOST_UNTOLD + 5)
    made = with_silence(
        a_section("energy", told), a_section("energy", told, spare), Ranking(events, passed)
    )
    assert made.left_out == (
        LeftOut(UntoldReason.LESS, 1),
        LeftOut(UntoldReason.NO_NEWS, MOST_UNTOLD + 5),
        LeftOut(UntoldReason.UNQUOTABLE, 1),
    )
    assert [each.title for each in made.untold[:2]] == ["Report on spare", "Report on mute"]
    assert len(made.untold) == MOST_UNTOLD


def test_what_a_digest_told_goes_on_where_it_did_not_change() -> None:
    events = (
        event("same", BulletStatus.ONGOING),
        event("moved", BulletStatus.UPDATED),
        event("asked", BulletStatus.ONGOING),
    )
    told = {
        "same": a_told("same"),
        "moved": a_told("moved"),
        "asked": a_told("asked", by_digest=False),
    }
    kept = new_or_changed(events, told)
    assert [each.story.id for each in kept] == ["moved", "asked"]
    assert [(each.story_id, each.title) for each in going_on(events, kept)] == [
        ("same", "Report on same")
    ]


def test_another_event_of_a_story_that_goes_on_is_new() -> None:
    told = {"story": a_told("story", "Drone strike on bus kills 15 in Vesk, Marenda")}

    def kept(title: str, *, later: bool = True) -> list[BulletStatus]:
        best = an_article(title, id=title)
        ids = (title,) if later else ()
        ongoing = Ranked(a_story(best), 1.0, BulletStatus.ONGOING, later=ids, best=best)
        ongoing = replace(ongoing, story=a_story(best, id="story"))
        return [each.status for each in new_or_changed([ongoing], told)]

    other = "Finance minister of Ildria resigns over pension vote"
    assert kept(other) == [BulletStatus.NEW]
    assert kept(other, later=False) == []
    assert kept("Fifteen dead in Vesk after strike on bus") == []
    assert kept("Vesk") == []


def test_of_one_story_what_is_left_out_goes_on_beside_what_is_told() -> None:
    one, other = event("one"), event("other")
    events = tuple(replace(each, story=a_story(id="war")) for each in (one, other))
    assert [each.title for each in going_on(events, events[:1])] == ["Report on other"]


COUNTS = (LanguageCount("en", 9), LanguageCount("es-MX", 2), LanguageCount("ru", 4))
OWN = replace(a_topic("floods", terms={"flood": 1.0}), channel_id=7)
RUSSIAN = replace(a_topic("voda", terms={"наводнение": 1.0}), channel_id=7)
FLOOD_RU = a_story(an_article("Наводнение", language="ru", topics=["voda"]))


@pytest.mark.parametrize(
    ("topic", "stories", "left"),
    [
        (OWN, (), {"ru": 4, "es": 2}),
        (RUSSIAN, (FLOOD_RU,), {"en": 9, "es": 2}),
        (replace(a_topic("energy"), languages=("en", "es")), (), {"ru": 4}),
        (replace(a_topic("energy"), languages=("en", "es", "ru")), (), {}),
    ],
    ids=["own in English", "own in Russian", "built in", "built in, reads all"],
)
def test_articles_in_other_languages_are_counted(
    topic: Topic, stories: tuple[Story, ...], left: dict[str, int]
) -> None:
    assert {each.language: each.articles for each in unread(topic, stories, COUNTS)} == left


TOLD = (
    "Vesk's mayor declares three days of mourning for the market's dead.\n"
    "A bomb in Vesk market killed 24 people on Sunday."
)


RISE = Rise(Counted.KILLED, 24, 31)


def updated(text: str, *, later: bool = True, change: Rise | None = None) -> tuple[Ranked, Bullet]:
    """An updated event, and a bullet of it that cites an article from before or after."""
    article = an_article("Report", text, id="a")
    known = replace(event("blast", BulletStatus.UPDATED), told=TOLD, change=change)
    known = replace(known, later=("a",) if later else ("b",))
    bullet = a_bullet(
        text,
        story_id="blast",
        status=BulletStatus.UPDATED,
        citations=[a_citation(article, text)],
    )
    return known, replace(bullet, change=str(change) if change else None)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (updated("The bomb in Vesk market killed 31 people."), BulletStatus.UPDATED),
        (updated("Police in Vesk arrested two brothers."), BulletStatus.UPDATED),
        (updated("A bomb killed 24 people in a market in Vesk."), BulletStatus.ONGOING),
        (updated("Police arrested two brothers.", later=False), BulletStatus.ONGOING),
        (updated("A bomb killed 24 people in Vesk.", change=RISE), BulletStatus.UPDATED),
        (updated("A bomb killed people in Vesk market.", change=RISE), BulletStatus.ONGOING),
        (updated("Mayor of Vesk declares mourning for 24 dead."), BulletStatus.UPDATED),
        (updated("Curfew declared."), BulletStatus.UPDATED),
        (updated("Storm floods harbour towns of Marenda."), BulletStatus.NEW),
        (updated("Storm floods towns of Marenda.", change=RISE), BulletStatus.NEW),
        (updated("维斯克实行宵禁"), BulletStatus.UPDATED),
    ],
    ids=[
        "a new figure",
        "a new fact",
        "the old fact again",
        "an old article",
        "said by the mark",
        "the mark is of a number that it does not state",
        "words of two statements",
        "few words",
        "another event",
        "another event, whatever rose elsewhere in its story",
        "no Latin letters",
    ],
)
def test_updated_is_said_only_where_the_new_fact_is_told(
    told: tuple[Ranked, Bullet], status: BulletStatus
) -> None:
    known, bullet = told
    assert [each.status for each in as_told([bullet], [known])] == [status]


def test_a_digest_does_not_repeat_an_event_for_want_of_the_new_fact() -> None:
    known, bullet = updated("A bomb killed 24 people in a market in Vesk.")
    events = (known, event("fire"))
    bullets = (*as_told([bullet], events), a_bullet("A fire.", story_id="fire"))
    kept, telling = without_repetitions(events, bullets)
    assert [each.story.id for each in kept] == ["fire"]
    assert [each.story_id for each in telling] == ["fire"]
    assert [each.story_id for each in going_on(events, kept)] == ["blast"]


def test_of_a_story_with_two_events_the_one_that_was_told_is_left_out() -> None:
    blast, again = updated("A bomb killed 24 people in a market in Vesk.")
    arrest = replace(blast, later=("b",))
    caught = an_article("Report", "Police in Vesk arrested two brothers.", id="b")
    news = replace(again, text=caught.text, citations=(a_citation(caught, caught.text),))
    events = (blast, arrest)
    kept, telling = without_repetitions(events, as_told([again, news], events))
    assert [(each.text, each.status) for each in telling] == [(news.text, BulletStatus.UPDATED)]
    assert kept == events
