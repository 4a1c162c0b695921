"""How much of a story each sentence tells: agreement across articles, position, title."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Article
from summarizer.sentences import Sentence, split
from summarizer.words import stems


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of one of a story's articles, with its content words and its salience."""

    article: Article
    sentence: Sentence
    stems: frozenset[str]
    salience: float


def candidates(articles: Sequence[Article]) -> list[Candidate]:
    """Every sentence of the articles with its salience, in reading order."""
    split_up = [(article, split(article.text)) for article in articles]
    said = [(a, s, stems(s.text)) for a, sentences in split_up for s in sentences]
    support = Counter(word for article in articles for word in set(stems(article.text)))
    titles = Counter(word for article in articles for word in set(stems(article.title)))
    counts = Counter(word for _, _, found in said for word in found)
    weight = {word: math.sqrt(n) * support[word] + 2 * titles[word] for word, n in counts.items()}
    top = sum(sorted(weight.values(), reverse=True)[:15]) or 1.0
    return [
        Candidate(article, sentence, frozenset(found), _salience(sentence, found, weight, top))
        for article, sentence, found in said
    ]


def _salience(
    sentence: Sentence, found: Sequence[str], weight: dict[str, float], top: float
) -> float:
    matter = sum(weight[word] for word in set(found)) / top
    return matter + 0.3 / (1 + sentence.index)
