"""👍 and 👎 move a chat's ranking, visibly, and can be forgotten."""

from __future__ import annotations

from dataclasses import replace

from bot.store import Store
from summarizer.tastes import LEAST, MOST, Tastes
from tests.support.builders import an_article
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.news import stored
from tests.support.whole_bot import services_of


async def test_a_vote_is_shown_and_forgotten(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    chat = Chat(services_of(sqlite_store, Clock()))
    await chat.hears(
        ("/settings learning", "I have learned nothing yet…"),
        ("/brief energy 7d", "…40,000 homes…"),
        ("/like", "Which one should this chat get more of?\n\nOr type it: /like 2"),
        ("/dislike 1", "Noted. Less like bullet 1…"),
        ("/dislike 1", "Noted…"),
        ("/settings learning", "Learned from…less: Coast Herald (-1)…"),
        ("/like 1", "Noted. More like bullet 1…"),
        ("/settings learning", "Learned from…more: Coast Herald (+1)…"),
        ("/settings learning reset", "Forgotten what I learned 1 vote deleted."),
        ("/settings learning", "I have learned nothing yet…"),
    )


async def test_what_is_disliked_comes_later(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    chat = Chat(services_of(sqlite_store, Clock()))
    first = await chat.ask("/brief energy 7d")
    assert first is not None
    assert first.briefing is not None
    before = [each.story_id for each in first.briefing.bullets]
    for person in range(6):
        voter = replace(chat.user, id=str(person))
        await replace(chat, user=voter).say("/dislike 1")
        await replace(chat, user=voter).say("/like 2")
    again = await chat.ask("/brief energy 7d")
    assert again is not None
    assert again.briefing is not None
    assert [each.story_id for each in again.briefing.bullets] == before[::-1]


def test_no_vote_hides_or_forces_a_story() -> None:
    article = an_article("Storm cuts power", "Text.", source="Herald")
    assert Tastes((("Herald", 99.0),)).factor(article) == MOST
    assert Tastes((), (("storm", -99.0),)).factor(article) == LEAST
    assert Tastes((("Other", 9.0),), (("flood", 9.0),)).factor(article) == 1.0
