"""Articles of a window that tell one event."""

from __future__ import annotations

import numpy as np

from summarizer.newsworthiness.vectors import Matrix

SAME_EVENT = 0.35


def group_events(similar: Matrix, least: float = SAME_EVENT) -> list[list[int]]:
    """Average-link groups of article indices whose mean centred cosine is at least `least`."""
    groups = [[i] for i in range(len(similar))]
    sums = similar.astype(np.float64).copy()
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(groups))
    while len(groups) > 1:
        means = sums / np.outer(sizes, sizes)
        one, two = divmod(int(means.argmax()), len(means))
        if means[one, two] < least:
            break
        one, two = sorted((one, two))
        groups[one] += groups.pop(two)
        sums[one] += sums[two]
        sums[:, one] = sums[one]
        sums[one, one] = -np.inf
        sums = np.delete(np.delete(sums, two, 0), two, 1)
        sizes[one] += sizes[two]
        sizes = np.delete(sizes, two)
    return groups
