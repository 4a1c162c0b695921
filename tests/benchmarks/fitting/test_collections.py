"""Labelled days of public news are made from a clone and from labels without text."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.fitting.collections import LABELS, RowLabel, collect, gold, main, read_labels
from benchmarks.fitting.public_news import (
    ALLSIDES,
    REPOSITORIES,
    Item,
    Repository,
    energy,
    in_allsides,
    key_of,
    pakistani,
    world,
)
from benchmarks.fitting.rolling_feeds import ROLLING_FEEDS
from benchmarks.quality.editor_data import read_days
from tests.support.repositories import git

NAMES = [*(each.name for each in (*REPOSITORIES, *ROLLING_FEEDS)), ALLSIDES[0]]
COLUMNS = "day\tkey\ttopics\timportance\tgenre\tevent"
GENRES = (
    "news statement press_release analysis opinion feature explainer roundup live listicle"
    " transcript boilerplate advert"
)

PAGE = """# Army shells a border town

**Source:** [https://news.test/shells](https://news.test/shells)
**Publisher:** The Courier

## Summary
Shells fell on the town of Oster.

## Full Article
The army shelled the border town of Oster on Monday.
"""


def daily(published: str | None) -> bytes:
    row = {"title": "Dam opens", "content": "It opened.", "link": "https://dawn.test/1"}
    return json.dumps(row | {"date_published": published}).encode()


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("2025-02-04T22:00:00.000Z", True),
        ("2025-02-05T02:00:00.000Z", True),
        ("2025-02-02T23:00:00.000Z", False),
        ("2025-08-16T02:13:57.000Z", False),
        (None, True),
        ("yesterday", True),
    ],
)
def test_an_article_filed_more_than_a_day_from_its_date_is_left_out(
    published: str | None, kept: bool
) -> None:
    found = list(pakistani("dawn/articles/2025/02/04/2025-02-04_ab.json", daily(published)))
    assert [(each.day, each.id, each.source) for each in found] == [
        (date(2025, 2, 4), "2025-02-04_ab", "Dawn")
    ] * kept


def test_a_list_of_articles_is_no_article() -> None:
    assert list(pakistani("dawn/lists/2025/02/04/list_2025-02-04.json", b"[]")) == []


def test_a_page_is_its_full_text_or_else_its_summary() -> None:
    (whole,) = world("2026-01-08/world/shells-1.md", PAGE.encode())
    assert (whole.url, whole.source) == ("https://news.test/shells", "The Courier")
    assert (whole.title, whole.category) == ("Army shells a border town", "world")
    assert whole.text == "The army shelled the border town of Oster on Monday."
    (short,) = world("2026-01-08/world/shells-1.md", PAGE.partition("## Full")[0].encode())
    assert short.text == "Shells fell on the town of Oster."
    assert list(world("2026-01-08/world/empty.md", b"\xff no title")) == []


def test_a_table_of_teasers_has_a_day_in_each_row() -> None:
    table = "date,title,description,source,url,category\n2026-02-04,Rig,Spuds,Mag,https://m.test/1,wells\n"
    (found,) = energy("deepwater_news.csv", table.encode())
    assert found == Item(
        date(2026, 2, 4),
        key_of("https://m.test/1"),
        "https://m.test/1",
        "https://m.test/1",
        "Rig",
        "Spuds",
        "Mag",
        "wells",
    )
    assert list(energy("last_update.json", table.encode())) == []


def article(at: int, day: int = 8) -> Item:
    place = f"https://news.test/{at}"
    return Item(date(2026, 1, day), key_of(place), place, place, f"Title {at}", "Text.", "Courier")


def test_an_event_has_the_highest_importance_and_every_topic_of_its_articles() -> None:
    items = [article(1), article(2), article(3), article(4, day=9)]
    labels = {
        (each.day, each.key): label
        for each, label in zip(
            items[1:],
            [
                RowLabel(("security",), 2, "news", "shelling"),
                RowLabel(("energy",), 3, "analysis", "shelling"),
                RowLabel(("security",), 1, "news", "shelling"),
            ],
            strict=True,
        )
    }
    articles, events = gold(items, labels)
    assert articles[0] == {
        "row": 0,
        "url": "https://news.test/1",
        "topics": [],
        "genre": "news",
        "event": None,
        "labelled": False,
    }
    best = [{"row": 1, "quote": "Title 2"}, {"row": 2, "quote": "Title 3"}]
    first, second = events
    assert first == {
        "event": "2026-01-08:shelling",
        "day": "2026-01-08",
        "topics": ["energy", "security"],
        "importance": 3,
        "gold": "Title 2",
        "best": best,
    }
    assert isinstance(second, dict)
    assert (second["event"], second["importance"]) == ("2026-01-09:shelling", 1)


def test_what_is_on_topic_but_not_to_be_told_is_no_event() -> None:
    label = RowLabel(("security",), 0, "statement", "")
    articles, events = gold([article(1)], {(article(1).day, article(1).key): label})
    assert [(each["topics"], each["event"]) for each in articles if isinstance(each, dict)] == [
        (["security"], None)
    ]
    assert events == []


def test_allsides_is_read_in_windows_of_four_days(tmp_path: Path) -> None:
    row = {"id": "a", "source": "S", "url": "https://s.test/", "title": "T", "text": "X"}
    times = ["2021-04-19T00:10", "2021-04-22T23:50", "2021-04-23T00:05", "2021-07-20T12:00"]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(row | {'date': each})}\n" for each in times))
    days = [str(each.day) for each in in_allsides(path)]
    assert days == ["2021-04-19", "2021-04-19", "2021-04-23", "2021-07-20"]
    path.write_text('{"id": "a", "date": "2021-04-19"}\n')
    with pytest.raises(ValueError, match="has no 'url'"):
        in_allsides(path)


@pytest.fixture
def clone(tmp_path: Path) -> tuple[Path, Repository]:
    """A repository of three pages of one day and one of another, later rewritten."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    folder = tmp_path / "clone"
    for day, names in {"2026-01-08": "abc", "2026-01-09": "d"}.items():
        for name in names:
            path = folder / "news" / day / "world" / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PAGE.replace("shells", f"shells-{name}").replace("Oster", f"O{name}"))
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "news")
    commit = git(folder, "rev-parse", "HEAD")
    (folder / "news" / "2026-01-08" / "world" / "a.md").write_text("# Rewritten\n")
    git(folder, "commit", "--quiet", "-a", "-m", "later")
    return folder, Repository("world", commit, "news", 3, world)


