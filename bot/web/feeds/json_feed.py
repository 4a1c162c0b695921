"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from bot.render.json import instant
from bot.web.feeds.entries import FeedEntry, TopicFeed

NAME = "feed.json"
MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: TopicFeed, base: str) -> bytes:
    """The feed as JSON; `base` is the address of the pages."""
    values = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": base + feed.page,
        "feed_url": f"{base}{feed.path}/{NAME}",
        "language": "en",
        "authors": [{"name": "briefbot"}],
        "items": [_item(each, base) for each in feed.entries],
    }
    return json.dumps(values, ensure_ascii=False).encode()


def _item(entry: FeedEntry, base: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": entry.id,
        "url": base + entry.page,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": entry.text,
        "date_published": instant(entry.told_at),
        "authors": [{"name": name} for name in entry.sources],
    }
    if entry.link:
        found["external_url"] = entry.link
    if entry.language:
        found["language"] = entry.language
    return found
