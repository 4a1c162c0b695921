"""Whether a bullet may be sent: its quotes are verbatim and its text is proved by what it cites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.models import Article, Bullet
from summarizer import dates
from summarizer.evidence import check
from summarizer.figures import Counted, stated

_DIFFER = re.compile(r" ([\d,]+) to ([\d,]+) (killed|injured), sources differ\.$")


def unproved(bullet: Bullet, articles: Mapping[str, Article], read_at: datetime) -> str | None:
    """Why a bullet may not be sent, or None; `articles` are those that it may cite, by id."""
    if not bullet.citations:
        return "it cites nothing"
    sources: list[str] = []
    for citation in bullet.citations:
        article = articles.get(citation.article_id)
        if article is None or article.text[citation.start : citation.end] != citation.quote:
            return "a quote is not in the stored article"
        days = dates.absolute(citation.quote, article.published_at, read_at)
        sources.append("\n\n".join([article.text, article.title, days]))
    return _unproved(bullet, sources)


def _unproved(bullet: Bullet, sources: Sequence[str]) -> str | None:
    text = bullet.text
    if differ := _DIFFER.search(text):
        counted = {stated(each.quote, Counted(differ[3])) for each in bullet.citations}
        for number in (differ[1], differ[2]):
            if int(number.replace(",", "")) not in counted:
                return f"number {number} is not in the cited sentences"
        text = text[: differ.start()]
    verdict = check(text, sources)
    return None if verdict.proved else verdict.reason
