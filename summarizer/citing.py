"""The verbatim proof of a bullet: its own sentences first, then other outlets that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.models import Article, Citation
from summarizer.choices import share
from summarizer.sentences import Sentence, split
from summarizer.words import stems

MOST_OUTLETS = 3
ALIKE, LIKENESS = 0.5, 0.3
_READ = 12_000


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


def support(quote: str, cited: str, articles: Sequence[Article]) -> Iterator[Citation]:
    """Cite the sentence most like `quote` in each outlet but the one `cited`, at most two more."""
    own = frozenset(stems(quote))
    outlets = {cited}
    for article in articles:
        if article.source in outlets or len(outlets) == MOST_OUTLETS:
            continue
        closest = max(
            split(article.text[:_READ], article.language),
            key=lambda each: share(own, frozenset(stems(each.text))),
            default=None,
        )
        if (
            closest
            and share(own, said := frozenset(stems(closest.text))) >= ALIKE
            and len(said) > 4
        ):
            outlets.add(article.source)
            yield cite(article, closest)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Half of the shorter sentence is in the longer, which is not much longer."""
    shared = len(one & other)
    return shared >= ALIKE * min(len(one), len(other)) and shared >= LIKENESS * len(one | other)
