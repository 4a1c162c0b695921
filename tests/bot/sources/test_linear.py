"""Every parser of untrusted input takes time in proportion to it, whatever is repeated."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from bot.errors import RefusedInput
from bot.ingest.worker.messages import ReadJob
from bot.ingest.worker.tasks import read
from bot.models.identity import page_of
from bot.sources.feeds.opml import read_opml
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import parse
from bot.sources.pages.walls import is_same_article, wall_of
from bot.sources.text.article_kind import kind_of
from bot.sources.text.clean import clean_line, clean_text
from bot.sources.text.html import html_text, title_text
from tests.support.builders import NOW
from tests.support.linear import slow

PIECES = (
    " ",
    "\n",
    "(",
    "[",
    "]",
    "{",
    "<",
    "&",
    "*",
    "_",
    "#",
    "<!--",
    "<!-- -->",
    "<?",
    "\u00a0",
)
OPTIONS = ReadOptions(NOW, 2_000_000)
TEXTS: dict[str, Callable[[str], object]] = {
    "html": html_text,
    "title": title_text,
    "text": clean_text,
    "line": lambda text: clean_line(text, 300),
    "wall": wall_of,
    "page": page_of,
    "kind": lambda text: kind_of(text, text, text, [text], text),
    "same": lambda text: is_same_article(text, text, text),
}
FILES = ("a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a.csv", "a.eml")
BEFORE = ("", "Title\n\n", "<rss version='2.0'><channel><title>", "<!doctype html><html><body>")


@pytest.mark.parametrize("piece", PIECES)
def test_fault_67_texts_of_one_piece_repeated_take_no_time(piece: str) -> None:
    took = {name: slow(each, piece * 40_000, 0.05) for name, each in TEXTS.items()}
    assert {name: found for name, found in took.items() if found} == {}


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("before", BEFORE)
def test_fault_67_files_and_answers_of_one_piece_repeated_take_little_time(
    piece: str, before: str
) -> None:
    job = ReadJob("https://a.example/", None, NOW)
    readers: dict[str, Callable[[bytes], object]] = {
        name: partial(parse, name=name, options=OPTIONS) for name in FILES
    }
    readers["answer"] = lambda data: read(job, data)
    readers["OPML"] = lambda data: read_opml(b'<opml><body><outline text="' + data)

    def work(text: str, *, reader: Callable[[bytes], object]) -> None:
        with suppress(RefusedInput):
            reader((before + text).encode())

    took = {
        name: slow(partial(work, reader=reader), piece * 40_000, 0.15)
        for name, reader in readers.items()
    }
    assert {name: found for name, found in took.items() if found} == {}
