"""More files of news in public repositories, of headlines without text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.fitting.feed_files import Entry


def found_headlines(data: bytes) -> Iterator[Entry]:
    """What searches in Google News found; what stands for a text there only repeats the title."""
    for row in json.loads(data):
        yield Entry(row["url"].split("?")[0], row["title"], "", row["source"])
