"""Learns the weights of stories: `python -m benchmarks.fitting.stories FILE…`.

Articles are played in order of time, first into the true stories, then into those that the weights
learned so far make of them; a logistic regression learns to tell the right story at each step.
Folds are events: out of fold, each article is judged by weights that never saw its event.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.quality.stories import Labelled, b_cubed, read
from benchmarks.report import read_jsonl
from summarizer.stories.assignment import within_reach
from summarizer.stories.clustering import StoryIndex, features, keys
from summarizer.stories.similarity import EVIDENCE, Figures, evidence

FOLDS = 5
STRENGTH = 1.0

Judge = Callable[[str, Figures], Figures]


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each figure, and what is added."""

    weights: Figures
    bias: float

    def odds(self, figures: Figures) -> Figures:
        """Log odds that the article of each row belongs to the story of that row."""
        odds: Figures = figures @ self.weights + self.bias
        return odds


@dataclass(frozen=True, slots=True)
class Played:
    """Training rows of one file: one for each story that an article might join."""

    figures: Figures
    right: NDArray[np.bool_]
    fold: NDArray[np.int64]
    stories: list[str]


def play(articles: Sequence[Labelled], judge: Judge | None) -> Played:
    """Replay a file through the index; without a judge every article joins its labelled story."""
    index, events = StoryIndex(), defaultdict[str, Counter[str]](Counter)
    rows: list[Figures] = []
    right: list[bool] = []
    folds: list[int] = []
    stories: list[str] = []
    for number, each in enumerate(articles):
        seen = features(each.title, each.text, each.at)
        found = keys(seen)
        near = [one for one in index.candidates(seen, found) if within_reach(seen, one)]
        story_id = each.event if judge is None else str(number)
        if near and seen.word_flags:
            rows.append(evidence(seen, near))
            right += [events[one.story_id].most_common(1)[0][0] == each.event for one in near]
            folds += [_fold(each.event)] * len(near)
            odds = judge(each.event, rows[-1]) if judge else np.zeros(1)
            story_id = near[int(odds.argmax())].story_id if odds.max() > 0 else story_id
        events[story_id][each.event] += 1
        index.attach(story_id, seen, found)
        stories.append(story_id)
    return Played(np.vstack(rows), np.array(right), np.array(folds), stories)


def learn(plays: Sequence[Sequence[Played]], fold: int | None = None) -> Weights:
    """Fit on the replayed rows except one fold; every file has the same weight."""
    chosen = [(each, each.fold != fold) for file in plays for each in file]
    figures = np.vstack([each.figures[kept] for each, kept in chosen])
    right = np.concatenate([each.right[kept] for each, kept in chosen])
    shares = [
        np.full(kept.sum(), 1 / sum(each.right[each.fold != fold].sum() for each in file))
        for file in plays
        for kept in (each.fold != fold for each in file)
    ]
    share = np.concatenate(shares)
    mean, spread = figures.mean(0), figures.std(0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit((figures - mean) / spread, right, sample_weight=share * 4000 / share.sum())
    weights = model.coef_[0] / spread
    return Weights(weights, float(model.intercept_[0] - weights @ mean))


def main(paths: Sequence[Path]) -> None:
    """Print the weights, and B-cubed F1 of each file in and out of fold."""
    files = [_read(path) for path in paths]
    plays = [[play(articles, None)] for articles in files]
    unseen = _out_of_fold(plays)
    for articles, played in zip(files, plays, strict=True):
        played.append(play(articles, unseen))
    learned, unseen = learn(plays), _out_of_fold(plays)
    for path, articles in zip(paths, files, strict=True):
        inside = _f1(articles, play(articles, lambda _, figures: learned.odds(figures)))
        print(f"{path.stem}: in fold {inside}, out of fold {_f1(articles, play(articles, unseen))}")
    for name, weight in zip(EVIDENCE, learned.weights, strict=True):
        print(f"{weight:7.2f}  {name}")
    print(f"{learned.bias:7.2f}  bias")


def _out_of_fold(plays: Sequence[Sequence[Played]]) -> Judge:
    learned = [learn(plays, fold) for fold in range(FOLDS)]
    return lambda event, figures: learned[_fold(event)].odds(figures)


def _read(path: Path) -> list[Labelled]:
    rows = read_jsonl(path)
    if not rows or not isinstance(rows[0].get("docs"), list):
        return read(path)
    return [
        Labelled(str(row["id"]), str(each["title"]), str(each["text"]), None)
        for row in rows
        for each in row["docs"]  # type: ignore[attr-defined]
    ]


def _f1(articles: Sequence[Labelled], played: Played) -> str:
    precision, recall, f1 = b_cubed([each.event for each in articles], played.stories)
    return f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}"


def _fold(event: str) -> int:
    return zlib.crc32(event.encode()) % FOLDS


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])
