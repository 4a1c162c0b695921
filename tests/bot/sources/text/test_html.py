"""HTML fragments from feeds as plain paragraphs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from lxml import etree

from bot.sources.text import html
from bot.sources.text.html import html_text

OPEN = ("<script>silent", "<svg><p>", "<p>one<!-- two", "<title>x", "<b", "&#0;<p", "<p>\ud800")


@pytest.mark.parametrize("before", OPEN)
def test_a_text_is_read_alike_whatever_was_read_before_it(before: str) -> None:
    html_text(before)
    assert html_text("<p>One &amp; two.</p><p>Three.</p>") == "One & two.\n\nThree."


def test_texts_are_read_in_several_threads() -> None:
    texts = [f"<p>{number}</p>end<br>" for number in range(200)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(html_text, texts))
    assert found == [f"{number}\n\nend" for number in range(200)]


def test_each_thread_has_a_parser_of_its_own() -> None:
    barrier = Barrier(2)

    def parser(_: int) -> object:
        barrier.wait(10)
        return html._parser()

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(parser, range(2))
    assert one is not other


def test_a_parser_that_failed_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = html._parser()

    def fail(*_: object) -> object:
        raise etree.LxmlError("broken")

    with monkeypatch.context() as patched:
        patched.setattr(etree, "fromstring", fail)
        assert html_text("<p>One</p>") == ""
    assert html_text("<p>Two</p>") == "Two"
    assert html._parser() is not failed
