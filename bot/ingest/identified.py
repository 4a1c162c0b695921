"""Which stored article a parsed one is: by its identity, its guid, or its title and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.models import Article, ParsedArticle
from bot.models.identity import as_article
from bot.sources.pages.walls import is_same_article
from bot.sources.text.urls import is_token
from bot.store import Store
from summarizer.language.identify import stated_or_told

_SAME_ISSUE = timedelta(hours=20)
"""What comes under another token with title and text as before, less than a day later, is that
article again, of its first date; one of each day may have the same title and no text."""

_COMPARED = 500
"""Characters of a stored text whose words an article with the same guid may have."""

Pair = tuple[Article, Article | None]
"""An article as it would be stored, and as it is stored (None if it is new)."""


async def identified(
    store: Store, parsed: Sequence[ParsedArticle], *, source: str | None, now: datetime
) -> list[Pair]:
    """Give each parsed article its id; one that came back under another address keeps its id."""
    given = [
        _with_language(as_article(each, source=source, now=now), each.language) for each in parsed
    ]
    known = {each.id: each for each in await store.articles.many([each.id for each in given])}
    unknown = [each for each in given if each.id not in known]
    alike = await store.articles.same_as(unknown) if unknown else {}
    same = {each.id: alike[each.id] for each in unknown if _is_alike(each, alike.get(each.id))}
    tokens = [each for each in unknown if each.id not in same and is_token(each.url)]
    issued = await store.articles.issued_before(tokens, _SAME_ISSUE) if tokens else {}
    found = issued | same | known
    return [
        _paired(each, found.get(each.id), certain=each.id not in issued and _is_certain(each, one))
        for each, one in zip(given, parsed, strict=True)
    ]


def _is_alike(article: Article, known: Article | None) -> bool:
    """Whether an article has words of a stored one with its guid: some feeds number their items."""
    if known is None or known.title == article.title:
        return known is not None
    text = f"{article.title}\n{article.text}"
    return is_same_article(known.title, known.text[:_COMPARED], text)


def _with_language(article: Article, stated: str | None) -> Article:
    return replace(article, language=stated_or_told(stated, f"{article.title}\n{article.text}"))


def _is_certain(article: Article, parsed: ParsedArticle) -> bool:
    """Whether the date is the stated one, neither missing nor in the future."""
    return article.published_at == parsed.published_at


def _paired(article: Article, known: Article | None, *, certain: bool) -> Pair:
    """The article with the id of the stored one, which keeps its date if the new one is worse."""
    if known is None:
        return article, None
    kept = replace(article, id=known.id)
    if kept.content_hash == known.content_hash and known.url:
        kept = replace(kept, url=known.url)
    if not certain and known.is_dated:
        kept = replace(
            kept,
            published_at=known.published_at,
            date_precision=known.date_precision,
            date_stated=known.date_stated,
        )
    return kept, known
