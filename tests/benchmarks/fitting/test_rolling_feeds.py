"""Articles are found in the versions of a file that only holds the latest ones."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from benchmarks.fitting.feed_files import listed
from benchmarks.fitting.public_news import key_of
from benchmarks.fitting.rolling_feeds import RollingFeed, in_history
from tests.support.repositories import git


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
    found = in_history(tmp_path, RollingFeed("power", commits[4], ("feed.json",), listed), wanted)
    assert [(each.title, each.text, each.day.day) for each in found] == [
        ("Two", "", 2),
        ("Three", "", 3),
    ]


def test_versions_of_several_files_and_of_merged_branches_count(tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")

    def commit(name: str, titles: dict[int, str]) -> None:
        (tmp_path / name).write_text(feed(titles))
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "-m", name)

    commit("home.json", {1: "One"})
    git(tmp_path, "switch", "--quiet", "--create", "collected")
    commit("home.json", {2: "Two, on a branch"})
    commit("home.json", {1: "One, again"})
    git(tmp_path, "switch", "--quiet", "main")
    commit("abroad.json", {3: "Three"})
    commit("other.json", {4: "Not read"})
    git(tmp_path, "merge", "--quiet", "--no-edit", "collected")
    last = git(tmp_path, "rev-parse", "HEAD")
    wanted = {key_of(f"https://a.test/{at}"): date(2026, 1, at) for at in (1, 2, 3, 4)}
    several = RollingFeed("power", last, ("home.json", ":(glob)ab*.json"), listed)
    found = in_history(tmp_path, several, wanted)
    assert [each.title for each in found] == ["One", "Two, on a branch", "Three"]
