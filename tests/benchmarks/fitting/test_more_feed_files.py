"""Each more kind of file of news gives its articles."""

from __future__ import annotations

import json

from benchmarks.fitting.feed_files import Entry
from benchmarks.fitting.more_feed_files import (
    cards,
    found_headlines,
    lines_of_feeds,
    searched,
    state_media,
    table_of_links,
    top_headlines,
)
from benchmarks.fitting.public_news import key_of


def test_what_a_search_found_is_a_headline_of_its_outlet() -> None:
    row = {"title": "Dam opens", "summary": "Dam opens&nbsp;&nbsp;A", "source": "A"}
    rows = [row | {"url": "https://news.test/1?oc=5"}]
    assert list(found_headlines(json.dumps(rows).encode())) == [
        Entry("https://news.test/1", "Dam opens", "", "A")
    ]


def test_an_outlet_that_search_results_do_not_name_is_the_host_of_its_icon() -> None:
    icon = "https://icons.test/2?x=1&url=https://www.a.test&size=96"
    row: dict[str, str | None] = {"Title": "Dam opens", "Link": "https://news.test/1?hl=en"}
    rows = [row | {"Source": "More", "img": icon}, row | {"Source": "B", "img": icon}]
    rows += [row | {"Source": "More", "img": None}, {"Title": None}]
    assert list(searched(json.dumps(rows).encode())) == [
        Entry("https://news.test/1", "Dam opens", "", "a.test"),
        Entry("https://news.test/1", "Dam opens", "", "B"),
        Entry("https://news.test/1", "Dam opens", "", "More"),
        Entry("", "", "", "More"),
    ]


def test_a_page_of_headlines_gives_each_a_name_of_its_own() -> None:
    page = "# Top\n\n_Updated: 12:52_\n\n- Dam opens - at last - The Courier\n- No outlet\n"
    assert list(top_headlines(page.encode())) == [
        Entry(
            f"headlines/{key_of('Dam opens - at last - The Courier')}",
            "Dam opens - at last",
            "",
            "The Courier",
        )
    ]


CARD = """<article class="card"><div>
  <span class="badge">Gas</span>
  <span class="meta">S&amp;P - Gas · 2026-03-13 08:15</span>
</div>
<h3 class="card-title"><a href="{link}?oc=5" target="_blank">Dam&#x27;s water - all gone</a></h3>
<p class="card-summary">其他语言</p></article>"""


def test_a_card_is_a_headline_and_loses_its_outlet_where_a_search_adds_it() -> None:
    own, found = "https://a.test/1", "https://news.google.com/rss/1"
    page = CARD.format(link=own) + CARD.format(link=found)
    assert list(cards(page.encode())) == [
        Entry(own, "Dam's water - all gone", "", "S&P - Gas"),
        Entry(found, "Dam's water", "", "S&P - Gas"),
    ]


def test_only_english_articles_of_a_region_are_read_and_no_title_twice() -> None:
    row = {"title_original": "T", "content_original": "T S", "source_name": "A (English)"}
    rows = [row | {"url": "https://a.test/1?x=1", "language": "en"}]
    rows += [row | {"url": "https://a.test/2", "language": "ar"}]
    assert list(state_media(json.dumps(rows).encode())) == [
        Entry("https://a.test/1", "T", "S", "A")
    ]


def test_a_line_is_an_article_of_a_feed_or_what_a_search_found() -> None:
    direct = {"url": "https://www.a.test/1?x=1", "title": "Dam - at last", "summary": "It opens."}
    found = {"url": "https://news.google.com/rss/1?oc=5", "title": "Dam opens - B", "summary": "S"}
    unnamed = found | {"title": "Dam opens"}
    lines = "\n".join(json.dumps(each) for each in (direct, found, unnamed))
    assert list(lines_of_feeds(lines.encode())) == [
        Entry("https://www.a.test/1", "Dam - at last", "It opens.", "a.test"),
        Entry("https://news.google.com/rss/1", "Dam opens", "", "B"),
        Entry("https://news.google.com/rss/1", "Dam opens", "S", "news.google.com"),
    ]


def test_a_link_in_a_table_stands_before_its_outlet() -> None:
    link = '<a href="https://news.test/1?oc=5" target="_blank">Dam &amp; lake</a>'
    page = f"<tr><td>{link}&nbsp;&nbsp;<font color='x'>A &amp; B</font></td></tr><td>{link}</td>"
    assert list(table_of_links(page.encode())) == [
        Entry("https://news.test/1", "Dam &amp; lake", "", "A & B"),
        Entry("https://news.test/1", "Dam &amp; lake", "", ""),
    ]
