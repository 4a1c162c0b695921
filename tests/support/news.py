"""Four invented articles in three stories, for dialogues about the news."""

from __future__ import annotations

from bot.models import Article
from bot.store import Store
from tests.support.builders import ago, an_article

STORM = an_article(
    "Storm cuts power to 40,000 homes on the coast",
    "A storm cut the power to 40,000 homes on the northern coast on Sunday, the grid operator "
    "said.\n\nEngineers expect to restore the last high-voltage line by Tuesday, said Mara Lind, "
    "the head of Coast Grid.",
    source="Coast Herald",
    url="https://herald.example/storm",
    published_at=ago(hours=10),
    topics=["energy"],
    story_id="storm",
)
STORM_LATER = an_article(
    "Power returns to most homes on the coast",
    "Power has returned to 31,000 of the 40,000 homes that lost it in Sunday's storm, Coast Grid "
    "said on Monday.\n\nThe company has brought 200 engineers from the south.",
    source="Northern Post",
    url="https://post.example/power",
    published_at=ago(hours=3),
    topics=["energy"],
    story_id="storm",
)
ARREST = an_article(
    "Nine arrested after attack on police station in Harran",
    "Soldiers arrested nine men near the border town of Harran on Sunday after an attack on a "
    "police station killed two officers, the interior ministry said.",
    source="Border Times",
    url="https://border.example/harran",
    published_at=ago(hours=5),
    topics=["security"],
    story_id="arrest",
)
PIPELINE = an_article(
    "Gas pipeline to Port Aven is closed for repairs",
    "The operator closed the gas pipeline to Port Aven on Friday for two weeks of repairs.",
    source="Coast Herald",
    url="https://herald.example/pipeline",
    published_at=ago(days=3),
    topics=["energy"],
    story_id="pipeline",
)

NEWS = (PIPELINE, STORM, ARREST, STORM_LATER)


async def stored(store: Store, *articles: Article) -> None:
    """Put these articles into the store, or all four."""
    for article in articles or NEWS:
        await store.articles.add(article)
