"""Fits the weights of news judgement's signs: `python -m benchmarks.fitting.newsworthiness FILE…`.

The files are those of `python -m benchmarks editor`. Each weight is drawn to a value set beforehand
and keeps its sign; importance is fitted on differences within a section. Writes weights.json; the
weights of words are fitted by benchmarks.fitting.news_words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.fitting.news_words import NO_WORDS, fit_words
from benchmarks.quality.editor_data import NEWS_GENRES, LabelledDay, read_days
from summarizer.newsworthiness.articles import with_furniture
from summarizer.newsworthiness.judge import signs_of
from summarizer.newsworthiness.scoring import (
    WEIGHTS_FILE,
    Model,
    WindowSigns,
    add_context,
    window_signs,
)
from summarizer.newsworthiness.signs import TOPICS, Signs

PULL = {"topic": 10.0, "genre": 15.0, "importance": 10.0}
"""How strongly a weight is drawn to its prior."""

PRIORS: dict[str, dict[str, float]] = json.loads(
    Path(__file__).with_name("newsworthiness_priors.json").read_text("utf-8")
)
_STEPS = 3_000


def fit(days: Sequence[LabelledDay]) -> Model:
    """The weights that labelled days teach, of signs and of words."""
    return replace(fit_signs(days), words=fit_words(days))


def fit_signs(days: Sequence[LabelledDay]) -> Model:
    """The weights of signs that labelled days teach, and none of words."""
    signs = [_signs(day) for day in days]
    topic = PRIORS["topic"]
    for _ in range(2):
        topic = _topic(days, signs, topic)
    genre = _logistic(
        [each.genre for window in signs for each in window.articles],
        [float(_label(day, at) in NEWS_GENRES) for day in days for at in range(len(day.articles))],
        "genre",
    )
    importance = _importance(days, signs, topic)
    return Model(topic, genre, dict.fromkeys(TOPICS, importance), NO_WORDS)


def _signs(day: LabelledDay) -> WindowSigns:
    given = with_furniture(day.articles)
    return window_signs([signs_of(article, page, NO_WORDS) for article, page in given])


def _label(day: LabelledDay, at: int) -> str:
    return day.labels[day.articles[at].id].genre


def _topic(
    days: Sequence[LabelledDay], signs: Sequence[WindowSigns], first: Mapping[str, float]
) -> dict[str, float]:
    rows: list[Signs] = []
    labels: list[float] = []
    for day, window in zip(days, signs, strict=True):
        for topic in TOPICS:
            rows += add_context(window, topic, first)[0]
            labels += [float(topic in day.labels[each.id].topics) for each in day.articles]
    return _logistic(rows, labels, "topic")


def _importance(
    days: Sequence[LabelledDay], signs: Sequence[WindowSigns], topic: Mapping[str, float]
) -> dict[str, float]:
    rows: list[Signs] = []
    targets: list[float] = []
    for day, window in zip(days, signs, strict=True):
        for name in TOPICS:
            weighty = add_context(window, name, topic)[1]
            kept = [at for at, each in enumerate(day.articles) if _is_told(day, at, name)]
            found = [day.importance(day.articles[at], name) / 3 for at in kept]
            rows += _centred([weighty[at] for at in kept])
            targets += [each - sum(found) / len(found) for each in found]
    weights = fit_weights(rows, targets, "importance", logistic=False)
    return weights | {"intercept": PRIORS["importance"]["intercept"]}


def _is_told(day: LabelledDay, at: int, topic: str) -> bool:
    label = day.labels[day.articles[at].id]
    return topic in label.topics and label.genre in NEWS_GENRES


def _centred(rows: Sequence[Signs]) -> list[Signs]:
    names = {name for row in rows for name in row}
    mean = {name: sum(row.get(name, 0.0) for row in rows) / len(rows) for name in names}
    return [{name: row.get(name, 0.0) - mean[name] for name in sorted(names)} for row in rows]


def _logistic(rows: Sequence[Signs], labels: Sequence[float], part: str) -> dict[str, float]:
    return fit_weights(rows, labels, part, logistic=True)


def fit_weights(
    rows: Sequence[Signs], targets: Sequence[float], part: str, *, logistic: bool
) -> dict[str, float]:
    """Weights by projected gradient descent, near those of `part` in PRIORS and of their signs."""
    prior, pull = PRIORS[part], PULL[part]
    names = [name for name in prior if name != "intercept"]
    x = np.array([[row.get(name, 0.0) for name in names] + [1.0] for row in rows])
    y = np.array(targets, float)
    centre = np.array([prior[name] for name in [*names, "intercept"]])
    sign = np.append(np.sign(centre[:-1]), 0.0)
    pulls = np.append(np.full(len(names), pull), 0.01)
    weights = centre.copy()
    step = np.linalg.norm(x, 2) ** 2 * (0.25 if logistic else 1.0) + pull
    for _ in range(_STEPS):
        z = x @ weights
        guess = 1 / (1 + np.exp(-z)) if logistic else z
        weights -= (x.T @ (guess - y) + pulls * (weights - centre)) / step
        weights = np.where(weights * sign < 0, 0.0, weights)
    return {
        name: round(float(weight), 4)
        for name, weight in zip([*names, "intercept"], weights, strict=True)
    }


def main() -> int:
    """Fit on all files named and write the weights; returns 2 for wrong usage."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    days = [day for path in sys.argv[1:] for day in read_days(Path(path))]
    model = fit_signs(days)
    parts = {"topic": model.topic, "genre": model.genre, "importance": model.importance}
    text = json.dumps(parts, indent=1, sort_keys=True)
    WEIGHTS_FILE.write_text(f"{text}\n", encoding="utf-8")
    print(f"wrote {WEIGHTS_FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
