"""HTML fragments from feeds as plain paragraphs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

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
