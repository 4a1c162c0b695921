"""Walls, errors and what is no feed, as a saved file, by an address and as a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import RefusedInput
from bot.models import ParsedArticle, SourceKind
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import Outcome, Refusal, parse
from bot.sources.pages.not_feeds import names_a_feed
from bot.sources.pages.shown_source import shown_feed
from tests.fakes.web import answer, redirect
from tests.support.builders import NOW
from tests.support.feed_texts import item, page, rss
from tests.support.source_room import Room

TOLD = "A crane fell onto the quay at Port Aven on Monday, and two ships had to leave."
HEAD = f'<meta property="og:type" content="article"><meta name="description" content="{TOLD}">'
OFFER = "You have read all your free stories. Choose a plan to go on; subscribers pay $1 a week."
TEXT = "\n\n".join(
    f"{TOLD} Nobody was hurt, the harbour master said, and berth {number} stays shut."
    for number in range(9)
)


def saved(data: bytes, name: str, read_as: str = "auto") -> list[Outcome]:
    return parse(data, name, ReadOptions(NOW, 1_000_000, read_as))


def reason(data: bytes, name: str) -> str:
    (refusal,) = saved(data, name)
    assert isinstance(refusal, Refusal)
    return refusal.reason


ERROR = (
    b"<html><head><title>500 Internal Server Error</title></head><body><h1>Oh</h1></body></html>"
)
NO_FEEDS = {
    "page": (ERROR, "is a web page, not a feed: name it .html to read it as an article"),
    "php": (
        b"<br />\n<b>Fatal error</b>: Uncaught Error: x() in /srv/feed.php:9 on line <b>9</b>",
        "is a server's error, not a feed",
    ),
    "text": (b"upstream connect error or disconnect", "is not a feed"),
    "storage": (b"<Error><Code>AccessDenied</Code></Error>", "is a server's error, not a feed"),
    "soap": (b"<?xml version='1.0'?><fault>down</fault>", "is XML, but not a feed"),
    "json": (b'{"error": "down"}', "is JSON, but not a feed"),
    "list": (b"<opml version='2.0'><body/></opml>", "is a list of feeds (OPML)"),
}


@pytest.mark.parametrize("kind", NO_FEEDS)
@pytest.mark.parametrize("name", ["feed.xml", "feed.RSS", "feed.atom", "feed.rdf"])
def test_fault_58_a_file_named_like_a_feed_is_a_feed_or_refused(kind: str, name: str) -> None:
    data, why = NO_FEEDS[kind]
    assert reason(data, name).startswith(why)


@pytest.mark.parametrize("kind", NO_FEEDS)
async def test_fault_58_an_error_at_a_feeds_address_is_no_article(room: Room, kind: str) -> None:
    url = room.web.on("/feed.xml", answer(NO_FEEDS[kind][0]))
    with pytest.raises(RefusedInput, match="has no feed, article or feed link: it is"):
        await room.admin.ingest_url(url, source=None)
    with pytest.raises(RefusedInput, match="has no feed, article or feed link: it is"):
        await room.admin.add(url)
    assert await room.articles() == []


async def test_fault_58_a_feed_that_became_the_front_page_is_no_article(room: Room) -> None:
    room.web.on("/", answer(page("River Post", TEXT)))
    url = room.web.on("/rss", redirect("/"))
    with pytest.raises(RefusedInput, match="is a web page, not a feed"):
        await room.admin.ingest_url(url, source=None)
    assert (await room.admin.ingest_url(url, source=None, as_page=True)).new == 1


def test_addresses_that_name_feeds() -> None:
    named = ["/feed.xml", "/a/rss", "/blog/feed/", "/x.ATOM", "/index.rdf?x=1"]
    assert all(names_a_feed(f"https://a.example{each}") for each in named)
    others = ["/", "/feeding-cats", "/xml", "/a.xml.html", "/rss-readers"]
    assert not any(names_a_feed(f"https://a.example{each}") for each in others)


SOURCE = rss(item("Crane falls"), item("Ships leave"))
ESCAPED = SOURCE.decode().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
VIEWS = {
    "pre": f"<html><head><title>view-source</title></head><body><pre>{ESCAPED}</pre></body></html>",
    "coloured": "<html><body><pre id='line1'>"
    + ESCAPED.replace("&lt;", "<span>&lt;<span class='start-tag'>").replace(
        "&gt;", "</span>&gt;</span>"
    )
    + "</pre></body></html>",
    "lines": "<!doctype html><html><head><style>td {}</style></head><body><table>"
    + "".join(f"<tr><td data-n='1'></td><td>{each}</td></tr>" for each in ESCAPED.split("\n"))
    + "</table></body></html>",
    "remark": "<html><body><div>This file has no style. Its tree is shown below.</div><pre>"
    f"{ESCAPED}</pre></body></html>",
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["saved.html", "saved.xml"])
def test_fault_58_the_saved_view_of_a_feeds_source_is_that_feed(view: str, name: str) -> None:
    found = saved(VIEWS[view].encode(), name)
    assert [each.title for each in found if isinstance(each, ParsedArticle)] == [
        "Crane falls",
        "Ships leave",
    ]


def test_a_page_about_feeds_is_a_page() -> None:
    sample = "&lt;rss version=&quot;2.0&quot;&gt;&lt;channel&gt;&lt;/channel&gt;&lt;/rss&gt;"
    told = page("How feeds are written", TEXT).replace(
        b"</article>", f"<pre>{sample}</pre>".encode()
    )
    assert shown_feed(told.decode()) is None
    (article,) = saved(told, "guide.html")
    assert isinstance(article, ParsedArticle)
    assert shown_feed("&lt;rss" + "\0" * 9) is None


def test_fault_55_a_wall_copied_into_a_text_file_is_refused() -> None:
    assert "a paywall in place of an article" in reason(
        f"Crane falls\n\n{OFFER}\n".encode(), "a.txt"
    )
    error = b"Oh no\n\nWarning: require(): failed in /srv/www/index.php on line 4\n"
    assert "an error page in place of an article" in reason(error, "a.txt")
    (article,) = saved(f"Crane falls\n\n{TOLD}\n".encode(), "a.txt")
    assert isinstance(article, ParsedArticle)


@pytest.mark.parametrize("name", ["wall.html", "wall"])
def test_fault_55_a_saved_wall_is_refused_by_name(name: str) -> None:
    assert reason(page("Crane falls", OFFER), name) == "shows a paywall in place of an article"


async def test_fault_55_an_address_that_shows_a_wall_says_so(room: Room) -> None:
    url = room.web.on("/crane", answer(page("Crane falls", OFFER)))
    for _ in range(2):
        with pytest.raises(RefusedInput, match="it shows a paywall in place of an article"):
            await room.admin.ingest_url(url, source=None)
    with pytest.raises(RefusedInput, match="it shows a paywall in place of an article"):
        await room.admin.add(url)


async def test_fault_55_a_hidden_article_is_stored_by_its_description(
    room: Room, tmp_path: Path
) -> None:
    url = room.web.on("/crane", answer(page("Crane falls", OFFER, head=HEAD)))
    assert (await room.admin.ingest_url(url, source="River Post")).new == 1
    (article,) = await room.articles()
    assert (article.title, article.text) == ("Crane falls", TOLD)
    await room.admin.add(url, name="Crane")
    assert (await room.refresh()).failed == 0
    assert [each.text for each in await room.articles()] == [TOLD]


async def test_fault_55_a_wall_before_a_watched_page_takes_nothing_away(room: Room) -> None:
    await room.add(answer(page("Crane falls", TEXT, head=HEAD)), kind=SourceKind.PAGE)
    await room.refresh()
    room.web.on("/wire", answer(page("Crane falls", OFFER, head=HEAD)))
    await room.again()
    assert [each.text for each in await room.articles()] == [TEXT]
    room.web.on("/wire", answer(page("Crane falls", OFFER)))
    source = await room.again()
    assert source.state.error == "shows a paywall in place of an article"
    assert [each.text for each in await room.articles()] == [TEXT]
