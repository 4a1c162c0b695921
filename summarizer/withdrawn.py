"""Articles that say what was withdrawn, left out: those quoted, copies, the same in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.models import Article, Quote, Story
from summarizer.evidence.checker import check
from summarizer.evidence.negation import says_no
from summarizer.language.content_words import stems
from summarizer.language.sentences import split
from summarizer.language.text import read

SHORTEST = 25
"""Characters of a quotation that tells a copy: shorter ones are common phrases."""

LEADS, READ_CHARS = 3, 2_000
"""Sentences, and characters, at the top of an article that may tell a withdrawn thing again."""

LIKENESS = 0.5
"""The share of a quotation's words without which a sentence is not compared with it."""

COMPARED = 40
"""Articles of one story, the newest, that are compared with what was withdrawn."""


def without_withdrawn(stories: Sequence[Story], quotes: Sequence[Quote]) -> tuple[Story, ...]:
    """Leave out the articles that say what was withdrawn, and stories left empty."""
    if not quotes:
        return tuple(stories)
    kept = (replace(each, articles=sound_articles(each.articles, quotes)) for each in stories)
    return tuple(each for each in kept if each.articles)


def sound_articles(articles: Sequence[Article], quotes: Sequence[Quote]) -> tuple[Article, ...]:
    """Return the articles that say nothing that was withdrawn.

    Left out are those that were quoted or hold the same words; of the story that was told also
    those whose headline or first sentences prove the quotation in other words. A denial proves
    nothing, so it stays.
    """
    ids = {each.article_id for each in quotes}
    words = {each.text for each in quotes if len(each.text) >= SHORTEST}
    kept = [
        each
        for each in articles
        if each.id not in ids and not any(said in each.text or said in each.title for said in words)
    ]
    again = {each.id for each in _told_again(kept, articles, quotes)}
    return tuple(each for each in kept if each.id not in again)


def _told_again(
    kept: Sequence[Article], articles: Sequence[Article], quotes: Sequence[Quote]
) -> Iterator[Article]:
    """The newest articles of each story that say in other words what was withdrawn of it."""
    story_of = {each.id: each.story_id for each in articles}
    withdrawn: defaultdict[str | None, set[str]] = defaultdict(set)
    for quote in quotes:
        if len(quote.text) >= SHORTEST:
            if quote.story_id is not None:
                withdrawn[quote.story_id].add(quote.text)
            if quote.article_id in story_of:
                withdrawn[story_of[quote.article_id]].add(quote.text)
    newest: defaultdict[str | None, int] = defaultdict(int)
    for each in sorted(kept, key=lambda article: article.published_at, reverse=True):
        newest[each.story_id] += 1
        said = withdrawn.get(each.story_id)
        if said and newest[each.story_id] <= COMPARED and _says_again(each, said):
            yield each


def _says_again(article: Article, withdrawn: set[str]) -> bool:
    return any(_proves(text, quote) for text in _tops(article) for quote in sorted(withdrawn))


def _proves(text: str, quote: str) -> bool:
    said = frozenset(stems(quote))
    if len(said & frozenset(stems(text))) < LIKENESS * len(said):
        return False
    return says_no(read(text)) == says_no(read(quote)) and check(quote, [text]).proved


def _tops(article: Article) -> Iterator[str]:
    yield article.title
    for each in islice(split(article.text[:READ_CHARS], article.language), LEADS):
        yield each.text
