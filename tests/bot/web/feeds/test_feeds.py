"""The feeds of a topic, as feed readers and validators read them."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import httpx
from jsonschema import Draft202012Validator
from lxml import etree

from bot.models import withdrawal_of
from bot.page_links import new_token
from bot.sources.feeds.reader import read_feed
from tests.support.builders import a_topic
from tests.support.clock import Clock
from tests.support.page_room import PageRoom

WEB = {"type": "string", "pattern": "^https?://"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "required": ["name"], "properties": {"name": {"minLength": 1}}},
}
ITEM = {
    "type": "object",
    "required": ["id"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "url": WEB,
        "external_url": WEB,
        "title": {"type": "string"},
        "content_html": {"type": "string"},
        "content_text": {"type": "string"},
        "date_published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "authors": AUTHORS,
        "language": {"type": "string"},
    },
    "additionalProperties": False,
}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": WEB,
        "feed_url": WEB,
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": AUTHORS,
        "items": {"type": "array", "items": ITEM},
    },
    "additionalProperties": False,
}
"""What https://www.jsonfeed.org/version/1.1/ demands of the members that our feeds have."""


def path(room: PageRoom, name: str = "feed.atom", topic: str = "energy") -> str:
    return f"/c/{room.archive}/topics/{topic}/{name}"


def told(room: PageRoom, topic: str = "energy") -> set[str]:
    parts = [part for part in room.briefing.sections if part.topic == topic]
    return {" ".join(each.text.split()) for part in parts for each in part.bullets}


async def atom(room: PageRoom, browser: httpx.AsyncClient) -> Any:
    answer = await browser.get(path(room))
    assert answer.headers["content-type"] == "application/atom+xml"
    grammar = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
    grammar.assertValid(etree.fromstring(answer.content))
    found = feedparser.parse(answer.content)
    assert not found.bozo
    return found


async def test_the_atom_feed_holds_what_was_told_on_the_topic_with_quotes_and_links(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    found = await atom(room, browser)
    titles = [" ".join(each.title.split()) for each in found.entries]
    assert told(room) <= set(titles)
    assert not told(room, "security") & set(titles)
    assert len(set(titles)) == len(titles) == len({each.id for each in found.entries})
    assert [each.published for each in found.entries] == sorted(
        (each.published for each in found.entries), reverse=True
    )
    by_title = {" ".join(each.title.split()): each for each in found.entries}
    for part in room.briefing.sections:
        for bullet in part.bullets if part.topic == "energy" else ():
            entry = by_title[" ".join(bullet.text.split())]
            said = " ".join(unescape(entry.content[0].value).split())
            for citation in bullet.citations:
                assert " ".join(citation.quote.split()) in said
                assert str(citation.url) in said
            assert entry.link in {each.url for each in bullet.citations}


async def test_the_json_feed_is_valid_and_says_the_same(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    answer = await browser.get(path(room, "feed.json"))
    assert answer.headers["content-type"] == "application/feed+json"
    found = answer.json()
    Draft202012Validator(JSON_FEED).validate(found)
    entries = (await atom(room, browser)).entries
    assert [each["id"] for each in found["items"]] == [each.id for each in entries]
    assert all("“" in each["content_text"] for each in found["items"])
    assert found["feed_url"] == f"http://127.0.0.1:8090{path(room, 'feed.json')}"


async def test_the_bot_reads_its_own_feeds(room: PageRoom, browser: httpx.AsyncClient) -> None:
    for name in ("feed.atom", "feed.json"):
        answer = await browser.get(path(room, name))
        read = read_feed(answer.content, room.now, url=f"http://pages.test{path(room, name)}")
        assert told(room) <= {" ".join(each.article.title.split()) for each in read.entries}


async def test_an_entry_keeps_its_id_and_a_withdrawn_bullet_leaves(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    before = {each.title: each.id for each in (await atom(room, browser)).entries}
    token = new_token()
    await room.store.page_links.renew(room.channel.id, token, room.now)
    assert (await browser.get(path(room))).status_code == 404
    renewed = feedparser.parse((await browser.get(path(room).replace(room.archive, token))).content)
    assert {each.title: each.id for each in renewed.entries} == before
    part = next(each for each in room.briefing.sections if each.topic == "energy")
    assert await room.store.withdrawals.add(withdrawal_of(part.bullets[0], "Wrong.", room.now))
    left = feedparser.parse((await browser.get(path(room).replace(room.archive, token))).content)
    assert {each.id for each in left.entries} < set(before.values())
    assert part.bullets[0].text not in [each.title for each in left.entries]


async def test_a_feed_is_opened_by_the_links_that_open_the_topics_page_of_a_channel(
    room: PageRoom, browser: httpx.AsyncClient, clock: Clock
) -> None:
    page = await browser.get(f"/c/{room.archive}/topics/energy")
    assert page.text.count(path(room)) == 2
    assert "feed.atom" not in (await browser.get(f"/d/{room.digest}/topics/energy")).text
    strange = (
        path(room).replace("/c/", "/d/"),
        path(room).replace(room.archive, room.digest),
        path(room).replace(room.archive, new_token()),
        path(room, topic="nonsense"),
        path(room, "feed.xml"),
    )
    assert {(await browser.get(each)).status_code for each in strange} == {404}
    clock.now = room.now + timedelta(days=91)
    assert (await browser.get(path(room))).status_code == 404


async def test_what_did_not_change_is_not_sent_again_and_an_own_topic_has_a_feed(
    room: PageRoom, browser: httpx.AsyncClient
) -> None:
    first = await browser.get(path(room))
    again = await browser.get(path(room), headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await room.store.topics.add(a_topic("floods & <storms>", channel_id=room.channel.id))
    own = await browser.get(path(room, topic="floods%20%26%20%3Cstorms%3E"))
    assert own.status_code == 200
    found = feedparser.parse(own.content)
    assert (found.bozo, found.entries) == (False, [])
    assert found.feed.title == "Floods & <storms> – Morning desk"
