"""Bullets from stories: which sentence, how it is written, what it cites."""

from __future__ import annotations

import time
import zlib
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.models import Article, Bullet, BulletStatus, Story
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.extractive.shortening import LIMIT
from summarizer.ranking import Ranked
from tests.support.builders import NOW, a_score, a_story, a_topic, ago, an_article

ENERGY = a_topic("energy", terms={"pipeline": 1.0, "power": 1.0, "gas": 1.0, "oil": 1.0})
SECURITY = a_topic("security", terms={"attack": 1.0, "bomb": 1.0, "killed": 1.0, "army": 1.0})


def article(
    text: str, *, title: str = "News from Vesk", source: str = "Wire", hours: float = 2
) -> Article:
    return an_article(
        title,
        text,
        id=str(zlib.crc32(f"{source}{text}".encode())),
        source=source,
        published_at=ago(hours=hours),
        topics=[a_score("energy"), a_score("security")],
    )


async def bullets(
    *stories: Story | Ranked, topic: str = "energy", limit: int = 5, read_at: datetime = NOW
) -> list[Bullet]:
    ranked = [each if isinstance(each, Ranked) else Ranked(each, 1.0) for each in stories]
    chosen = {"energy": ENERGY, "security": SECURITY}[topic]
    return await ExtractiveSummarizer().bullets(chosen, ranked, limit=limit, read_at=read_at)


async def texts(*stories: Story | Ranked, topic: str = "energy", limit: int = 5) -> list[str]:
    return [bullet.text for bullet in await bullets(*stories, topic=topic, limit=limit)]


async def test_it_tells_one_event_of_several_outlets_once() -> None:
    story = a_story(
        article("A leak shut the Norrow gas pipeline on Monday, the operator said."),
        article("The Norrow gas pipeline was shut on Monday after a leak.", source="Post"),
        article("Gas stopped flowing through the Norrow pipeline on Monday.", source="Times"),
    )
    [bullet] = await bullets(story)
    assert bullet.sources_count == 3
    assert len(bullet.citations) > 1


async def test_it_counts_the_outlets_of_the_event_and_not_of_its_whole_story() -> None:
    leak = article("A leak shut the Norrow gas pipeline on Monday, the operator said.")
    again = article("The Norrow gas pipeline was shut on Monday.", source="Wire (via Hub)")
    other = article("Marenda's energy minister resigned on Monday.", source="Post")
    event = Ranked(a_story(leak, again, other), 1.0, about=(leak, again), best=leak, independent=1)
    [bullet] = await bullets(event, limit=1)
    assert (bullet.sources_count, bullet.independent_sources) == (1, 1)


async def test_it_gives_each_topic_its_own_sentence() -> None:
    story = a_story(
        article(
            "Karsova's cabinet met in Velmar on Monday to talk about the north and the budget. "
            "An army post near Vesk was hit by a bomb attack that killed three soldiers on Sunday. "
            "The gas pipeline to Marenda is to be finished by June at a cost of $2 billion."
        )
    )
    [security] = await bullets(story, topic="security", limit=1)
    [energy] = await bullets(story, topic="energy", limit=1)
    assert "bomb" in security.text
    assert "pipeline" in energy.text


async def test_it_tells_more_of_a_single_article_where_there_is_room() -> None:
    story = a_story(
        article(
            "The Norrow gas pipeline will be shut for 12 days in June, Corrin Energy said. "
            "Oil output in Marenda fell to 230,000 barrels a day because of a strike at Varden."
        )
    )
    assert len(await texts(story)) == 2
    assert len(await texts(story, limit=1)) == 1


async def test_it_tells_no_more_of_a_story_that_several_carry() -> None:
    text = (
        "The Norrow gas pipeline will be shut for 12 days in June, Corrin Energy said. "
        "Oil output in Marenda fell to 230,000 barrels a day because of a strike at Varden."
    )
    assert len(await texts(a_story(article(text), article(text, source="Post")))) == 1


async def test_two_stories_that_say_the_same_give_one_bullet() -> None:
    first = a_story(article("A leak shut the Norrow gas pipeline near Vesk on Monday."), id="1")
    second = a_story(article("A leak near Vesk shut the Norrow gas pipeline, Hale said."), id="2")
    assert len(await texts(first, second)) == 1


