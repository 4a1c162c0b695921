"""Search finds the same articles on both engines, whatever is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Article, Stored
from bot.store import Store
from tests.support.builders import DAY, NOW, a_window, ago, an_article

ARTICLES = {
    "grid": an_article("Storm hits the power grid", "Zürich's power station burned. Ørsted waits."),
    "attack": an_article(
        "Two attacks reported", "The attacker fled to Kraków; co-operation failed."
    ),
    "oil": an_article("Oil price rises", "OPEC+ cuts output by 1.2 million barrels."),
    "japan": an_article("東京で停電", "大雪のため東京で停電が発生した。"),
    "it": an_article("IT and the US", "Who can be in it?"),
    "old": an_article("Storm of last week", "A power grid failed.", published_at=ago(days=7)),
}


@pytest.fixture
async def filled(store: Store) -> Store:
    for article in ARTICLES.values():
        await store.articles.add(article)
    return store


FOUND: dict[str, set[str]] = {
    "storm": {"grid", "old"},
    "STORM grid": {"grid", "old"},
    '"power grid"': {"grid", "old"},
    '"grid power"': set(),
    "power -station": {"old"},
    "power -“last week”": {"grid"},
    "zurich": {"grid"},
    "ZÜRICH": {"grid"},
    "orsted": {"grid"},
    "krakow": {"attack"},
    "attack": {"attack"},
    "attacking": {"attack"},
    "cooperation": set(),
    "co-operation": {"attack"},
    "opec+": {"oil"},
    "1.2 million": {"oil"},
    "東京": {"japan"},
    "停電": {"japan"},
    "京東": set(),
    "it": {"it"},
    "who us": {"it"},
    "nowhere": set(),
    "-storm": set(),
    "": set(),
}


async def test_it_finds_what_is_asked_for(filled: Store) -> None:
    found = {query: await filled.search.find(query) for query in FOUND}

    assert {query: _names(hit.article for hit in hits) for query, hits in found.items()} == FOUND


async def test_it_puts_a_title_before_a_mention(store: Store) -> None:
    filler = " ".join(f"word{number}" for number in range(50))
    await store.articles.add(an_article("Something else", f"{filler} a reactor {filler}"))
    await store.articles.add(an_article("A reactor stops", filler))

    hits = await store.search.find("reactor")

    assert [hit.article.title for hit in hits] == ["A reactor stops", "Something else"]
    assert "reactor" in hits[1].snippet


async def test_it_keeps_to_the_window_and_the_limit(filled: Store) -> None:
    in_window = await filled.search.find("storm", window=DAY)

    assert [hit.article.title for hit in in_window] == [ARTICLES["grid"].title]
    assert len(await filled.search.find("storm", limit=1)) == 1


async def test_it_forgets_the_words_that_an_article_lost(store: Store) -> None:
    await store.articles.add(an_article("Title", "It told of a blackout."))
    await store.articles.add(an_article("Title", "It told of a brownout."))

    assert await store.search.find("blackout") == []
    assert len(await store.search.find("brownout")) == 1


async def test_it_searches_summaries_too(store: Store) -> None:
    await store.articles.add(an_article("Title", "Text.", summary="A reactor stops."))

    assert len(await store.search.find("reactor")) == 1


MATCHING: dict[tuple[str, ...], set[str]] = {
    ("oil", "attack"): {"attack", "oil"},
    ("power grid", "nowhere"): {"grid"},
    ("Kraków", "東京"): {"attack", "japan"},
    ("!?", ""): set(),
    (): set(),
}


async def test_it_matches_any_of_the_terms(filled: Store) -> None:
    found = {terms: await filled.search.matching(terms, DAY) for terms in MATCHING}

    assert {terms: _names(articles) for terms, articles in found.items()} == MATCHING


async def test_it_matches_newest_first(filled: Store) -> None:
    week = a_window(hours=24 * 8, until=NOW)

    found = await filled.search.matching(["storm"], week)

    assert [each.title for each in found] == [ARTICLES["grid"].title, ARTICLES["old"].title]
    assert len(await filled.search.matching(["storm"], week, limit=1)) == 1


async def test_the_closest_have_most_of_the_terms(filled: Store) -> None:
    week = a_window(hours=24 * 8, until=NOW)
    terms = ["storm", *ARTICLES["old"].title.split()]

    found = await filled.search.closest(terms, week, limit=2)

    assert found[0].title == ARTICLES["old"].title
    assert await filled.search.closest([], week) == []


HOSTILE = [
    "title:x",
    'a" OR "b',
    "NEAR(a b, 3)",
    "a AND",
    "NOT",
    "*",
    "^a",
    "{a b}: c",
    "a & | ! <-> b:*",
    "'; DROP TABLE articles; --",
    "\\",
    "%s %(x)s :x ?",
    "a\x00b",
    "\ud800",
    "\u202e",
    "𞤀𞤣",
    "ﷺ",
    "🧑‍🚒",
    '"' * 1_000,
    "(" * 1_000,
    "-" * 1_000,
    "a " * 10_000,
    "a-" * 10_000,
    "x" * 100_000,
    "\u0301" * 1_000,
]


async def test_hostile_text_is_only_words(filled: Store) -> None:
    for text in HOSTILE:
        hits = await filled.search.find(text)
        assert all(hit.article.source == "Coast Herald" for hit in hits)
        assert await filled.search.matching([text, "storm"], DAY)
        stored = await filled.articles.add(an_article(text, text))
        assert stored is Stored.NEW


QUERY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ab \"-'*():^{}+&|!<>\\\x00\ud800é東", max_size=40),
    st.lists(st.sampled_from(["AND", "OR", "NOT", "NEAR", '"', "-", "a", ":*"]), max_size=8).map(
        " ".join
    ),
)


def test_any_text_may_be_searched_for(database_url: str) -> None:
    store = Store.open(database_url)

    async def search(text: str) -> None:
        await store.articles.add(an_article(text, text))
        hits = await store.search.find(text)
        assert all(len(hit.snippet) <= 202 for hit in hits)
        await store.search.matching([text], DAY)

    with asyncio.Runner() as runner:

        @settings(max_examples=100, deadline=None)
        @given(text=QUERY_TEXT)
        def check(text: str) -> None:
            runner.run(search(text))

        runner.run(store.articles.add(an_article("A title", "Some text with a b and é.")))
        check()
        runner.run(store.close())


def _names(found: Iterable[Article]) -> set[str]:
    names = {article.id: name for name, article in ARTICLES.items()}
    return {names[article.id] for article in found}
