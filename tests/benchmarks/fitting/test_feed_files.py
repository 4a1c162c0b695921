"""Each kind of file of news gives its articles."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.fitting.feed_files import (
    Entry,
    bulletins,
    by_field,
    clusters,
    cnn,
    dashboard,
    defence,
    feed_of_a_day,
    four_outlets,
    listed,
    newsapi,
    press,
    renewables,
    search_alerts,
    shipping,
    wire,
)

PAGE = """# Bulletin

A summary.

## Source News

# Dam opens

*2024-05-03 08:15:00*

[dailyftlk](https://ft.test/dam)

The dam was opened.

---

# Strike ends

*2024-05-03 09:00:00*

[islandlk](https://island.test/strike)

It ended.
"""


def test_each_kind_of_feed_has_its_articles() -> None:
    row = {"title": "T", "summary": "<p>S</p>", "source": "A — front"}
    item = row | {"url": "https://a.test/1?traffic_source=rss"}
    assert list(wire(json.dumps({"items": [item]}).encode())) == [
        Entry("https://a.test/1", "T", "<p>S</p>", "A")
    ]
    by_list = item | {"source": "Start.me"}
    assert next(wire(json.dumps({"items": [by_list]}).encode())).source == "a.test"
    linked = {"title": "T", "summary": None, "source": "A", "link": "https://a.test/1?utm_x=1"}
    expected = [Entry("https://a.test/1", "T", "", "A")]
    for groups in ("categories", "sections"):
        assert list(dashboard(json.dumps({groups: {"World": [linked]}}).encode())) == expected
    assert list(listed(json.dumps({"articles": [linked]}).encode())) == expected
    assert list(listed(json.dumps({"items": [linked]}).encode())) == expected
    trade = {"title": "T", "lead": "L", "article_url": "https://www.a.test/1?utm_x=1"}
    assert list(renewables(json.dumps([trade]).encode())) == [
        Entry("https://www.a.test/1", "T", "L", "a.test")
    ]
    assert list(bulletins(PAGE.encode())) == [
        Entry("https://ft.test/dam", "Dam opens", "\nThe dam was opened.\n", "dailyftlk"),
        Entry("https://island.test/strike", "Strike ends", "\nIt ended.\n", "islandlk"),
    ]


def test_a_base_of_articles_is_read_but_for_other_languages(tmp_path: Path) -> None:
    path = tmp_path / "articles.db"
    columns = "link, title, raw_snippet, source, original_language, url, summary, language"
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"create table articles ({columns})")
        for at, language in enumerate(("en", "de")):
            url = f"https://s.test/{at}"
            text = "Text. The post T appeared first on S."
            row = (url, "T", text, "S", language, url, None, language)
            base.execute("insert into articles values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        base.commit()
    assert list(shipping(path.read_bytes())) == [Entry("https://s.test/0", "T", "Text. ", "S")]
    assert list(defence(path.read_bytes())) == [Entry("https://s.test/0", "T", "", "S")]


def test_the_only_list_of_a_file_holds_articles_whatever_their_parts_are_called() -> None:
    link = "https://a.test/1"
    expected = [Entry(link, "T", "S", "A")]
    first = {"title": "T", "link": f"{link}?at_medium=rss", "description": "S", "source": "A"}
    second = {"title": "T", "url": link, "summary": "S", "sourceName": "A [daily]"}
    third = {"title": "T", "url": link, "content": "S", "publisher": "A"}
    assert list(press(json.dumps({"updated": "x", "stories": [first]}).encode())) == expected
    assert list(press(json.dumps([second]).encode())) == expected
    assert list(press(json.dumps([third]).encode())) == expected


def test_articles_in_groups_are_read_in_each_group() -> None:
    grouped = {"headline": "T", "summary": "S", "sources": ["A", "B"]}
    links = ["https://a.test/1?x=1", "https://b.test/2"]
    rows = [grouped | {"urls": links}, grouped | {"urls": []}]
    assert list(clusters(json.dumps({"items": rows}).encode())) == [
        Entry("https://a.test/1", "T", "S", "A"),
        Entry("", "T", "S", "A"),
    ]
    row = {"title": "T", "url": "https://a.test/1?x=1", "description": None, "source": "A"}
    assert list(by_field(json.dumps({"headlines": {"health": [row]}}).encode())) == [
        Entry("https://a.test/1", "T", "", "A")
    ]


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Dam opens - The Courier", "Dam opens"),
        ("Dam opens | The Courier", "Dam opens"),
        ("Dam opens - at last", "Dam opens - at last"),
        ("Dam opens", "Dam opens"),
    ],
)
def test_an_outlet_is_no_part_of_a_title(title: str, kept: str) -> None:
    row = {"title": title, "url": "https://a.test/1?x", "source": {"name": "The Courier"}}
    (found,) = newsapi(json.dumps({"articles": [row]}).encode())
    assert found == Entry("https://a.test/1", kept, "", "The Courier")


def test_a_page_of_cnn_is_an_article() -> None:
    row = {"url": "https://cnn.test/1?x", "title": "Dam opens | CNN Business", "text": "It opened."}
    assert list(cnn(json.dumps(row).encode())) == [
        Entry("https://cnn.test/1", "Dam opens", "It opened.", "CNN")
    ]


def test_an_alert_is_of_the_outlet_that_its_link_leads_to() -> None:
    link = "https://search.test/url?sa=t&amp;url=https://www.a.test/1%3Fx=1&amp;ct=ga"
    item = f"<item><title>Dam opens</title><link>{link}</link><description>S</description></item>"
    direct = "<item><title>Two</title><link>https://b.test/2</link></item>"
    feed = f"<rss version='2.0'><channel><title>Alerts</title>{item}{direct}</channel></rss>"
    assert list(search_alerts(feed.encode())) == [
        Entry("https://www.a.test/1", "Dam opens", "S", "a.test"),
        Entry("https://b.test/2", "Two", "", "b.test"),
    ]


def test_a_table_of_an_outlet_is_read_without_its_link_to_the_whole() -> None:
    line = "X,01/10/2017,nyt,It opened\x92s. Read Full Art\x85,Dam opens,https://a.test/1?utm=x"
    table = f"author,date,source,summary,title,url\n{line}\n"
    assert list(four_outlets(table.encode("latin-1"))) == [
        Entry("https://a.test/1", "Dam opens", "It opened’s. ", "New York Times")
    ]


def test_an_article_of_a_feed_is_of_the_outlet_of_its_address() -> None:
    row = {"title": "T", "description": None, "source": "feed"}
    for place in ("link", "url"):
        held = [row | {place: "https://www.a.test/1?x=1"}]
        for file in (held, {"schema": 1, "articles": held}):
            assert list(feed_of_a_day(json.dumps(file).encode())) == [
                Entry("https://www.a.test/1", "T", "", "a.test")
            ]
