"""Articles in JSONL (one object a line) and in JSON (one object or a list)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.dates.several import first_date
from bot.sources.dates.stated import DateHints
from bot.sources.text.article_kind import kind_of
from bot.sources.text.clean import clean_line, clean_text
from bot.sources.text.html import title_text
from bot.sources.text.json import read_json
from bot.sources.text.limits import LONGEST_SUMMARY, LONGEST_TITLE
from bot.sources.text.urls import clean_url

DATES = (
    "published_at", "date", "published", "pubdate", "datepublished", "date_published", "created_at",
    "timestamp", "publishedat", "publish_date", "published_date", "publication_date", "pub_date",
    "date_publish", "datetime", "time_published",
)  # fmt: skip
"""The names of a record's date in lower case; the first one that can be read counts."""

OTHER_NAMES = {
    "headline": "title", "name": "title", "content": "text", "body": "text", "article": "text",
    "full_text": "text", "maintext": "text", "link": "url", "href": "url", "outlet": "source",
    "publisher": "source", "section": "category", "lang": "language", "description": "summary",
    "authors": "author",
}  # fmt: skip
"""Names in lower case that others give to the same fields, read where a field is missing."""

FIELDS = frozenset(
    {"id", "url", "title", "text", "summary", "source", "category", "author", "language", *DATES,
     *OTHER_NAMES}
)  # fmt: skip
"""The names that are read; others are reported."""

_MARKED = ("category", "author", "source")
"""The fields whose names say what an article is."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def parse_json(text: str, now: datetime) -> ParsedArticle:
    """Parse one object; raises RefusedInput with the reason."""
    return as_article(read_json(text), now)


def as_article(record: Any, now: datetime) -> ParsedArticle:
    """Convert one record; unreadable optional fields are dropped. Raises RefusedInput."""
    if not isinstance(record, Mapping):
        raise RefusedInput("is not a JSON object")
    record = _renamed(record)
    text = clean_text(_required_text(record))
    if not text:
        raise RefusedInput('has an empty "text"')
    title = _title(record)
    url = clean_url(_line(record, "url", 2_001))
    if not (title or url):
        raise RefusedInput('has neither a "title" nor an http or https "url"')
    language = _line(record, "language", 20)
    return ParsedArticle(
        title=title or clean_line(text.partition("\n")[0], 120),
        text=text,
        url=url,
        key=_line(record, "id", 500),
        summary=_line(record, "summary", LONGEST_SUMMARY),
        source=_line(record, "source", 100),
        category=_line(record, "category", 100),
        author=_line(record, "author", 200),
        language=language if language and _LANGUAGE.fullmatch(language) else None,
        kind=kind_of(
            title or "",
            text,
            url,
            [each for name in _MARKED for each in _strings(record, name)],
        ),
        **first_date(_dates(record), now, DateHints(language)).fields,
    )


def _renamed(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record by the names that are read, in any case; what it has under them stays."""
    found = dict(record)
    for name, value in record.items():
        lower = str(name).lower().replace(" ", "_")
        field = OTHER_NAMES.get(lower, lower)
        if field in FIELDS and isinstance(value, str | int | float | list):
            found.setdefault(field, value)
    return found


def _dates(record: Mapping[str, Any]) -> list[str | None]:
    """The dates that a record states, by name in any case, in the order of DATES."""
    names = {name.lower(): name for name in record if isinstance(name, str)}
    return [_line(record, names[name], 200) for name in DATES if name in names]


def _strings(record: Mapping[str, Any], name: str) -> list[str]:
    value = record.get(name)
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)][:30]


def _required_text(record: Mapping[str, Any]) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise RefusedInput('has no "text"' if text is None else '"text" is not a string')
    return text


def _title(record: Mapping[str, Any]) -> str | None:
    """The title; what collects pages often leaves tags and character references in it."""
    value = record.get("title")
    if not isinstance(value, str):
        return _line(record, "title", LONGEST_TITLE)
    return clean_line(title_text(value), LONGEST_TITLE) or None


def _line(record: Mapping[str, Any], name: str, limit: int) -> str | None:
    value = record.get(name)
    if isinstance(value, list):
        value = ", ".join(each for each in value if isinstance(each, str))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return clean_line(str(value), limit) or None
