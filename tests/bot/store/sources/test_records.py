"""Sources are known from what came from them."""

from __future__ import annotations

from bot.store import SourcesHealth, Store
from tests.support.builders import NOW, an_article


async def test_it_knows_no_source_at_first(store: Store) -> None:
    assert await store.sources.health(NOW) == SourcesHealth(0, (), ())


async def test_it_knows_the_sources_of_the_articles(store: Store) -> None:
    for source in ("Beta", "Alpha", "Beta"):
        await store.articles.add(an_article(f"By {source}", source=source))

    assert await store.sources.health(NOW) == SourcesHealth(2, ("Alpha", "Beta"), ())
