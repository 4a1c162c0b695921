"""Articles on which a withdrawn bullet rested, and copies of their words, left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.models import Article, Quote, Story

SHORTEST = 25
"""Characters of a quotation that tells a copy: shorter ones are common phrases."""


def without_withdrawn(stories: Sequence[Story], quotes: Sequence[Quote]) -> tuple[Story, ...]:
    """Leave out the articles that were quoted or say the same words, and stories left empty."""
    if not quotes:
        return tuple(stories)
    kept = (replace(each, articles=sound_articles(each.articles, quotes)) for each in stories)
    return tuple(each for each in kept if each.articles)


def sound_articles(articles: Sequence[Article], quotes: Sequence[Quote]) -> tuple[Article, ...]:
    """Return the articles of which no words were withdrawn."""
    ids = {each.article_id for each in quotes}
    words = {each.text for each in quotes if len(each.text) >= SHORTEST}
    return tuple(
        each
        for each in articles
        if each.id not in ids and not any(said in each.text or said in each.title for said in words)
    )
