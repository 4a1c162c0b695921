"""How alike the articles of a window are, worked out in pieces."""

from __future__ import annotations

import numpy as np
import pytest

from summarizer.newsworthiness.articles import read_article
from summarizer.newsworthiness.vectors import (
    DIMENSIONS,
    SparseRow,
    WordCounts,
    _dimension,
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
    read = read_article(an_article("Gunmen kill soldiers", "Rebels shell harbour."))
    [row] = build_rows([WordCounts.of(read)])
    assert float(np.linalg.norm(row.values)) == pytest.approx(1)
    values = dict(zip(row.at.tolist(), row.values.tolist(), strict=True))
    by_word = {word.stem: values[_dimension(word.stem)] for word in (*read.title, *read.body)}
    assert by_word["soldier"] > 1.5 * by_word["harbour"]


def test_an_article_without_words_has_an_empty_row() -> None:
    rows = build_rows([WordCounts.of(read_article(an_article("", "")))] * 2)
    assert [len(each.at) for each in rows] == [0, 0]
    assert not likeness(rows).any()


def test_no_articles_have_no_likeness() -> None:
    assert likeness([]).shape == (0, 0)


def _row(chance: np.random.Generator) -> SparseRow:
    at = np.sort(chance.choice(DIMENSIONS, 40, replace=False)).astype(np.uint16)
    values = chance.random(40).astype(np.float32)
    return SparseRow(at, values / np.linalg.norm(values))
