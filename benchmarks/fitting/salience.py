"""Fit the weights of `extractive.salience`: `python -m benchmarks.fitting.salience FILE…`.

Ridge regression of what a sentence shares with the editor's summary (its precision in words and in
pairs of words) on the features of the product's own code, each less its mean over the cluster, so
that only the choice within a cluster counts. Clusters of leads, which are the likest to what
bullets are made from, weigh three times those of whole articles; each article alone weighs a tenth,
so that stories with one article are not forgotten. Prints the weights fitted on everything, and
ROUGE in and out of fold.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rouge_score.rouge_scorer import RougeScorer

from benchmarks.quality.bullets import (
    LEADS_BUDGET,
    METRICS,
    Cluster,
    cut,
    ours,
    read_clusters,
    rouge,
)
from bot.models import Article
from summarizer.extractive import salience
from summarizer.language.content_words import stem, words

FOLDS = 5
PENALTY = 10.0
LEADS, WHOLE, ALONE = 3.0, 1.0, 0.1
SHORTEST = 4

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """The sentences of one cluster: features and what they share, less the mean of the cluster."""

    fold: int
    features: Floats
    shared: Floats
    weight: float


def main(names: Sequence[str]) -> None:
    """Fit on all files at once and print what came out."""
    files = {name: read_clusters(Path(name)) for name in names}
    samples = [sample for clusters in files.values() for sample in _samples(clusters)]
    print("weights:", ", ".join(f"{weight:.2f}" for weight in _fit(samples)))
    everything = [_fit(samples)] * FOLDS
    held_out = [_fit([each for each in samples if each.fold != fold]) for fold in range(FOLDS)]
    scorer = RougeScorer(list(METRICS), use_stemmer=True)
    for name, clusters in files.items():
        for how, weights in (("in fold", everything), ("out of fold", held_out)):
            chosen = [
                cut(ours(each, weights=list(weights[at % FOLDS])), each.budget)
                for at, each in enumerate(clusters)
            ]
            scores = rouge(scorer, chosen, clusters)
            told = ", ".join(f"{metric} {score:.2f}" for metric, score in scores.items())
            print(f"{Path(name).stem}, {how}: {told}")


def _samples(clusters: Sequence[Cluster]) -> list[Sample]:
    found: list[Sample | None] = []
    for at, cluster in enumerate(clusters):
        weight = LEADS if cluster.budget == LEADS_BUDGET else WHOLE
        found.append(_sample(at, cluster.articles, cluster, weight / len(clusters)))
        alone = ALONE / len(clusters) / len(cluster.articles)
        found.extend(_sample(at, [article], cluster, alone) for article in cluster.articles)
    return [each for each in found if each is not None]


def _sample(at: int, articles: Sequence[Article], cluster: Cluster, weight: float) -> Sample | None:
    readings = salience.read(articles)
    titles = salience.titled(articles)
    value = salience.values(titles, readings)
    rows = salience.features(titles, readings, value)
    used = [n for n, reading in enumerate(readings) if reading.length >= SHORTEST]
    if len(used) < 2:
        return None
    reference = _terms(" ".join(cluster.references))
    shared = np.array([_shared(_terms(readings[n].sentence.text), reference) for n in used])
    features = np.array([rows[n] for n in used])
    return Sample(
        at % FOLDS, features - features.mean(axis=0), shared - shared.mean(), weight / len(used)
    )


def _terms(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def _shared(own: Sequence[str], reference: Sequence[str]) -> float:
    """The precision of words plus that of pairs."""
    singles = (Counter(own) & Counter(reference)).total() / max(1, len(own))
    pairs = (Counter(pairwise(own)) & Counter(pairwise(reference))).total()
    return singles + pairs / max(1, len(own) - 1)


def _fit(samples: Sequence[Sample]) -> Floats:
    features = np.vstack([each.features for each in samples])
    shared = np.concatenate([each.shared for each in samples])
    weight = np.concatenate([np.full(len(each.shared), each.weight) for each in samples])
    weight *= 1000 / weight.sum()
    spread = np.sqrt((weight[:, None] * features**2).sum(axis=0) / weight.sum()) + 1e-9
    scaled = features / spread
    matrix = scaled.T @ (weight[:, None] * scaled) + PENALTY * np.eye(scaled.shape[1])
    fitted: Floats = np.linalg.solve(matrix, scaled.T @ (weight * shared)) / spread
    return fitted


if __name__ == "__main__":
    main(sys.argv[1:])
