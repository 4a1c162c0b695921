"""Decides whether a bullet may be sent: verbatim quotes, and a text proved by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.models import Article, Bullet
from summarizer.casualties.counts import Counted, stated
from summarizer.evidence import quoted_dates as relative_days
from summarizer.evidence.checker import check

_DIFFER = re.compile(r":? ([\d,]+) to ([\d,]+) (killed|injured), sources differ\.$")


def unproved(bullet: Bullet, articles: Mapping[str, Article]) -> str | None:
    """The reason why a bullet may not be sent, or None; `articles` by id are those it may cite."""
    if not bullet.citations:
        return "it cites nothing"
    quotes: list[tuple[Article, str]] = []
    for citation in bullet.citations:
        article = articles.get(citation.article_id)
        if article is None or not citation.is_verbatim(article):
            return "a quote is not in the stored article"
        quotes.append((article, citation.quote))
    return _unproved(bullet, sources(quotes))


def sources(quotes: Iterable[tuple[Article, str]]) -> list[str]:
    """The texts that may prove a bullet: each article's quotes, and with days written out."""
    texts: dict[str, list[str]] = {}
    for article, quote in quotes:
        days = relative_days.dated(quote, article.published_at)
        texts.setdefault(article.id, []).extend([quote, *days])
    return ["\n\n".join(each) for each in texts.values()]


def claim(bullet: Bullet) -> str:
    """A bullet's text without a range of counts, which is proved by itself."""
    return _DIFFER.sub("", bullet.text)


def grounds(bullet: Bullet, articles: Mapping[str, Article]) -> str:
    """The quotations of a bullet as one text, with days written out; they are in `articles`."""
    told: list[str] = []
    for each in bullet.citations:
        days = relative_days.dated(each.quote, articles[each.article_id].published_at)
        told.extend(days or (each.quote,))
    return " ".join(told)


def _unproved(bullet: Bullet, known: Sequence[str]) -> str | None:
    text = bullet.text
    if differ := _DIFFER.search(text):
        counted = {stated(each.quote, Counted(differ[3])) for each in bullet.citations}
        for number in (differ[1], differ[2]):
            if int(number.replace(",", "")) not in counted:
                return f"number {number} is not in the cited sentences"
        text = text[: differ.start()]
    verdict = check(text, known)
    return None if verdict.proved else verdict.reason
