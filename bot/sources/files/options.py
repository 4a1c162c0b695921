"""How files are read, and what is noted while they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of one run; no article may exceed `max_bytes`.

    read_as     auto, text, markdown, html, jsonl, json, csv, mail, pdf, docx
                or feed
    date        the date of articles that state none
    file_dates  such articles get the time at which their file was changed
    unknown     counts the names in records that are not read
    """

    now: datetime
    max_bytes: int
    read_as: str = "auto"
    date: datetime | None = None
    file_dates: bool = False
    unknown: Counter[str] = field(default_factory=Counter)
