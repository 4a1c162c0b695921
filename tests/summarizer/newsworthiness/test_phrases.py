"""Lists of phrases, and where they stand in a text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from summarizer.newsworthiness.articles import mark_names
from summarizer.newsworthiness.phrases import LISTS, IndexedWords, load_lists, read_words

TEXT = """Saudi Aramco raised its official prices on Monday, said the oil minister of Iraq, after
two drones struck an air base near Kyiv. At least 14 people were killed, and the Prime Minister said
it's the largest attack in the country's history since 2022. OPEC+ will meet in Vienna."""


def test_indexed_words_are_searched_as_plain_ones_are() -> None:
    plain = read_words(TEXT)
    indexed = IndexedWords(plain)
    found = 0
    for path in LISTS.glob("*.txt"):
        for phrases in load_lists(path.stem).values():
            assert phrases.find(indexed) == phrases.find(plain)
            assert phrases.kinds(indexed) == phrases.kinds(plain)
            found += len(phrases.find(plain))
    assert found > 20


@pytest.mark.parametrize("limit", [0, 1, 7, 40, 10_000])
def test_the_first_words_are_those_of_the_whole_text(limit: int) -> None:
    long = f"Extraordinarily-long {'incomprehensibilities ' * 20}{TEXT}"
    assert read_words(long, limit) == read_words(long)[:limit]


@pytest.mark.parametrize(
    ("written", "frequent", "english"),
    [
        ("the", True, True),
        ("The", True, True),
        ("several", True, False),
        ("cancels", True, False),
        ("x", True, False),
        ("refinery", False, False),
    ],
)
def test_frequent_words_are_marked(written: str, frequent: bool, english: bool) -> None:
    (word,) = read_words(written)
    assert (word.frequent, word.english) == (frequent, english)
    assert word.capital == written[0].isupper()


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("The firm Shell said so.", True),
        ("Last week, Shell said so.", True),
        ("Shell said so. Shell is a firm.", False),
        ("The firm Shell said a shell hit it.", False),
        ("The firm Shells said so.", False),
        ("The firm Shell said that shelling went on.", True),
        ("The firm Shell_ said so.", False),
        ("", False),
    ],
)
def test_a_name_is_written_with_a_capital_within_a_sentence_and_never_small(
    text: str, is_name: bool
) -> None:
    (word,) = mark_names(read_words("Shell"), text)
    assert word.name == is_name


AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.models import Article
from summarizer.newsworthiness.judge import judge_window
from summarizer.topics.config import load_topics
from tests.support.builders import an_article

titles = ["Army shells border town, killing nine", "Oil refinery halts output after drone strike"]
articles = [an_article(each, f"{each}, officials said on Monday.") for each in titles * 8]
threads = int(sys.argv[1])
barrier = Barrier(threads)


def judged(_: int) -> str:
    barrier.wait()
    return repr([judge_window(articles, topic).scores for topic in load_topics()])


sys.setswitchinterval(1e-5)
with ThreadPoolExecutor(threads) as pool:
    found = list(pool.map(judged, range(threads)))
print(*sorted({*found, judged(0) if threads == 1 else found[0]}), sep="\\n")
"""


def test_windows_judged_at_once_are_judged_as_one_after_another() -> None:
    alone, at_once = (
        subprocess.run(
            [sys.executable, "-c", AT_ONCE, threads],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for threads in ("1", "4")
    )
    assert at_once == alone
