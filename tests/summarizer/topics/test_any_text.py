"""Whatever a text holds, scoring it neither fails nor takes long, and says the same again."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.models import Topic
from summarizer.topics.config import load_topics
from summarizer.topics.matcher import pattern
from summarizer.topics.scorer import TopicScorer, own_topic
from summarizer.topics.tokens import MAX_CHARS, stem, tokenize

SCORER = TopicScorer(
    [*load_topics(), own_topic("own", 'flood, "flash flood", 洪水, سیلاب, IT, -insurance', 1)]
)
WORDS = st.one_of(
    st.sampled_from(["oil", "gas", "pipeline", "LNG", "rebel", "ceasefire", "goal", "film"]),
    st.sampled_from(["flood", "IT", "it", "insurance", "洪水", "سیلاب", ".", ",", "-", "\ud800"]),
)
TEXTS = st.one_of(
    st.text(st.characters(codec=None)),
    st.lists(WORDS, max_size=60).map(" ".join),
    st.text("aA.'’-/ \u200d\u0301洪水\u0e01\u0e49\ud800\U0001f600", max_size=80),
)


@given(title=TEXTS, text=TEXTS, summary=st.none() | TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_text_gets_a_score_between_0_and_1_and_the_same_again(
    title: str, text: str, summary: str | None
) -> None:
    explained = SCORER.explain(title, text, summary)
    assert [each.topic for each in explained] == ["security", "energy", "own"]
    assert all(0 <= each.score <= 1 for each in explained)
    assert all(bool(each.reasons) == bool(each.matched) for each in explained)
    assert SCORER.explain(title, text, summary) == explained
    scores = SCORER.score(title, text, summary)
    assert {score.topic for score in scores} == {e.topic for e in explained if e.on_topic}
    assert [score.score for score in scores] == sorted((s.score for s in scores), reverse=True)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_two_ways_to_split_plain_text_agree(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert tokenize(plain).stems == tokenize(f"{plain} é").stems[:-1]


@given(st.just("own"), st.text(st.characters(codec=None), max_size=120))
@example("own", "0IN0")
@example("own", "MADE IN MARENDA")
@settings(max_examples=100, deadline=None)
def test_an_own_topic_is_made_or_refused_and_finds_its_own_words(name: str, words: str) -> None:
    topic = made(name, words)
    if topic is not None and not topic.exclusions:
        assert all(TopicScorer([topic]).score(term, "") for term in topic.terms)


def made(name: str, words: str) -> Topic | None:
    try:
        return own_topic(name, words, 1)
    except UsageError:
        return None


@given(st.text(st.characters(codec=None), min_size=1, max_size=80))
def test_a_stem_is_not_longer_than_its_word(word: str) -> None:
    assert len(stem(word)) <= 3 * len(word)


@pytest.mark.parametrize(
    "text",
    [
        "oil " * 1_000_000,
        "a" * 5_000_000,
        "U.S." * 1_000_000,
        "'" * 3_000_000,
        "rebel's" * 500_000,
        "\u0301" * 3_000_000,
        "\ufdfa" * 1_000_000,
        "洪" * 3_000_000,
        "suicide car " * 300_000,
        "(" * 3_000_000,
        "missile-" * 500_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_huge_text_takes_no_longer_than_a_long_one(text: str) -> None:
    began = time.process_time()
    SCORER.score(text, text, text)
    assert time.process_time() - began < 2


def test_it_reads_no_further_than_its_limit() -> None:
    far = "word " * MAX_CHARS
    assert SCORER.explain("", far) == SCORER.explain("", far + "gas pipeline " * 100)


@given(term=TEXTS | st.sampled_from(sorted({term for t in load_topics() for term in t.terms})))
@settings(max_examples=200, deadline=None)
@example(term="mining goods")
@example(term="a" * 61)
@example(term=" two  words ")
def test_a_term_is_compared_by_the_tokens_of_a_text(term: str) -> None:
    tokens = tokenize(term)
    keys = [tokens.capitals.get(at) or each for at, each in enumerate(tokens.stems)]
    assert pattern(term) == tuple(key for key in keys if key)
