"""The invented sample articles for a first try of the bot."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from bot.models import ParsedArticle


def sample_articles(now: datetime) -> list[ParsedArticle]:
    """Every sample article, oldest first, dated back from `now`; all of it is invented."""
    lines = files("config").joinpath("sample/articles.jsonl").read_text(encoding="utf-8")
    articles = [_article(json.loads(line), now) for line in lines.splitlines()]
    return sorted(articles, key=lambda article: article.published_at or now)


def _article(record: dict[str, Any], now: datetime) -> ParsedArticle:
    return ParsedArticle(
        title=record["title"],
        text=record["text"],
        url=record["url"],
        summary=record.get("summary"),
        source=record["source"],
        category=record["category"],
        author=record["author"],
        language=record["language"],
        published_at=now - timedelta(hours=record["hours_ago"]),
    )
