"""Which stored sentences answer a question, without a model: those that share its words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Article
from summarizer.boilerplate import is_boilerplate
from summarizer.orders import gives_orders
from summarizer.sentences import Sentence, split, stands_alone
from summarizer.words import STOP, stem, words

MOST_WORDS = 12
READ_CHARS = 12_000

COVERED = 0.6
"""Sentence and title hold so much of the question's words, by weight, or they answer nothing."""

SENTENCE_SHARE = 0.75
"""What the sentence itself counts for; the rest is what its title adds."""

_ASKING = frozenset(
    re.findall(
        r"\w+",
        """anybody anyone anything ever many much happen happened happening happens tell told know
        known news latest recent recently lately currently today please explain describe say says
        said exactly actually really long far often old big there's whose whether""",
    )
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored sentence that speaks of what was asked; `share` of the question's words, 0..1."""

    article: Article
    sentence: Sentence
    share: float


def question_words(question: str) -> tuple[str, ...]:
    """The words of a question that say what it is about, each once."""
    found = (word for word in words(question) if word not in STOP and word not in _ASKING)
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def closest(question: str, articles: Sequence[Article], limit: int) -> list[Article]:
    """The articles that share most of the question's words, by weight."""
    asked = _stems(question)
    read = [(article, _of(f"{article.title} {article.text[:READ_CHARS]}")) for article in articles]
    weights = _weights(asked, [found for _, found in read])
    read.sort(key=lambda each: -_share(each[1], weights))
    return [article for article, found in read[:limit] if _share(found, weights) > 0]


def best(question: str, articles: Sequence[Article], limit: int) -> list[Passage]:
    """The sentences that answer the question best, one an article; none where none does."""
    asked = _stems(question)
    read = [
        (article, sentence, _of(sentence.text))
        for article in articles
        for sentence in split(article.text[:READ_CHARS], article.language)
    ]
    weights = _weights(asked, [found for _, _, found in read])
    found: dict[str, Passage] = {}
    for article, sentence, said in read:
        own, whole = _share(said, weights), _share(said | _of(article.title), weights)
        if whole < COVERED or own == 0 or not _fit(sentence.text):
            continue
        share = SENTENCE_SHARE * own + (1 - SENTENCE_SHARE) * whole
        if article.id not in found or share > found[article.id].share:
            found[article.id] = Passage(article, sentence, share)
    ordered = sorted(found.values(), key=lambda each: -each.share)
    return _different(ordered)[:limit]


def _different(passages: Sequence[Passage]) -> list[Passage]:
    """Without sentences that another article has word for word."""
    return list({" ".join(words(each.sentence.text)): each for each in passages}.values())


def _fit(text: str) -> bool:
    return stands_alone(text) and not is_boilerplate(text) and not gives_orders(text)


def _stems(question: str) -> frozenset[str]:
    return frozenset(map(stem, question_words(question)))


def _of(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))


def _weights(asked: frozenset[str], texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """A word that few texts have says more; one that none has weighs most."""
    counts = Counter(word for text in texts for word in asked & text)
    return {word: math.log(2 + len(texts) / (1 + counts[word])) for word in asked}


def _share(said: frozenset[str], weights: dict[str, float]) -> float:
    total = sum(weights.values())
    return sum(weights[word] for word in weights if word in said) / total if total else 0.0
