"""Fits the weights of `summarizer.evidence.scoring`.

`python -m benchmarks.fitting.evidence FILE… --also FILE…` fits a logistic regression on what the
product's own code finds in each summary. Every origin of every file counts the same, and in it
the proved and the unproved summaries. Each figure is given three times: in fold, with a summary's
document left out of the fit, and with its whole file left out. Then the weights are printed.

The files behind `--also`, made by `python -m benchmarks.fitting.judged_summaries`, only teach, and
weigh less. What they say of a document that a judged file has too is left out.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.fitting.shared_text import Run, runs, shares
from benchmarks.quality.evidence import Claim, balanced, best_cut, read_claims
from summarizer.evidence.checker import examine
from summarizer.evidence.scoring import FEATURES, features

FOLDS = 6
STRENGTH = 0.06
DECIDED = 0.3
"""What a text counts that is refused or accepted anyway: the formula need not learn that again."""

TAUGHT = 0.3
"""What an origin counts that only teaches: others judged it by other rules."""

LEAST_KIND = 120
"""Origins with fewer texts of a kind weigh less: otherwise 26 texts of one origin would weigh as
much as 400 of another."""

_SURE = 20.0
"""The log odds of what is refused or accepted whatever the weights are."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """The claims of one file with their features; `share` is what each counts in fitting.

    No weights change the verdict on those `refused` for what the document lacks, and on those
    `accepted` because it has their words.
    """

    name: str
    claims: Sequence[Claim]
    features: Floats
    proved: NDArray[np.bool_]
    refused: NDArray[np.bool_]
    accepted: NDArray[np.bool_]
    fold: NDArray[np.int64]
    share: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each feature, and what is added."""

    weights: Floats
    bias: float

    def odds(self, rows: Floats) -> Floats:
        """Log odds that the text of each row is proved."""
        odds: Floats = rows @ self.weights + self.bias
        return odds


def main(paths: Sequence[Path], also: Sequence[Path] = ()) -> None:
    """Fit on all files, in and out of fold, and print the results."""
    samples = [_sample(path.stem, read_claims(path)) for path in paths]
    judged = {run for each in samples for claim in each.claims for run in runs(claim.document)}
    others = [_teaching(path, judged) for path in also]
    fitted = _fit([*samples, *others])
    held_out = [_fit([*samples, *others], fold) for fold in range(FOLDS)]
    unseen = [_fit([*(each for each in samples if each is not one), *others]) for one in samples]
    for each, without in zip(samples, unseen, strict=True):
        inside = fitted.odds(each.features)
        rows = zip(each.features, each.fold, strict=True)
        outside = np.array([float(held_out[fold].odds(row)) for row, fold in rows])
        for origin in ["", *sorted({claim.origin for claim in each.claims})]:
            told = ", ".join(
                f"{how} {_told(each, odds, origin)}"
                for how, odds in (
                    ("in fold", inside),
                    ("document left out", outside),
                    ("set left out", without.odds(each.features)),
                )
            )
            print(f"{each.name} {origin or 'all'}: {told}")
    for name, weight in zip(FEATURES, fitted.weights, strict=True):
        print(f"    {weight:.2f},  # {name}")
    print(f"BIAS = {fitted.bias:.2f}")


def _told(sample: Sample, odds: Floats, origin: str) -> str:
    chosen = [n for n, each in enumerate(sample.claims) if origin in ("", each.origin)]
    some = [sample.claims[n] for n in chosen]
    odds = np.where(sample.refused, -_SURE, np.where(sample.accepted, _SURE, odds))
    said = [bool(odds[n] >= 0) for n in chosen]
    return f"{balanced(some, said):.1f} (best cut {best_cut(some, odds[chosen]):.1f})"


def _teaching(path: Path, judged: Collection[Run]) -> Sample:
    """The claims of a file that only teaches, without documents that are judged; all in no fold."""
    claims = sorted(read_claims(path), key=lambda each: each.document)
    known = {each: shares(each, judged) for each in {claim.document for claim in claims}}
    found = _sample(path.stem, [each for each in claims if not known[each.document]])
    return replace(found, fold=np.full_like(found.fold, FOLDS), share=found.share * TAUGHT)


def _sample(name: str, claims: Sequence[Claim]) -> Sample:
    read = [(each, examine(each.summary, [each.document])) for each in claims]
    claims = [each for each, examined in read if examined.readings]
    found = [examined for _, examined in read if examined.readings]
    rows = [features(each.readings, {one.kind for one in each.lacking}) for each in found]
    proved = np.array([each.proved for each in claims])
    refused = np.array([any(each.refusals()) for each in found])
    accepted = np.array([each.accepted for each in found])
    kinds = [(each.origin, each.proved) for each in claims]
    share = np.array([1 / max(LEAST_KIND, kinds.count(kind)) for kind in kinds])
    share *= np.where(refused | accepted, DECIDED, 1.0)
    fold = np.array([zlib.crc32(each.document.encode()) % FOLDS for each in claims])
    return Sample(name, claims, np.array(rows), proved, refused, accepted, fold, share)


def _fit(samples: Sequence[Sample], without: int | None = None) -> Weights:
    kept = [each.fold != without for each in samples]
    rows = np.vstack([each.features[k] for each, k in zip(samples, kept, strict=True)])
    proved = np.concatenate([each.proved[k] for each, k in zip(samples, kept, strict=True)])
    share = np.concatenate([each.share[k] for each, k in zip(samples, kept, strict=True)])
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit((rows - mean) / spread, proved, sample_weight=share * len(rows) / share.sum())
    weights = model.coef_[0] / spread
    return Weights(weights, float(model.intercept_[0] - weights @ mean))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--also", nargs="+", type=Path, metavar="FILE", default=())
    given = parser.parse_args()
    main(given.files, given.also)
