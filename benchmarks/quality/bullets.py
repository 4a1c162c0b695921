"""Sentences chosen against an editor's summary: ROUGE, and the time it took, beside peers.

Every system is given the same documents, split into the same sentences, and returns sentences in
its own order. All are cut alike: whole sentences up to the budget of words, and the last one cut
to it. briefbot alone may stop before the budget: it tells no more than the average article does;
"briefbot, filled" is the same without that rule.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from rouge_score.rouge_scorer import RougeScorer
from sklearn.feature_extraction.text import TfidfVectorizer
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from benchmarks.report import Row, read_jsonl
from bot.models import Article
from summarizer.extractive.salience import WEIGHTS
from summarizer.extractive.story_summary import USUAL, summarize
from summarizer.language.content_words import STOP
from summarizer.language.sentences import split
from summarizer.sentence_rules.cleaning import plain

LEADS_BUDGET, ARTICLES_BUDGET = 60, 220
"""Words to choose from titles and leads (`ref_title` is given), and from whole articles."""

METRICS = {"rouge1": "ROUGE-1 F1", "rouge2": "ROUGE-2 F1", "rougeLsum": "ROUGE-Lsum F1"}
_WARM_UP = 5
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The articles on one event, an editor's summaries of it, and how many words to choose."""

    articles: tuple[Article, ...]
    references: tuple[str, ...]
    budget: int


System = Callable[[Cluster], Iterable[str]]


def run(files: list[Path]) -> list[Row]:
    """Score every system on every file of clusters."""
    if not files:
        raise ValueError("name at least one file of clusters with their summaries")
    return [row for path in files for row in _rows(path)]


def _rows(path: Path) -> Iterator[Row]:
    clusters = read_clusters(path)
    scorer = RougeScorer(list(METRICS), use_stemmer=True)
    for name, system in SYSTEMS.items():
        print(f"{path.name}: {name} …", file=sys.stderr)
        for cluster in clusters[:_WARM_UP]:
            list(system(cluster))
        started = time.perf_counter()
        chosen = [list(system(cluster)) for cluster in clusters]
        seconds = time.perf_counter() - started
        cuts = [cut(each, at.budget) for each, at in zip(chosen, clusters, strict=True)]
        figures = rouge(scorer, cuts, clusters)
        words = sum(len(each.split()) for each in cuts) / len(cuts)
        figures |= {"words": words, "ms a cluster": 1000 * seconds / len(clusters)}
        yield Row(path.stem, name, figures)


def read_clusters(path: Path) -> list[Cluster]:
    """Every cluster of a file; raises ValueError with the number of an invalid line."""
    clusters = [_cluster(path, number, row) for number, row in enumerate(read_jsonl(path), 1)]
    if not clusters:
        raise ValueError(f"{path} holds no clusters")
    return clusters