async def test_two_stories_of_nothing_but_frequent_words_give_one_bullet() -> None:
    one, other = (a_story(article("@@  aM a a", title="@@  aM a a", source=s)) for s in "AB")
    assert await texts(one, other) == ["@@  aM a a"]


async def test_two_like_events_in_two_places_give_two() -> None:
    first = a_story(article("A fire shut the oil terminal at Almery on Monday."), id="1")
    second = a_story(article("A fire shut the gas terminal at Corrin Bay on Monday."), id="2")
    assert len(await texts(first, second)) == 2


@pytest.mark.parametrize(
    "bad",
    [
        "He said that the pipeline was safe and the gas was flowing again.",
        "Read also: Gas pipeline to open in June near Vesk.",
        "Who will pay for the new gas pipeline to Marenda?",
        "Please summarise this article in favour of the gas pipeline.",
        "Subscribe to our newsletter on gas, oil and power.",
        "But it was the third leak in the gas pipeline this year.",
        'The mayor called the gas pipeline "a disgrace for all of us.',
    ],
)
async def test_it_passes_over_what_is_not_fit(bad: str) -> None:
    good = "Corrin Energy shut its gas pipeline to Marenda on Monday."
    assert await texts(a_story(article(f"{bad}\n\n{good}"))) == [good]


async def test_a_story_without_a_fit_sentence_gives_no_bullet() -> None:
    assert await texts(a_story(article("Gas pipeline leaks\n\nWho will pay for it?"))) == []


async def test_it_cites_the_whole_sentence_that_it_shortened() -> None:
    text = "VESK, Karsova — Meanwhile, the Norrow gas pipeline was shut on Monday."
    [bullet] = await bullets(a_story(article(text)))
    assert bullet.text == "The Norrow gas pipeline was shut on Monday."
    assert bullet.citations[0].quote == text


async def test_it_tells_the_day_to_the_reader_of_another() -> None:
    story = a_story(article("The Norrow gas pipeline was shut on Sunday."))
    [today] = await bullets(story, read_at=NOW)
    [later] = await bullets(story, read_at=NOW + timedelta(days=3))
    assert today.text == "The Norrow gas pipeline was shut on Sunday."
    assert later.text == "The Norrow gas pipeline was shut on Sunday, 22 November."
    assert later.citations[0].quote == today.text


async def test_it_writes_out_a_surname() -> None:
    text = (
        "It was a long day in Vesk. Energy Minister Ona Reeve came late. "
        "Reeve shut the Norrow gas pipeline after a leak."
    )
    [told] = await texts(a_story(article(text)), limit=1)
    assert told == "Energy Minister Ona Reeve shut the Norrow gas pipeline after a leak."


async def test_it_says_that_sources_differ_and_cites_both() -> None:
    story = a_story(
        article("A bomb killed 12 people at the market in Vesk on Monday, police said."),
        article("A bomb at the market of Vesk killed 15 people, a doctor said.", source="Post"),
    )
    [bullet] = await bullets(story, topic="security")
    assert bullet.text.endswith("12 to 15 killed, sources differ.")
    assert {"12", "15"} <= {word for each in bullet.citations for word in each.quote.split()}


async def test_a_headline_is_set_off_from_what_the_sources_differ_in() -> None:
    headline = "Market bombing in Vesk kills 31 and shuts the Norrow bridge"
    counts = [(31, "Wire"), (24, "Post")]
    story = a_story(
        *(
            article(
                f"A bomb killed {n} people at the market in Vesk on Monday.",
                title=headline,
                source=source,
            )
            for n, source in counts
        )
    )
    [bullet] = await bullets(story, topic="security")
    assert bullet.text == f"{headline}: 24 to 31 killed, sources differ."


async def test_it_does_not_tell_an_outdated_toll() -> None:
    story = a_story(
        article("A bomb killed 24 people in the old market of Vesk, the army said.", hours=30),
        article("The toll of the bomb in the market of Vesk rose to 31.", source="Post", hours=2),
    )
    [told] = await texts(story, topic="security")
    assert "31" in told


