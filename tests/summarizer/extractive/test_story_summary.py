"""A story in sentences of its articles: each verbatim, none said twice, no longer than asked."""

from __future__ import annotations

from summarizer.extractive.story_summary import summarize
from tests.support.builders import an_article

WIRE = an_article(
    "Leak shuts Norrow pipeline",
    "A leak shut the Norrow gas pipeline near Vesk on Monday. Share this article with your friends."
    " Oil fell by 2 dollars. The operator Amber Grid sent forty engineers to the site.",
    source="Wire",
)
POST = an_article(
    "Norrow pipeline shut",
    "The Norrow gas pipeline near Vesk was shut on Monday after a leak. Shares of Amber Grid fell.",
    source="Post",
)


def test_it_quotes_up_to_the_words_asked_for_and_says_nothing_twice() -> None:
    told = summarize([WIRE, POST], 12)
    assert sum(len(each.quote.split()) for each in told) >= 12
    assert all(each.is_verbatim({"Wire": WIRE, "Post": POST}[each.source]) for each in told)
    assert sum("Norrow gas pipeline" in each.quote for each in told) == 1


def test_it_tells_no_more_than_the_average_article_and_no_furniture() -> None:
    told = summarize([WIRE, POST], 1_000)
    lengths = [len(each.text.split()) for each in (WIRE, POST)]
    assert sum(len(each.quote.split()) for each in told) <= 1.5 * sum(lengths) / 2
    assert not any("Share this article" in each.quote for each in told)


def test_of_nothing_it_tells_nothing() -> None:
    assert summarize([], 60) == []
    assert summarize([an_article("Only a headline", "")], 60) == []