def labels(folder: Path, *rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    lines = ["# A head", COLUMNS, *(each.replace(" ", "\t") for each in rows)]
    (folder / "world.tsv").write_text("".join(f"{each}\n" for each in lines))
    return folder


def test_a_clone_and_labels_make_what_the_benchmark_reads(
    tmp_path: Path, clone: tuple[Path, Repository]
) -> None:
    folder, repository = clone
    told, untold = (key_of(f"2026-01-08/world/{each}.md") for each in "ab")
    given = labels(
        tmp_path / "labels",
        f"2026-01-08 {told} security,energy 2 news shelling",
        f"2026-01-08 {untold} security 0 opinion -",
    )
    (counts,) = collect(folder, tmp_path, [repository], labels_in=given)
    assert counts == "world: 1 days, 3 articles, 2 labels, 1 events"
    (day,) = read_days(tmp_path / "world.jsonl")
    found = {
        (each.url or "")[-1]: (day.labels[each.id], day.importance(each, "energy"))
        for each in day.articles
    }
    assert set(found) == {"a", "b", "c"}
    assert found["a"][0].event == "2026-01-08:shelling"
    assert [found[each][1] for each in "abc"] == [2, 0, 0]
    assert found["b"][0].genre == "opinion"
    assert found["c"][0].topics == frozenset()


def test_other_articles_than_were_labelled_are_refused(
    tmp_path: Path, clone: tuple[Path, Repository]
) -> None:
    folder, repository = clone
    key = key_of("2026-01-08/world/a.md")
    given = labels(tmp_path / "labels", f"2026-01-08 {key} security 0 news -")
    with pytest.raises(ValueError, match="3 articles where editors read 4"):
        list(collect(folder, tmp_path, [replace(repository, articles=4)], labels_in=given))
    labels(given, "2026-01-08 0123456789ab security 0 news -")
    with pytest.raises(ValueError, match="1 labels without one"):
        list(collect(folder, tmp_path, [repository], labels_in=given))
    with pytest.raises(ValueError, match="archive"):
        list(collect(folder, tmp_path, [replace(repository, folder="absent")], labels_in=given))
    assert not (tmp_path / "world.jsonl").exists()


def test_a_folder_without_a_known_commit_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nothing"), str(tmp_path / "out")]) == 1
    assert "no clone with one of these commits: pk b0dabd22a008" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_the_labels_are_whole_and_hold_no_text(name: str) -> None:
    path = LABELS / f"{name}.tsv"
    lines = [each for each in path.read_text("utf-8").splitlines() if not each.startswith("#")]
    line = re.compile(
        r"20\d\d-\d\d-\d\d\t[0-9a-f]{12}\t"
        r"(-\t0|(security|energy|security,energy)\t[0-3])\t"
        rf"({'|'.join(GENRES.split())})\t(-|[a-z0-9][a-z0-9-]{{1,39}})"
    )
    assert lines[0] == COLUMNS
    assert [each for each in lines[1:] if not line.fullmatch(each)] == []
    found = read_labels(path)
    assert len(found) == len(lines) - 1 > 150
    assert [each for each in found.values() if bool(each.event) != bool(each.importance)] == []
