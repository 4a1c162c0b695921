"""Fits the weights of `summarizer.repetition`: `python -m benchmarks.fitting.repetitions FILE…`.

The files are those of `python -m benchmarks.fitting.collections` and of labelled days. Editors'
labels of pairs, told and new, are in repetitions.tsv, without any text. Prints how many pairs with
a chance from a cut, and without a new act or figure, are repetitions, and how many of all
repetitions these are, each collection left out of the fit; then the weights of the fit on all.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.report import read_jsonl
from summarizer.repetition import Signs, Words, may_repeat, signs

LABELS = Path(__file__).with_name("repetitions.tsv")
STRENGTH = 10.0
CUTS = (0.5, 0.65, 0.8)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """The signs of a told and a new article, and whether an editor called it a repetition.

    `plain` says that the new headline names no act or figure that was not told.
    """

    collection: str
    signs: Signs
    plain: bool
    repeats: bool


def read_pairs(files: Sequence[Path]) -> list[Pair]:
    """The labelled pairs whose collection is among the files, as the product sees them."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader([x for x in lines if not x.startswith("#")], delimiter="\t"))
    return [pair for path in files for pair in _pairs(path, rows)]


def _pairs(path: Path, labels: Sequence[Mapping[str, str]]) -> Iterator[Pair]:
    mine = [each for each in labels if each["collection"] == path.stem]
    articles = {_key(row): row for row in read_jsonl(path)} if mine else {}
    days: defaultdict[str, list[Words]] = defaultdict(list)
    for row in articles.values():
        days[_day(row)].append(_words(row))
    for each in mine:
        told, new = articles.get(each["told"]), articles.get(each["new"])
        if told and new:
            window = days[_day(new)]
            holders = Counter(chain.from_iterable(words.all for words in window))
            pair = _words(new), _words(told)
            found, repeats = signs(*pair, holders, len(window)), each["label"] == "repetition"
            yield Pair(path.stem, found, may_repeat(*pair), repeats)


def _key(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{_day(row)} {row['title']}".encode()).hexdigest()[:12]


def _day(row: Mapping[str, Any]) -> str:
    return str(row["published_at"])[:10]


def _words(row: Mapping[str, Any]) -> Words:
    return Words.of(str(row["title"]), str(row["text"]))


def main() -> int:
    """Fit on all files named and print the weights; returns 2 for wrong usage."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    pairs = read_pairs([Path(each) for each in sys.argv[1:]])
    rows = np.array([each.signs for each in pairs])
    repeats = np.array([each.repeats for each in pairs])
    plain = np.array([each.plain for each in pairs])
    names = np.array([each.collection for each in pairs])
    chances = np.zeros(len(pairs))
    for name in sorted(set(names)):
        chances[names == name] = _chances(
            _fit(rows[names != name], repeats[names != name]), rows[names == name]
        )
    print(f"{len(pairs)} pairs, {int(repeats.sum())} repetitions")
    for cut in CUTS:
        told = plain & (chances >= cut)
        right = int((told & repeats).sum())
        print(
            f"from {cut}: {int(told.sum())} pairs, {right / max(1, int(told.sum())):.2f} right, "
            f"{right / max(1, int(repeats.sum())):.2f} of all repetitions"
        )
    weights, intercept = _fit(rows, repeats)
    print(", ".join(f"{each:.2f}" for each in (*weights, intercept)))
    return 0


def _fit(rows: Floats, repeats: NDArray[np.bool_]) -> tuple[Floats, float]:
    model = LogisticRegression(C=STRENGTH, max_iter=2_000).fit(rows, repeats)
    return np.asarray(model.coef_[0], np.float64), float(model.intercept_[0])


def _chances(fitted: tuple[Floats, float], rows: Floats) -> Floats:
    weights, intercept = fitted
    return np.asarray(1 / (1 + np.exp(-(rows @ weights + intercept))), np.float64)


if __name__ == "__main__":
    sys.exit(main())
