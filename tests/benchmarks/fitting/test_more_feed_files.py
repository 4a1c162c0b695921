"""Each kind of file of headlines gives them, without text."""

from __future__ import annotations

import json

from benchmarks.fitting.feed_files import Entry
from benchmarks.fitting.more_feed_files import found_headlines


def test_what_a_search_found_is_a_headline_of_its_outlet() -> None:
    row = {"title": "Dam opens", "summary": "Dam opens&nbsp;&nbsp;A", "source": "A"}
    rows = [row | {"url": "https://news.test/1?oc=5"}]
    assert list(found_headlines(json.dumps(rows).encode())) == [
        Entry("https://news.test/1", "Dam opens", "", "A")
    ]