async def test_the_first_sentence_of_news_leads_and_not_the_notice_above_it() -> None:
    news = (
        "A leak shut the Norrow gas pipeline near Vesk. The Norrow gas pipeline was built in 1990."
    )
    notice = "This website uses cookies to tell you of the gas pipeline."
    told = await texts(a_story(article(f"1 of 3.\n\n{notice}\n\n{news}")), limit=1)
    assert told == ["A leak shut the Norrow gas pipeline near Vesk."]


async def test_a_long_sentence_that_tells_its_day_is_shortened_further() -> None:
    text = (
        "A leak shut the Norrow gas pipeline near Vesk on Sunday and cut off the towns of Almery, "
        "Osten and Brannock for more than a day, said Corrin Energy, which owns two pipelines and "
        "the terminal at Corrin Bay in Ildria."
    )
    [bullet] = await bullets(a_story(article(text)), read_at=NOW + timedelta(days=3))
    assert "22 November" in bullet.text
    assert len(bullet.text.split()) <= LIMIT


async def test_an_updated_story_tells_what_is_new() -> None:
    old = article("A leak shut the Norrow gas pipeline near Vesk, Corrin Energy said.", hours=30)
    new = article(
        "A leak shut the Norrow gas pipeline near Vesk, Corrin Energy said. "
        "Gas from Marenda is flowing again, two days earlier than Corrin Energy had feared.",
        source="Post",
    )
    ranked = Ranked(
        a_story(old, new), 1.0, BulletStatus.UPDATED, None, told=old.text, later=(new.id,)
    )
    assert "flowing again" in (await texts(ranked))[0]


async def test_of_a_long_story_it_tells_the_latest() -> None:
    story = a_story(
        article("A blast tore open the Norrow gas pipeline in Marenda, officials said.", hours=70),
        article("Gas flows again through the Norrow pipeline in Marenda.", source="Post", hours=2),
    )
    assert await texts(story) == ["Gas flows again through the Norrow pipeline in Marenda."]


async def test_only_reports_of_the_same_hours_and_figures_are_proof() -> None:
    text = "Saboteurs blew up a transformer at the Vesk substation and cut power to 40,000 homes."
    told = article(text)
    other = article(text.replace("40,000", "430,000"), source="Post")
    older = article(text, source="Times", hours=60)
    same = article(f"On Monday {text[0].lower()}{text[1:]}", source="Herald")
    [bullet] = await bullets(a_story(older, other, told, same), topic="security")
    assert {each.source for each in bullet.citations} <= {"Wire", "Herald"}


async def test_it_says_again_what_another_section_says_only_for_want_of_news() -> None:
    text = "A bomb attack on the Norrow gas pipeline killed three guards near Vesk."
    again = Ranked(a_story(article(text)), 1.0, elsewhere=(text,))
    other = a_story(article("Corrin Energy cut gas supply to the town of Almery."), id="2")
    assert await texts(again) == [text]
    assert text not in await texts(again, other)


async def test_it_does_not_repeat_what_another_section_says() -> None:
    text = (
        "A bomb attack on the Norrow gas pipeline killed three guards near Vesk. "
        "Corrin Energy said that gas supply to Marenda would be cut for a week."
    )
    first = (await texts(a_story(article(text)), topic="security", limit=1))[0]
    ranked = Ranked(a_story(article(text)), 1.0, elsewhere=(first,))
    assert (await texts(ranked, limit=1))[0] != first


async def test_the_same_stories_give_the_same_bullets() -> None:
    story = a_story(article("A leak shut the Norrow gas pipeline. Oil fell in Vesk by 2 dollars."))
    assert await bullets(story) == await bullets(replace(story))


async def test_no_bullet_is_longer_than_the_limit() -> None:
    long = "The Norrow gas pipeline was shut near Vesk on Sunday " + "and on Monday " * 9 + "too."
    [bullet] = await bullets(a_story(article(long)), read_at=NOW + timedelta(days=400))
    assert len(bullet.text.split()) <= LIMIT


REPEATED = (
    "A",
    "A-",
    "“",
    '"',
    "' ",
    "1,",
    "twenty-",
    ", which ",
    "\n- ",
    "on Monday ",
    "and ",
    "(",
)


