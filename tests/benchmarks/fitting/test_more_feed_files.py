"""Each kind of file of headlines gives them, without text."""

from __future__ import annotations

import json

from benchmarks.fitting.feed_files import Entry
from benchmarks.fitting.more_feed_files import found_headlines, searched, top_headlines
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
