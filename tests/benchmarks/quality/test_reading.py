"""The digests that readers mark: day after day, numbered, nothing told again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality.reading import main

ARTICLES = (
    ("2026-03-02", "Bomb in Vesk market kills 24 people, police say"),
    ("2026-03-03", "Bomb in Vesk market kills 24 people, police say"),
    ("2026-03-03", "Karsova and Marenda sign a ceasefire after months of war"),
    ("2026-03-04", "Death toll of bomb in Vesk market rises to 31, police say"),
)


def test_digests_are_listed_as_a_channel_reads_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vesk.jsonl"
    undated = json.dumps({"title": "Choir sings in Vesk", "text": "A choir sang in Vesk."})
    lines = [_line(at, *each) for at, each in enumerate(ARTICLES)]
    path.write_text("".join(lines) + undated, "utf-8")
    assert main([str(path)]) == 0
    assert [each for each in capsys.readouterr().out.splitlines() if each] == [
        "=== vesk, 2026-03-02",
        "-- security",
        "1. Bomb in Vesk market kills 24 people, police say",
        "=== vesk, 2026-03-03",
        "-- security",
        "2. Karsova and Marenda sign a ceasefire after months of war",
        "=== vesk, 2026-03-04",
        "-- security",
        f"3. {ARTICLES[-1][1]} (updated: death toll rises to 31 from 24)",
    ]


def _line(at: int, day: str, title: str) -> str:
    article = {
        "url": f"https://vesk.example/{at}",
        "title": title,
        "text": f"{title}.",
        "source": f"Outlet {at}",
        "published_at": f"{day}T08:00:00Z",
    }
    return json.dumps(article) + "\n"
