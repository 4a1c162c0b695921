"""Adding, checking and taking in single addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import FetchError, RefusedInput, UsageError
from bot.ingest.worker.messages import Counts
from bot.models import SourceKind
from bot.sources.feeds.opml import OpmlSource
from bot.sources.http.url import with_scheme
from tests.fakes.web import answer, redirect
from tests.support.feed_texts import LONG, item, page, rss
from tests.support.source_room import Room

FEED = answer(rss(item("One"), item("Two")))
LINK = '<link rel="alternate" type="application/rss+xml" href="{}">'


async def test_a_feed_is_added_under_its_own_name(room: Room) -> None:
    url = room.web.on("/rss", FEED)
    source, probed = await room.admin.add(url, category="Energy", weight=2)
    assert (source.name, source.kind, source.url) == ("Harbour Wire", SourceKind.FEED, url)
    assert (source.category, source.weight) == ("Energy", 2)
    assert probed is not None
    assert probed.feed is not None
    assert probed.feed.total == 2
    assert (await room.refresh()).counts == Counts(new=2)


async def test_a_page_leads_to_its_feed(room: Room) -> None:
    links = LINK.format("/none") + LINK.format("/rss")
    url = room.web.on("/", answer(page("Home", LONG, head=links)))
    feed = room.web.on("/rss", FEED)
    source, _ = await room.admin.add(url)
    assert (source.url, source.kind) == (feed, SourceKind.FEED)


async def test_a_page_without_feed_is_an_article(room: Room) -> None:
    url = room.web.on("/report", answer(page("Outage report", LONG)))
    source, _ = await room.admin.add(url, name="Report")
    assert (source.name, source.kind) == ("Report", SourceKind.PAGE)


async def test_a_moved_feed_is_added_at_its_new_address(room: Room) -> None:
    url = room.web.on("/old", redirect("/rss", 301))
    feed = room.web.on("/rss", FEED)
    source, _ = await room.admin.add(url)
    assert source.url == feed


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/404", "no such page"),
        ("/empty", "article or feed link: it has no article text"),
        ("/broken", "no feed, article or feed link: it is cut off"),
        ("/lies", "article or feed link"),
    ],
)
async def test_what_cannot_be_read_is_not_added(room: Room, path: str, why: str) -> None:
    room.web.on("/empty", answer(b"<html><body><p>Soon here.</p></body></html>"))
    room.web.on("/broken", answer(b"<rss><channel><item>"))
    room.web.on("/lies", answer(page("x", "y", head=LINK.format("/empty"))))
    with pytest.raises((FetchError, RefusedInput), match=why):
        await room.admin.add(room.web.at(path))
    assert await room.store.sources.all() == []


async def test_unchecked_means_unasked(room: Room) -> None:
    source, probed = await room.admin.add(room.web.at("/404"), unchecked=True)
    assert probed is None
    assert source.name == "127.0.0.1"
    assert room.web.asked == []


async def test_an_address_is_added_once(room: Room) -> None:
    url = room.web.on("/rss", FEED)
    room.web.on("/old", redirect("/rss", 301))
    await room.admin.add(url)
    for again in (url, f"{url}#top", room.web.at("/old")):
        with pytest.raises(UsageError, match="is a source already: Harbour Wire"):
            await room.admin.add(again)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("wire.example/rss", "https://wire.example/rss"),
        ("wire.example:8080/rss", "https://wire.example:8080/rss"),
        (" http://wire.example ", "http://wire.example"),
        ("ftp://wire.example", "ftp://wire.example"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_an_address_may_be_typed_without_its_beginning(typed: str, url: str) -> None:
    assert with_scheme(typed) == url


@pytest.mark.parametrize("url", ["https://a.example/" + "x" * 2_000, "javascript:alert(1)", ""])
async def test_an_odd_address_is_refused(room: Room, url: str) -> None:
    with pytest.raises((FetchError, UsageError)):
        await room.admin.add(url)
    assert room.web.asked == []


async def test_a_folder_is_added(room: Room, tmp_path: Path) -> None:
    source = await room.admin.add_folder(tmp_path, name=None, category=" Oil\x1b[2J ", weight=1)
    assert source.category == "Oil[2J"
    assert (source.kind, source.name) == (SourceKind.FOLDER, tmp_path.name)
    assert source.url.endswith(tmp_path.name)
    with pytest.raises(UsageError, match="is not a folder"):
        await room.admin.add_folder(tmp_path / "none", name=None, weight=1)


async def test_a_list_is_added_without_asking(room: Room) -> None:
    listed = OpmlSource("Wire", "https://wire.example/rss", "Energy / Grid")
    source = await room.admin.add_from_opml(listed)
    assert source is not None
    assert (source.name, source.category) == ("Wire", "Energy / Grid")
    assert await room.admin.add_from_opml(listed) is None
    assert room.web.asked == []


async def test_a_check_says_what_is_there_and_what_failed(room: Room, tmp_path: Path) -> None:
    good = await room.add(FEED, "Good")
    bad = await room.add(answer(status=500), "Bad")
    html = await room.add(answer(page("x", LONG)), "Html")
    article = await room.add(answer(page("Report", LONG)), "Report", kind=SourceKind.PAGE)
    (tmp_path / "news").mkdir()
    folder = await room.admin.add_folder(tmp_path / "news", name=None, weight=1)
    checked = [await room.admin.check(each) for each in (good, bad, html, article, folder)]
    assert [(each.well, each.text) for each in checked] == [
        (True, "2 items, the newest of 2026-11-23 09:00Z"),
        (False, "the server is in trouble (HTTP 500)"),
        (False, "is a web page without a feed link"),
        (True, "one article: Report"),
        (True, "0 files"),
    ]
    assert await room.articles() == []


async def test_a_single_address_is_taken_in(room: Room) -> None:
    feed = room.web.on("/rss", FEED)
    report = room.web.on("/report", answer(page("Outage report", LONG)))
    assert await room.admin.ingest_url(feed, source=None) == Counts(new=2)
    assert await room.admin.ingest_url(feed, source=None) == Counts(unchanged=2)
    assert await room.admin.ingest_url(report, source="Desk") == Counts(new=1)
    found = {article.title: article.source for article in await room.articles()}
    assert found == {"One": "Harbour Wire", "Two": "Harbour Wire", "Outage report": "Desk"}
    assert await room.store.sources.all() == []
