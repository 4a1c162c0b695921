"""The verbatim proof of a bullet: its own sentences first, then other outlets that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from bot.models import Article, Citation
from summarizer.extractive.passages import Passage
from summarizer.language.sentences import Sentence

MOST_OUTLETS = 3
ALIKE, LIKENESS = 0.5, 0.3
TOLD_AGAIN = 0.5
"""The share of a headline's words that a sentence below it has if it tells the same."""

SAME_NEWS = timedelta(hours=36)
"""What is published further apart tells of another stage of the story."""

_FIGURE = re.compile(r"\d[\d.,]*\d")


def cite(article: Article, sentence: Sentence) -> Citation:
    """Cite one sentence of an article, as it stands there."""
    return Citation(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
    )


def support(chosen: Passage, found: Sequence[Passage]) -> Iterator[Citation]:
    """Cite the passage most like the one chosen in each other outlet, of two at most."""
    closest: dict[str, Passage] = {}
    for each in found:
        best = closest.get(each.article.source)
        if best is None or _shared(chosen, each) > _shared(chosen, best):
            closest[each.article.source] = each
    closest.pop(chosen.article.source, None)
    alike = [each for each in closest.values() if _says_the_same(chosen, each)]
    yield from (each.citation for each in alike[: MOST_OUTLETS - 1])


def first_support(headline: Passage, sentences: Iterable[Passage]) -> Iterator[Citation]:
    """Cite the first sentence below a headline that says the same: its words, all its figures."""
    figures = set(_FIGURE.findall(headline.text))
    for each in sentences:
        if figures <= set(_FIGURE.findall(each.text)) and _shared(headline, each) >= TOLD_AGAIN:
            yield each.citation
            return


def _shared(one: Passage, other: Passage) -> float:
    return len(one.stems & other.stems) / max(1, min(len(one.stems), len(other.stems)))


def _says_the_same(one: Passage, other: Passage) -> bool:
    """Alike in words, told at about the same time, and not with figures of its own alone."""
    apart = abs(one.article.published_at - other.article.published_at)
    figures, others = (set(_FIGURE.findall(each.text)) for each in (one, other))
    differ = figures and others and not figures & others
    return apart <= SAME_NEWS and not differ and _alike(one.stems, other.stems)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Half of the shorter passage is in the longer, which is not much longer."""
    shared = len(one & other)
    return shared >= ALIKE * min(len(one), len(other)) and shared > LIKENESS * len(one | other)
