"""How alike the articles of a window are, worked out in pieces."""

from __future__ import annotations

import numpy as np
import pytest

from summarizer.newsworthiness.articles import read_article
from summarizer.newsworthiness.vectors import (
    DIMENSIONS,
    SparseRow,
    WordCounts,
    build_rows,
    dense,
    likeness,
)
from tests.support.builders import an_article


@pytest.mark.parametrize("count", [1, 2, 127, 128, 129, 300])
def test_likeness_is_that_of_the_whole_centred_rows(count: int) -> None:
    chance = np.random.default_rng(count)
    rows = [_row(chance) for _ in range(count)]
    found = likeness(rows)
    whole = dense(rows)
    whole -= whole.mean(0)
    whole /= np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-9)
    assert found == pytest.approx(whole @ whole.T, abs=1e-5)
    assert np.array_equal(found, found.T)


def test_a_row_has_length_one_and_weighs_the_title_above_the_body() -> None:
    article = an_article("Gunmen kill soldiers", "Rebels shell harbour.")
    [row] = build_rows([WordCounts.of(read_article(article))])
    assert float(np.linalg.norm(row.values)) == pytest.approx(1)
    assert len({round(float(each), 4) for each in row.values}) == 2


def test_an_article_without_words_has_an_empty_row() -> None:
    rows = build_rows([WordCounts.of(read_article(an_article("", "")))] * 2)
    assert [len(each.at) for each in rows] == [0, 0]
    assert not likeness(rows).any()


def _row(chance: np.random.Generator) -> SparseRow:
    at = np.sort(chance.choice(DIMENSIONS, 40, replace=False))
    values = chance.random(40).astype(np.float32)
    return SparseRow(at, values / np.linalg.norm(values))
