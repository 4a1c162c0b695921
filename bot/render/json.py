"""Briefings, articles and stories as JSON for scripts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from bot.models import (
    Article,
    Briefing,
    Bullet,
    Citation,
    DatePrecision,
    GoingOn,
    Section,
    Story,
)
from bot.render.day_line import Day, day_line


def briefing_json(briefing: Briefing) -> str:
    """The whole briefing as one indented JSON object; instants end in Z."""
    return _text(
        {
            "id": briefing.id,
            "created_at": instant(briefing.created_at),
            "window": {
                "since": instant(briefing.window.since),
                "until": instant(briefing.window.until),
            },
            "timezone": briefing.timezone,
            "filter": briefing.filter,
            "day": _day(briefing),
            "engine": {
                "name": briefing.engine.name,
                "version": briefing.engine.version,
                "model": briefing.engine.model,
                "prompt_version": briefing.engine.prompt_version,
            },
            "sections": [_section(section) for section in briefing.sections],
            "coverage": _coverage(briefing),
            "dropped": [{"text": each.text, "reason": each.reason} for each in briefing.dropped],
        }
    )


def articles_json(articles: list[Article]) -> str:
    """Stored articles as one JSON array; citation offsets count characters of `text`."""
    return _text([_article(article) | {"text": article.text} for article in articles])


def stories_json(stories: list[Story]) -> str:
    """Stories as one JSON array, each with its articles' ids, titles and sources."""
    return _text(
        [
            {
                "id": story.id,
                "headline": story.headline,
                "first_seen": instant(story.first_seen),
                "last_seen": instant(story.last_seen),
                "articles": [_article(article) for article in story.articles],
            }
            for story in stories
        ]
    )


def instant(value: datetime) -> str:
    """An instant as `2026-11-23T07:30:00Z`."""
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _section(section: Section) -> dict[str, Any]:
    return {
        "topic": section.topic,
        "title": section.title,
        "bullets": [_bullet(bullet) for bullet in section.bullets],
        "untold": [
            {"title": each.title, "source": each.source, "url": each.url, "reason": each.reason}
            for each in section.untold
        ],
        "left_out": {each.reason: each.stories for each in section.left_out},
        "still_going": [_going_on(each) for each in section.going_on],
        "unread": {each.language: each.articles for each in section.unread},
        "filtered_out": section.filtered_out,
        "told_under": list(section.told_under),
    }


def _day(briefing: Briefing) -> dict[str, Any]:
    """The day line, and the counts of stories in it."""
    day = Day.of(briefing)
    return {
        "line": day_line(briefing),
        "new": day.new,
        "changed": day.changed,
        "still_going": day.going_on,
    }


def _going_on(story: GoingOn) -> dict[str, Any]:
    return {
        "title": story.title,
        "story_id": story.story_id,
        "source": story.source,
        "url": story.url,
        "told_at": instant(story.told_at) if story.told_at else None,
    }


def _bullet(bullet: Bullet) -> dict[str, Any]:
    return {
        "text": bullet.text,
        "story_id": bullet.story_id,
        "status": str(bullet.status),
        "change": bullet.change,
        "told_at": instant(bullet.told_at) if bullet.told_at else None,
        "engine": bullet.engine,
        "published_at": instant(bullet.published_at),
        "sources_count": bullet.sources_count,
        "independent_sources": bullet.independent_sources,
        "attribution": bullet.attribution,
        "language": bullet.language,
        "citations": [_citation(citation) for citation in bullet.citations],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "article_id": citation.article_id,
        "title": citation.title,
        "source": citation.source,
        "url": citation.url,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "field": str(citation.field),
        "affiliation": citation.affiliation,
    }


def _coverage(briefing: Briefing) -> dict[str, Any]:
    coverage = briefing.coverage
    newest = coverage.newest_article_at
    return {
        "articles_considered": coverage.articles_considered,
        "articles_used": coverage.articles_used,
        "sources": coverage.sources,
        "sources_failing": list(coverage.sources_failing),
        "newest_article_at": instant(newest) if newest else None,
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "category": article.category,
        "published_at": _date(article),
        "date_precision": str(article.date_precision),
        "date_stated": article.date_stated,
        "kind": str(article.kind),
        "story_id": article.story_id,
        "topics": [
            {"topic": each.topic, "score": round(each.score, 3), "reasons": list(each.reasons)}
            for each in article.topics
        ],
    }


def _date(article: Article) -> str | None:
    """The date as exactly as it is known: an instant, a day, or None."""
    if not article.is_dated:
        return None
    if article.date_precision is DatePrecision.DAY:
        return article.published_at.date().isoformat()
    return instant(article.published_at)


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
