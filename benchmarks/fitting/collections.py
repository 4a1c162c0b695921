"""Labelled days of public news: `python -m benchmarks.fitting.collections SOURCE… FOLDER`.

A source is a clone of one of these repositories, bare or not, that has the commit:

    pk      github.com/gitcodeuu/xai_articles                 b0dabd22a008
    world   github.com/myidkd1-coder/perplexity-news-tracker  1a919da32ec9
    energy  github.com/StevieSimsII/Deepwater_Daily           cb35b622f9dc
    middle_east, dawn           github.com/Osintsecrets/the-app               d68da37dae7a
    many_countries, south_asia  github.com/anyadav/news-dashboard             30a5e1bc077a
    renewables                  github.com/OSUKED/Energy-News                 88602ffe6224
    power                       github.com/chelangatk/energy-pulse            b45a1db79860
    broadcasters                github.com/sstranjik/daily-dashboard          28c2c5005207
    defence                     github.com/NickCIE/defense-news               aeb6924f7133
    shipping                    github.com/KonstantinosMpotsarakos/naval-news-site  badeb7df51d3
    sri_lanka                   github.com/nuuuwan/news_lk_bulletin           0fcbad235160
    iran_war            github.com/Bulldawgqc1080/iran-news-dashboard         98a48c2249c4
    africa              github.com/scjtools/mauritius-news-aggregator         fcb9899dcbdf
    britain             github.com/Crawford1982/didtheydeliver                c023fedb319c
    oil_press           github.com/thriveuniverse/americasoilwatch.com        43d6fb038ce9
    business_press      github.com/bebhuvan/markets-feeds                     24c273010f69
    cnn                 github.com/code-ai-search/data-collector              37a39d4554e2
    bloomberg           github.com/florian0996/news_fetching                  4ff9cd0656c6
    energy_alerts       github.com/MickB74/www.sustain74.com                  979b6f8f19b9
    broadcasters_2026   github.com/fuweineng/global-news-24h                  80d08e855fc5
    india_2022          github.com/prakasharyaman/NewpaperNews-API            b6603c9bea78
    united_states_2026  github.com/fofnews/meridian-public                    b8dcf41c53f8
    united_states_2023  github.com/Ostabo/news-api                            29ed50a9954b
    united_states_2017  github.com/georgenizharadze/NLP-News-Classification   386e1fc3ab11
    year_2020           github.com/danish45007/NewsAPI                        f729d8c333a7
    energy_world, energy_india  github.com/acabhawanisomani-cmd/sector-news-tracker  b39d35641dfd
    clean_power_2025    github.com/oayrilmaz/daily-news                       1e865d890314
    gas_press           github.com/dabch2020/oilnews                          bf976c72e081
    electric_2026       github.com/cecilezq/energy-news-daily                 c11c7c8b8422
    dailies_2023        github.com/rumca-js/RSS-Link-Database-2023            6e337bdaa4b2
    regions_2023        github.com/rumca-js/RSS-Link-Database-2023            6e337bdaa4b2
    january_2026        github.com/rumca-js/RSS-Link-Database-2026            3cc7fea7407e
    cyber_2026          github.com/found-cake/cyber-news-feed                 fdf25f71de04
    defence_press       github.com/weiqi-kids/defense-intel                   4f5a25e3a5d3
    tech_searches       github.com/mintylime/daily_tech_news                  2154dcfc439c
    world_searches, security_searches  github.com/arandomguyhere/Google-News-Scraper  9f1f992b9fc0
    conflict_searches   github.com/arandomguyhere/Google-News-Scraper         9f1f992b9fc0
    google_news         github.com/wklnd/news-archive                         698a4d023612
    outbreak_of_war     github.com/ktoetotam/NewFeeds                         bedde6117e31

or a file of AllSides articles, one JSON object a line with `id`, `source`, `url`, `title`, `text`
and `date`. Editors' labels of their days are in `labels/`, without any text. FOLDER gets
NAME.jsonl, NAME.articles.gold.jsonl and NAME.events.gold.jsonl, as `python -m benchmarks editor`
and `python -m benchmarks.fitting.newsworthiness` read them.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.fitting.clones import has_commit, write_all
from benchmarks.fitting.public_news import (
    ALLSIDES,
    REPOSITORIES,
    Item,
    Repository,
    in_allsides,
    in_repository,
)
from benchmarks.fitting.rolling_feeds import ROLLING_FEEDS, RollingFeed, in_history

LABELS = Path(__file__).with_name("labels")


@dataclass(frozen=True, slots=True)
class RowLabel:
    """What an editor says of an article; importance 0 to 3, `event` is "" where it is 0."""

    topics: tuple[str, ...]
    importance: int
    genre: str
    event: str


UNLABELLED = RowLabel((), 0, "news", "")
"""An article of a day that was read, of which no line speaks: off both topics."""

Labels = Mapping[tuple[date, str], RowLabel]
Collection = Repository | RollingFeed


def read_labels(path: Path) -> dict[tuple[date, str], RowLabel]:
    """The labels of a collection by day and key; each day that has a line was read whole."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader([each for each in lines if not each.startswith("#")], delimiter="\t")
    return {(date.fromisoformat(row["day"]), row["key"]): _row_label(row) for row in rows}


