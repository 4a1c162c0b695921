"""Public news that a repository holds as the latest state of feeds: every version of its files.

An article is taken as it stood in the first version that has it.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

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
from benchmarks.fitting.more_feed_files import (
    cards,
    found_headlines,
    lines_of_feeds,
    searched,
    state_media,
    table_of_links,
    top_headlines,
)
from benchmarks.fitting.public_news import Item, key_of
from bot.sources.text.html import html_text

FILE_BYTES = 60_000_000
"""A version of a file that is larger is left out."""


@dataclass(frozen=True, slots=True)
class RollingFeed:
    """The files that match one of some git pathspecs, up to a commit, and how one is parsed."""

    name: str
    commit: str
    files: tuple[str, ...]
    parse: Callable[[bytes], Iterable[Entry]]


_WIRE = "d68da37dae7ae5705d73ea31c78690be66272553"
_DASHBOARD = "30a5e1bc077a96b11d66346bf5bc6844b61813ea"
_INDIAN = "ndtv.com hindustantimes.com thetimesofindia.com indianexpress.com"
_AMERICAN = "cnn.com nytimes.com washingtonpost.com"
_SECTORS = "b39d35641dfd7abeb5f40a259c865b2fc7de61d2"
_FEEDS_OF_2023 = "6e337bdaa4b28cf4af51d44aac10fabbd5734511"
_DAILIES = "lemonde.fr*une skynews*world nbcnews*world washingtonpost*world japantoday"
_REGIONS = (
    "allafrica themoscowtimes politico.eu batimes brazilian.report arabnews gulf-insider"
    " insightnews cbc.cawebfeedrssrss-topstories channelnewsasia telegraph.co.uknewsrss"
    " theintercept desmog"
)
_JANUARY = (
    "tehrantimes newarab dailysabah koreaherald elpais nzherald pakobserver channelnewsasia"
    " washingtonexaminer batimes allafrica politico.eu themoscowtimes telegraph dailymail"
)
_CYBER = "bleepingcomputer thehackernews securityweek darkreading cybersecuritynews"
_SEARCHES = "9f1f992b9fc02bbad65f7505a5d64781d0c4e92f"
_FOUND = (":(glob)archives/*/news_*.json",)
ROLLING_FEEDS = (
    RollingFeed("middle_east", _WIRE, ("data/feeds.json",), wire),
    RollingFeed("dawn", _WIRE, ("data/feeds.json",), wire),
    RollingFeed("many_countries", _DASHBOARD, ("docs/news.json",), dashboard),
    RollingFeed("south_asia", _DASHBOARD, ("docs/news.json",), dashboard),
    RollingFeed(
        "renewables",
        "88602ffe6224adb22d066594484277ae84a7240b",
        (":(glob)data/*/current_articles.json",),
        renewables,
    ),
    RollingFeed(
        "power", "b45a1db798603cd49966975dd9e8403b01ec842b", ("docs/data/articles.json",), listed
    ),
    RollingFeed(
        "shipping", "badeb7df51d3f0a3b18d9ab26b26f200ea8725a2", ("data/articles.db",), shipping
    ),
    RollingFeed(
        "sri_lanka", "0fcbad235160fea174d9a62153d877b8dfba8fe8", (":(glob)data/*.md",), bulletins
    ),
    RollingFeed(
        "broadcasters",
        "28c2c5005207e15ec5d98bf6b02486c9eb6fbeb1",
        ("data/world-news.json",),
        listed,
    ),
    RollingFeed(
        "defence", "aeb6924f713379d526e6d6c1b03ead79a80ed4d0", ("data/articles.db",), defence
    ),
    RollingFeed("iran_war", "98a48c2249c43b60d5ca97ffa00e02545d129359", ("news.json",), press),
    RollingFeed("africa", "fcb9899dcbdf779af0ecc357b5c49f744ccdb213", ("feed.json",), clusters),
    RollingFeed(
        "britain", "c023fedb319cda418a15925f8c3062cad0260cd3", ("data/headlines.json",), by_field
    ),
    RollingFeed(
        "oil_press", "43d6fb038ce938a4417421ec9e005577a5ae3a12", ("data/news-feed.json",), press
    ),
    RollingFeed(
        "business_press",
        "24c273010f69d72d5d400fd7996820f2644eda49",
        (":(glob)v2/content/links/articles-*.json",),
        press,
    ),
    RollingFeed(
        "united_states_2023", "29ed50a9954bb20a6931d00847ef5b63188bddf5", ("us/data.json",), newsapi
    ),
    RollingFeed("cnn", "37a39d4554e297db893997715e28075c5de2cd97", ("cnn-lite-articles",), cnn),
    RollingFeed(
        "broadcasters_2026", "80d08e855fc58d11d06baa133cc6533a4e98f20c", ("data/news.json",), press
    ),
    RollingFeed(
        "india_2022",
        "b6603c9bea78305508214b61ccce45011f67ff4d",
        tuple(f"everything/{each}.json" for each in f"{_INDIAN} {_AMERICAN}".split()),
        newsapi,
    ),
    RollingFeed(
        "year_2020",
        "f729d8c333a7b50c7081244b3c371c6596556fe5",
        (
            "everything/bbc-news.json",
            *(f"top-headlines/category/general/{each}.json" for each in ["in", "gb", "au", "us"]),
        ),
        newsapi,
    ),
    RollingFeed(
        "energy_alerts", "979b6f8f19b93651600c2bf3d626b99b41db797c", ("feed.xml",), search_alerts
    ),
    RollingFeed(
        "united_states_2026",
        "b8dcf41c53f89687bf1b16df972ca1bdc73279d5",
        (":(glob)articles/*.json",),
        press,
    ),
    RollingFeed(
        "bloomberg",
        "4ff9cd0656c60aec076e55ec377f4e0d732baa4f",
        (":(glob)data/news_2025-*.json",),
        press,
    ),
    RollingFeed(
        "united_states_2017",
        "386e1fc3ab1103d25afc8071b05d79c62d734de2",
        ("rt.csv", "nyt.csv", "fox.csv", "breitbart.csv"),
        four_outlets,
    ),
    RollingFeed("energy_world", _SECTORS, ("data/energy.json",), found_headlines),
    RollingFeed("energy_india", _SECTORS, ("data/energy_india.json",), found_headlines),
    RollingFeed(
        "clean_power_2025", "1e865d89031435a13f62e01a063831ee53ebb66b", ("data/news.json",), press
    ),
    RollingFeed(
        "gas_press", "bf976c72e08148d817367d5d8042ee0132cf81e9", ("docs/index.html",), cards
    ),
    RollingFeed(
        "electric_2026", "c11c7c8b8422af10fb63213f4b8fa2d8f0056185", ("data/news.json",), dashboard
    ),
    RollingFeed(
        "dailies_2023",
        _FEEDS_OF_2023,
        tuple(f":(glob)2023/*/*/*{each}*_entries.json" for each in _DAILIES.split()),
        feed_of_a_day,
    ),
    RollingFeed(
        "regions_2023",
        _FEEDS_OF_2023,
        tuple(f":(glob)2023/*/*/*{each}*_entries.json" for each in _REGIONS.split()),
        feed_of_a_day,
    ),
    RollingFeed(
        "january_2026",
        "3cc7fea7407e2665a2805b928386243166d3a58f",
        tuple(f":(glob)2026/*/*/*{each}*_entries.json" for each in _JANUARY.split()),
        feed_of_a_day,
    ),
    RollingFeed(
        "cyber_2026",
        "fdf25f71de040c5b2e14abfad38bb3e2a0b4e332",
        tuple(f"data/rss/{each}.json" for each in _CYBER.split()),
        feed_of_a_day,
    ),
    RollingFeed("world_searches", _SEARCHES, _FOUND, searched),
    RollingFeed("security_searches", _SEARCHES, _FOUND, searched),
    RollingFeed("conflict_searches", _SEARCHES, _FOUND, searched),
    RollingFeed(
        "google_news",
        "698a4d023612558c049e5e6560638a766e97c26c",
        (":(glob)news/20*/*/*/*.md",),
        top_headlines,
    ),
    RollingFeed(
        "outbreak_of_war",
        "bedde6117e319a8fe454ebe1beb80e4d26e00a1b",
        (":(glob)data/feeds/*.json",),
        state_media,
    ),
    RollingFeed(
        "defence_press",
        "4f5a25e3a5d381abe192bf53275e86e540256a33",
        (":(glob)data/raw/*/rss.jsonl",),
        lines_of_feeds,
    ),
    RollingFeed(
        "tech_searches",
        "2154dcfc439ccefae85aa98bccfd64a362b8259a",
        ("index.html",),
        table_of_links,
    ),
)


def in_history(folder: Path, feed: RollingFeed, days: Mapping[str, date]) -> list[Item]:
    """The articles whose keys are in `days`, each of its day, from a clone that has the commit."""
    wanted = dict(days)
    found: list[Item] = []
    for data in _versions(folder, feed):
        found += _taken(_entries(feed, data), wanted)
        if not wanted:
            break
    return sorted(found, key=lambda each: (each.day, each.id))


def _entries(feed: RollingFeed, data: bytes) -> list[Entry]:
    """The entries of a version; none of one that was committed broken."""
    try:
        return list(feed.parse(data))
    except (ValueError, TypeError, LookupError, AttributeError, sqlite3.Error):
        return []


def _taken(entries: Iterable[Entry], wanted: dict[str, date]) -> Iterator[Item]:
    for each in entries:
        key = key_of(each.url)
        if each.title and key in wanted:
            title, text = html_text(each.title), html_text(each.text)
            text = "" if text == title else text
            day = wanted.pop(key)
            yield Item(day, key, each.url, each.url, title, text, each.source)


def _versions(folder: Path, feed: RollingFeed) -> Iterator[bytes]:
    """What the files were, oldest first, each content once."""
    command = ["git", "-C", str(folder), "log", "--reverse", "--format=", "--raw", "--no-abbrev"]
    command += ["--no-renames", "--full-history", "--no-merges", feed.commit, "--", *feed.files]
    log = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    blobs = dict.fromkeys(line.split()[3] for line in log.splitlines() if line.startswith(":"))
    command = ["git", "-C", str(folder), "cat-file", "--batch"]
    pipe: Any = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as git:
        asked, answered = cast("IO[bytes]", git.stdin), cast("IO[bytes]", git.stdout)
        for blob in blobs:
            asked.write(f"{blob}\n".encode())
            asked.flush()
            head = answered.readline().split()
            if len(head) == 3:
                data = answered.read(int(head[2]) + 1)[:-1]
                if len(data) <= FILE_BYTES:
                    yield data
        asked.close()
