"""Articles that say what was withdrawn, left out: those quoted, copies, the same in other words."""

from __future__ import annotations

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

    Left out are those that were quoted or hold the same words; beside a quoted one also those
    whose headline or first sentences prove the quotation in other words. A denial proves nothing,
    so it stays.
    """
    ids = {each.article_id for each in quotes}
    words = {each.text for each in quotes if len(each.text) >= SHORTEST}
    present = {each.id for each in articles}
    here = {each.text for each in quotes if each.article_id in present} & words
    kept = [
        each
        for each in articles
        if each.id not in ids and not any(said in each.text or said in each.title for said in words)
    ]
    newest = {each.id for each in kept[-COMPARED:]} if here else set()
    return tuple(each for each in kept if each.id not in newest or not _says_again(each, here))


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