def _row_label(row: Mapping[str, str]) -> RowLabel:
    topics = () if row["topics"] == "-" else tuple(row["topics"].split(","))
    event = "" if row["event"] == "-" else row["event"]
    return RowLabel(topics, int(row["importance"]), row["genre"], event)


def gold(items: Sequence[Item], labels: Labels) -> tuple[list[object], list[object]]:
    """The labels of articles and their events, as rows of the two gold files."""
    articles: list[object] = []
    events: dict[str, dict[str, Any]] = {}
    for at, item in enumerate(items):
        label = labels.get((item.day, item.key), UNLABELLED)
        name = f"{item.day}:{label.event}" if label.topics and label.importance else None
        if name:
            event = events.setdefault(name, _event(name, item))
            event["topics"] = sorted({*event["topics"], *label.topics})
            event["importance"] = max(event["importance"], label.importance)
            event["best"].append({"row": at, "quote": item.title})
        articles.append(
            {"row": at, "url": item.url, "topics": list(label.topics), "genre": label.genre}
            | {"event": name, "labelled": (item.day, item.key) in labels}
        )
    return articles, list(events.values())


def _event(name: str, item: Item) -> dict[str, Any]:
    return {
        "event": name,
        "day": str(item.day),
        "topics": [],
        "importance": 0,
        "gold": item.title,
        "best": [],
    }


def write(name: str, items: Sequence[Item], labels: Labels, folder: Path) -> str:
    """Write the three files of a collection; returns a line that counts what they hold."""
    articles, events = gold(items, labels)
    _write(folder / f"{name}.jsonl", [_stored(each) for each in items])
    _write(folder / f"{name}.articles.gold.jsonl", articles)
    _write(folder / f"{name}.events.gold.jsonl", events)
    days = len({each.day for each in items})
    counts = f"{days} days, {len(items)} articles, {len(labels)} labels, {len(events)} events"
    return f"{name}: {counts}"


def _stored(item: Item) -> dict[str, object]:
    """The article as a feed's is stored: a headline alone is its own text."""
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "text": item.text or item.title,
        "source": item.source,
        "published_at": f"{item.day}T08:00:00Z",
        "language": "en",
        "category": item.category,
    }


def _write(path: Path, rows: Iterable[object]) -> None:
    text = "".join(f"{json.dumps(each)}\n" for each in rows)
    path.write_text(text, encoding="utf-8")


def collect(
    source: Path,
    folder: Path,
    known: Sequence[Collection] = (*REPOSITORIES, *ROLLING_FEEDS),
    allsides: tuple[str, int] = ALLSIDES,
    labels_in: Path = LABELS,
) -> Iterator[str]:
    """Write the labelled days of a source's collections; yields a line of counts for each.

    Raises ValueError if the source is none that editors read, or not as they read it.
    """
    if source.is_file():
        name, read = allsides
        labels = read_labels(labels_in / f"{name}.tsv")
        yield _checked(source, name, read, in_allsides(source), labels, folder)
        return
    for each in _recognise(source, known):
        labels = read_labels(labels_in / f"{each.name}.tsv")
        if isinstance(each, Repository):
            items = in_repository(source, each, frozenset(day for day, _ in labels))
            read = each.articles
        else:
            items = in_history(source, each, {key: day for day, key in labels})
            read = len(labels)
        yield _checked(source, each.name, read, items, labels, folder)


def _checked(
    source: Path, name: str, read: int, items: Sequence[Item], labels: Labels, folder: Path
) -> str:
    lost = labels.keys() - {(each.day, each.key) for each in items}
    if lost or len(items) != read:
        what = f"{len(items)} articles where editors read {read}, {len(lost)} labels without one"
        raise ValueError(f"{source}: not the {name} articles that were labelled: {what}")
    return write(name, items, labels, folder)


def _recognise(folder: Path, known: Sequence[Collection]) -> list[Collection]:
    found = [each for each in known if has_commit(folder, each.commit)]
    if not found:
        names = ", ".join(f"{each.name} {each.commit[:12]}" for each in known)
        raise ValueError(f"{folder}: no clone with one of these commits: {names}")
    return found


def _collect_all(sources: Sequence[Path], folder: Path) -> Iterator[str]:
    for source in sources:
        yield from collect(source, folder)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the labelled days of every source; returns 1 if one is refused."""
    return write_all(_collect_all, __doc__, "SOURCE", argv)


if __name__ == "__main__":
    sys.exit(main())
