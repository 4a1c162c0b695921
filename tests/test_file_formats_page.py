"""docs/files.md: its samples are read as it says, and it leaves no format and no name out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.models import ParsedArticle
from bot.sources.files import formats, jsonl
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import parse
from summarizer.topics.config import load_topics
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
SAMPLES = dict(re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "name", "title"),
    [
        ("jsonl", "a.jsonl", "Storm closes the port of Amberline"),
        ("markdown", "a.md", "Grid operator halves load-shedding"),
        ("csv", "a.csv", "Refinery to stay shut for a month"),
        ("text", "a.txt", "Police arrest seven in Halvern raids"),
    ],
)
def test_a_sample_is_read_with_its_title_and_date(language: str, name: str, title: str) -> None:
    (read,) = parse(SAMPLES[language].encode(), name, ReadOptions(NOW, max_bytes=100_000))
    assert isinstance(read, ParsedArticle)
    assert read.title == title
    assert read.published_at is not None
    assert read.published_at.date().isoformat() in {"2026-10-31", "2026-11-01"}


def test_the_topic_that_is_shown_is_one(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(SAMPLES["toml"], encoding="utf-8")
    (topic,) = load_topics(path)
    assert topic.name == "water"


def test_no_ending_and_no_name_is_left_out() -> None:
    endings = {*formats._BY_SUFFIX, *(f".{kind}" for kind in formats._DOCUMENTS.values())}
    names = jsonl.FIELDS - {*jsonl.DATES} | {"published_at"}
    assert {each for each in (*endings, *names) if f"`{each}`" not in PAGE} == set()