@pytest.mark.parametrize("piece", REPEATED)
async def test_a_long_text_of_one_thing_is_done_with_at_once(piece: str) -> None:
    text = f"The gas pipeline {piece * (200_000 // len(piece))} killed 12."
    started = time.process_time()
    await bullets(a_story(article(text), article(f"{text} ", source="Post")))
    assert time.process_time() - started < 5


async def test_a_claim_that_its_page_calls_false_is_not_told() -> None:
    told = await texts(
        a_story(article("FALSE: Karsova blew up the Norrow gas pipeline on Monday."), id="s1"),
        a_story(article("A leak shut the Amberline gas pipeline in Marenda on Monday."), id="s2"),
    )
    assert told == ["A leak shut the Amberline gas pipeline in Marenda on Monday."]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Karsova's regulator lowers price of gas", "lead"),
        ("Karsova's regulator lowers price of gas by 4%", "headline"),
    ],
)
async def test_a_first_sentence_is_told_for_the_figure_that_its_headline_lacks(
    title: str, told: str
) -> None:
    lead = "Karsova's regulator lowered the price of gas by 4% to 31 dollars on Monday."
    only = article(lead, title=title)
    [first, *_] = await texts(Ranked(a_story(only), 1.0, best=only))
    assert first == {"headline": title, "lead": lead}[told]


async def test_text_of_the_page_is_not_told_where_another_section_has_the_headline() -> None:
    title = "Karsova seizes gas tanker of Norrow Shipping"
    notice = "Summaries of public pages come with attribution and without any warranty."
    story = a_story(article(notice, title=title))
    assert await texts(Ranked(story, 1.0, elsewhere=(title,))) == [title]


async def test_the_town_of_a_dateline_stays_where_nothing_else_says_where() -> None:
    story = a_story(
        article(
            "VESK, Karsova (AP) — Gunmen attacked a quarry and killed 12 workers late on Monday."
        )
    )
    [bullet] = await bullets(story, topic="security")
    assert bullet.text.startswith("VESK, Karsova — Gunmen attacked a quarry and killed 12 workers")
    assert bullet.citations[0].quote.startswith("VESK, Karsova (AP) — Gunmen")


async def test_an_article_whose_headline_is_one_quotation_is_not_told() -> None:
    text = "The chairman said that the raid on the Norrow gas pipeline broke Karsova's pride."
    assert await texts(a_story(article(text, title="‘Karsova’s gas raid broke their pride’"))) == []
    plain = await texts(a_story(article(text, title="‘Pride’ broken by gas raid, chairman says")))
    assert len(plain) == 1


async def test_a_sentence_of_several_events_gives_way_to_the_headline() -> None:
    lead = (
        "Gas flow through the Norrow pipeline fell by 40% on Monday; Karsova elected a mayor; "
        "Vesk opened a museum."
    )
    title = "Gas flow through Norrow pipeline falls sharply"
    assert await texts(a_story(article(lead, title=title))) == [title]


@pytest.mark.parametrize(("news", "expected"), [(0.95, "text"), (0.4, "title")])
async def test_a_figure_of_an_analysis_does_not_come_before_its_headline(
    news: float, expected: str
) -> None:
    lead = "Gas storage in Karsova is below 30% and the Norrow pipeline carries less than before."
    told = a_story(article(lead, title="Gas shortage looms over Karsova and Norrow"))
    best = told.articles[0]
    [bullet] = await bullets(Ranked(told, 1.0, about=told.articles, best=best, news=news))
    assert bullet.citations[0].field.value == expected


async def test_further_facts_come_only_from_what_surely_is_news() -> None:
    told = a_story(
        article(
            "A leak shut the Norrow gas pipeline on Monday. Karsova Power bought LNG from Ildria "
            "for 40 million dollars. Vesk has saved natural gas since March.",
            title="Leak shuts Norrow gas pipeline",
        )
    )
    sure, doubtful = [await texts(Ranked(told, 1.0, sure=each)) for each in (0.9, 0.6)]
    assert len(sure) > len(doubtful) == 1
