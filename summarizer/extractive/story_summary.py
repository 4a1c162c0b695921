"""A story in a few of its articles' own sentences, as `/story` tells it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.models import Article, Citation
from summarizer.extractive.citations import cite
from summarizer.extractive.salience import WEIGHTS, weigh
from summarizer.extractive.selection import in_turn
from summarizer.sentence_rules.boilerplate import is_boilerplate

USUAL = 1.15
"""A summary has at most this many times the words of the average article."""


def summarize(
    articles: Sequence[Article],
    words: int,
    *,
    usual: float = USUAL,
    weights: Sequence[float] = WEIGHTS,
) -> list[Citation]:
    """The sentences that tell what the articles agree on, best first, none for what another says.

    Together they have at least `words` words where possible, but stop where they have about `usual`
    times those of the average article.
    """
    found, value = weigh(articles, weights)
    most = usual * sum(each.length for each in found) / max(1, len(articles))
    chosen: list[Citation] = []
    length = 0
    for each in in_turn(found, value):
        if chosen and length + each.length / 2 > most:
            break
        if is_boilerplate(each.sentence.text):
            continue
        chosen.append(cite(each.article, each.sentence))
        length += each.length
        if length >= words:
            break
    return chosen
