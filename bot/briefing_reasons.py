"""Why articles were told or not: for `articles --why` and `audit` on the command line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.briefing_builder import CONTEXT_STORIES, STORIES_PER_TOPIC
from bot.models import Article, Briefing
from bot.store import Store

Lines = Mapping[str, Sequence[str]]
"""Lines by article id."""


def of_articles(articles: Sequence[Article], topic: str | None) -> Lines:
    """For each article with a built-in topic, or for the topic named, what speaks for telling it.

    The articles are judged as the articles of one window.
    """
    from summarizer.newsworthiness.reasons import explain
    from summarizer.newsworthiness.signs import TOPICS

    found: dict[str, list[str]] = defaultdict(list)
    for name in TOPICS:
        explained = explain(articles, name)
        for article in articles:
            if topic == name or any(each.topic == name for each in article.topics):
                found[article.id] += [f"{name}: {line}" for line in explained[article.id].lines()]
    return found


async def of_briefing(briefing: Briefing, store: Store) -> Mapping[str, Lines]:
    """By topic, the reasons of the articles that a briefing was made from, as stored today."""
    from summarizer.newsworthiness.reasons import explain
    from summarizer.newsworthiness.signs import TOPICS

    found: dict[str, Lines] = {}
    context = await store.stories.in_window(briefing.window, limit=CONTEXT_STORIES)
    for topic in (section.topic for section in briefing.sections if section.topic in TOPICS):
        about = await store.stories.for_topic(topic, briefing.window, limit=STORIES_PER_TOPIC)
        articles = {each.id: each for story in (*context, *about) for each in story.articles}
        explained = explain(list(articles.values()), topic)
        found[topic] = {name: list(each.lines()) for name, each in explained.items()}
    return found
