"""What the words of an article say of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.newsworthiness.articles import ReadArticle, read_article
from summarizer.newsworthiness.judge import judge_window, shipped_model
from summarizer.newsworthiness.reasons import explain
from summarizer.newsworthiness.words import COLUMNS, LENGTH, NEWS, WordWeights, count_words
from summarizer.topics.config import load_topics
from tests.support.builders import an_article


def _read(title: str, text: str = "") -> ReadArticle:
    return read_article(an_article(title, text))


def test_a_word_counts_most_in_the_title_and_pairs_count_there_alone() -> None:
    counts = count_words(_read("Rebels shell port", "Rebels fired on the harbour of Ildria."))
    assert counts["shell port"] == pytest.approx(0.7 * counts["rebel"])
    assert counts["harbour"] == pytest.approx(0.4 * counts["rebel"])
    assert "the" not in counts
    assert "fire harbour" not in counts


def test_a_headline_alone_says_as_much_as_one_with_a_lead() -> None:
    for text in ("", "Rebels fired on the harbour of Ildria."):
        counts = count_words(_read("Rebels shell port", text))
        assert sum(count * count for count in counts.values()) == pytest.approx(LENGTH**2)
    assert count_words(_read("")) == {}


def test_words_move_chances_from_those_of_an_article_without_known_words() -> None:
    read = _read("Rebels shell port")
    one = 1.0 / count_words(read)["rebel"]
    rebel = (one, 3 * one, 0.0, -one, -one)
    chances = WordWeights((0.0, -2.0, 0.0, 0.0, 1.0), {"rebel": rebel}).chances(read)
    assert chances["security", "topic"] == pytest.approx(0.731, abs=0.001)
    assert chances["security", "importance"] == pytest.approx(0.731, abs=0.001)
    assert chances["energy", "topic"] == 0.5
    assert chances["energy", "importance"] < 0.3
    assert chances[NEWS] == 0.5


def test_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    words = WordWeights((-1.5, 0.0, 0.25, 2.0, 1.0), {"gas pric": (0.0, -0.5, 1.0, 1.25, 0.0)})
    words.save(tmp_path / "words.tsv")
    again = WordWeights.load(tmp_path / "words.tsv")
    assert (again.intercepts, again.by_word) == (words.intercepts, words.by_word)


def test_words_with_the_same_checksum_are_told_apart(tmp_path: Path) -> None:
    rows = {"buckeroo": (0.0, 0.0, 0.0, 0.0, 1.0), "plumless": (0.0, 0.0, 0.0, 0.0, -1.0)}
    WordWeights((0.0,) * len(COLUMNS), rows).save(tmp_path / "words.tsv")
    again = WordWeights.load(tmp_path / "words.tsv").by_word
    assert (again["buckeroo"], again["plumless"]) == (rows["buckeroo"], rows["plumless"])
    assert "plum" not in again
    assert again.get("plumles") is None


def test_every_shipped_word_has_a_weight_for_each_column() -> None:
    words = shipped_model().words
    assert len(words.by_word) > 1_000
    assert {len(weights) for weights in words.by_word.values()} == {len(COLUMNS)}


def test_reasons_name_the_weightiest_words_with_their_signs() -> None:
    raid = an_article("Gunmen kill nine soldiers in Vesk valley")
    lines = list(explain([raid], "security")[raid.id].lines())
    assert "words +" in lines[1]
    assert all("words " in line for line in lines[1:])


def test_english_words_say_nothing_of_another_language() -> None:
    article = an_article(
        "Атака дронов на порт: погибли девять человек", "Власти сообщили об атаке."
    )
    topic = next(each for each in load_topics() if each.name == "security")
    shipped = shipped_model()
    silent = replace(shipped, words=WordWeights((9.0,) * len(COLUMNS), {}))
    [by_shipped] = judge_window([article], topic, shipped).scores
    [by_others] = judge_window([article], topic, silent).scores
    assert by_shipped == by_others


def test_a_model_with_other_words_reads_an_article_again() -> None:
    article = an_article("Gunmen kill nine soldiers in Vesk valley")
    topic = next(each for each in load_topics() if each.name == "security")
    shipped = shipped_model()
    dull = replace(shipped, words=WordWeights((-9.0,) * len(COLUMNS), {}))
    [by_shipped] = judge_window([article], topic, shipped).scores
    [by_dull] = judge_window([article], topic, dull).scores
    assert by_dull.importance < by_shipped.importance
