"""A digest's parts: what is new, what changed, and what goes on without news."""

from __future__ import annotations

from datetime import timedelta

from bot.briefing_builder import BriefingBuilder
from bot.models import Article, Briefing
from bot.render.json import briefing_json
from bot.render.slack import messages as slack
from bot.render.telegram import messages as telegram
from bot.render.text import briefing_text
from bot.store import Store
from summarizer.briefing import BriefingRequest
from summarizer.extractive.engine import ExtractiveSummarizer
from tests.support.builders import DAY, NOW, a_channel, a_told, a_topic, ago, an_article
from tests.support.news import stored

SECURITY = a_topic("security", terms={"army": 1.0, "bomb": 1.0, "rebels": 1.0})


def report(title: str, story: str, *, hours: float, source: str = "Border Times") -> Article:
    at = ago(hours=hours)
    return an_article(
        title,
        f"{title}, officials said on Monday.",
        source=source,
        published_at=at,
        fetched_at=at,
        topics=["security"],
        story_id=story,
    )


ARTICLES = (
    report("Bomb in Vesk market kills 24 people", "bomb", hours=22),
    report("Bomb in Vesk market killed 31 people", "bomb", hours=2, source="Harbour Wire"),
    report("Army and rebels hold talks in Tolby", "talks", hours=22),
    report("Talks of army and rebels held in Tolby", "talks", hours=3, source="Harbour Wire"),
    report("Rebels seize the dam of Corrin and its power station", "dam", hours=1),
)


async def digest(store: Store) -> Briefing:
    """The digest of a channel that was told of the bomb and of the talks three days before."""
    channel = await store.channels.ensure(a_channel().address, title="Room", timezone="UTC")
    await stored(store, *ARTICLES)
    told = ago(hours=20)
    await store.told.remember(
        channel.id,
        [
            a_told("bomb", "A bomb in a market in Vesk killed 24 people.", at=told),
            a_told("talks", "Army and rebels hold talks in Tolby.", at=told),
        ],
    )
    request = BriefingRequest((SECURITY,), DAY, 5, "UTC", new_only=True)
    builder = BriefingBuilder(store, ExtractiveSummarizer())
    return await builder.make(request, channel_id=channel.id, now=NOW, stragglers=timedelta(days=3))


async def test_new_changed_and_going_on_are_parts_on_every_platform(sqlite_store: Store) -> None:
    made = await digest(sqlite_store)
    lines = (
        "1 new story, 1 changed, 1 still going.",
        "New",
        "Changed",
        "death toll rises to 31 from 24",
        "Still going, nothing new: ",
    )
    outputs = (
        briefing_text(made),
        "\n".join(telegram.briefing_messages(made, "Digest")),
        "\n".join(slack.briefing_messages(made, "Digest")),
    )
    for output in outputs:
        places = [output.find(line) for line in lines]
        assert -1 not in places, output
        assert places == sorted(places), output
    assert '"still_going": 1' in briefing_json(made)
