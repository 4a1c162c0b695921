"""Articles are found in the versions of a file that only holds the latest ones."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from benchmarks.fitting.public_news import key_of
from benchmarks.fitting.rolling_feeds import (
    Entry,
    RollingFeed,
    bulletins,
    dashboard,
    defence,
    in_history,
    listed,
    renewables,
    shipping,
    wire,
)
from tests.support.repositories import git

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


def test_each_kind_of_file_has_its_articles() -> None:
    row = {"title": "T", "summary": "<p>S</p>", "source": "A — front"}
    item = row | {"url": "https://a.test/1?traffic_source=rss"}
    assert list(wire(json.dumps({"items": [item]}).encode())) == [
        Entry("https://a.test/1", "T", "<p>S</p>", "A")
    ]
    by_list = item | {"source": "Start.me"}
    assert next(wire(json.dumps({"items": [by_list]}).encode())).source == "a.test"
    linked = {"title": "T", "summary": None, "source": "A", "link": "https://a.test/1?utm_x=1"}
    expected = [Entry("https://a.test/1", "T", "", "A")]
    assert list(dashboard(json.dumps({"categories": {"World": [linked]}}).encode())) == expected
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


def feed(titles: dict[int, str]) -> str:
    rows = [
        {"title": title, "summary": title, "source": "A", "link": f"https://a.test/{at}"}
        for at, title in titles.items()
    ]
    return json.dumps({"articles": rows})


def test_an_article_is_taken_from_the_first_version_that_has_it(tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    file = tmp_path / "feed.json"
    git(tmp_path, "init", "--quiet")
    versions = [
        feed({1: "One", 2: "Two"}),
        "{broken",
        "[]",
        json.dumps({"articles": None}),
        feed({2: "Two, changed", 3: "Three"}),
        feed({4: "Too late"}),
    ]
    commits = []
    for each in versions:
        file.write_text(each)
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "-m", "feed")
        commits.append(git(tmp_path, "rev-parse", "HEAD"))
    wanted = {key_of(f"https://a.test/{at}"): date(2026, 1, at) for at in (2, 3, 4)}
    found = in_history(tmp_path, RollingFeed("power", commits[4], "feed.json", listed), wanted)
    assert [(each.title, each.text, each.day.day) for each in found] == [
        ("Two", "", 2),
        ("Three", "", 3),
    ]