def _cluster(path: Path, number: int, row: dict[str, Any]) -> Cluster:
    try:
        articles = tuple(
            _article(str(at), document.get("title") or "", document["text"] or "")
            for at, document in enumerate(row["docs"])
        )
        references = tuple(str(each) for each in row["refs"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{path}:{number} is not a cluster: it needs docs[{{title, text}}] and refs[]"
        ) from error
    budget = LEADS_BUDGET if "ref_title" in row else ARTICLES_BUDGET
    return Cluster(articles, references, budget)


def _article(name: str, title: str, text: str) -> Article:
    return Article(name, title, text, name, _EPOCH, _EPOCH, name)


def cut(sentences: Sequence[str], budget: int) -> str:
    """Whole sentences up to the budget of words, the last one cut to it, one a line."""
    lines: list[str] = []
    left = budget
    for sentence in sentences:
        words = sentence.split()[:left]
        lines.append(" ".join(words))
        left -= len(words)
        if left <= 0:
            break
    return "\n".join(lines)


def rouge(
    scorer: RougeScorer, cuts: Sequence[str], clusters: Sequence[Cluster]
) -> dict[str, float]:
    """Mean F1 of the chosen sentences against the editor's summary, in per cent, by metric."""
    totals = dict.fromkeys(METRICS, 0.0)
    for chosen, cluster in zip(cuts, clusters, strict=True):
        references = ["\n".join(s.text for s in split(each)) for each in cluster.references]
        scores = [scorer.score(reference, chosen) for reference in references]
        for metric in METRICS:
            totals[metric] += sum(each[metric].fmeasure for each in scores) / len(scores)
    return {name: 100 * totals[metric] / len(clusters) for metric, name in METRICS.items()}


def ours(
    cluster: Cluster, *, usual: float = USUAL, weights: Sequence[float] = WEIGHTS
) -> list[str]:
    """The sentences by which `/story` tells a story."""
    told = summarize(cluster.articles, cluster.budget, usual=usual, weights=weights)
    return [plain(each.quote) for each in told]


def _briefbot_filled(cluster: Cluster) -> list[str]:
    return ours(cluster, usual=float("inf"))


def _lead(cluster: Cluster) -> Iterator[str]:
    """The first sentence of each article, then the second of each, and so on."""
    documents = [split(article.text) for article in cluster.articles]
    for place in range(max(map(len, documents), default=0)):
        yield from (each[place].text for each in documents if place < len(each))


def _centroid(cluster: Cluster) -> list[str]:
    """TF-IDF centroid with maximal marginal relevance, half and half."""
    sentences = [s.text for article in cluster.articles for s in split(article.text)]
    if not any(_WORD.search(sentence) for sentence in sentences):
        return sentences
    vectors = TfidfVectorizer(stop_words=sorted(STOP)).fit_transform(sentences)
    centre = np.asarray(vectors.mean(axis=0)).ravel()
    relevance = vectors @ centre / (np.linalg.norm(centre) or 1.0)
    alike = (vectors @ vectors.T).toarray()
    chosen: list[int] = []
    left = list(range(len(sentences)))
    while left and sum(len(sentences[at].split()) for at in chosen) < cluster.budget:
        best = max(left, key=lambda at: relevance[at] - max(alike[at, chosen], default=0.0))
        left.remove(best)
        chosen.append(best)
    return [sentences[at] for at in chosen]


class _Tokenizer:
    """Our sentences and plain words for sumy, which would otherwise download its own."""

    def to_sentences(self, text: str) -> list[str]:
        return [sentence.text for sentence in split(text)]

    def to_words(self, text: str) -> list[str]:
        return _WORD.findall(text)


def _sumy(summarizer: type[Any]) -> System:
    tokenizer = _Tokenizer()

    def choose(cluster: Cluster) -> list[str]:
        paragraphs = [
            Paragraph([SumySentence(s.text, tokenizer) for s in split(article.text)])
            for article in cluster.articles
        ]
        document = ObjectDocumentModel(paragraphs)
        system = summarizer(Stemmer("english"))
        if hasattr(system, "stop_words"):
            system.stop_words = STOP
        return [str(each) for each in system(document, enough(cluster.budget))]

    return choose


def enough(budget: int) -> Callable[[Sequence[Any]], list[Any]]:
    """The fewest of sumy's sentences, best first, that fill the budget; it restores their order."""

    def take(rated: Sequence[Any]) -> list[Any]:
        lengths = accumulate(len(str(each.sentence).split()) for each in rated)
        return [each for each, total in zip(rated, [0, *lengths], strict=False) if total < budget]

    return take


lexrank = _sumy(LexRankSummarizer)

SYSTEMS: dict[str, System] = {
    "briefbot": ours,
    "briefbot, filled": _briefbot_filled,
    "lead, round-robin": _lead,
    "centroid + MMR": _centroid,
    "sumy LexRank": lexrank,
    "sumy TextRank": _sumy(TextRankSummarizer),
    "sumy Reduction": _sumy(ReductionSummarizer),
    "sumy Luhn": _sumy(LuhnSummarizer),
}
