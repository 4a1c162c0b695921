"""Which stored article a parsed one is: by its identity, its guid, or its title and time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.models import Article, ParsedArticle
from bot.models.identity import as_article, is_item_number
from bot.sources.text.clean import clean_line
from bot.sources.text.limits import LONGEST_SUMMARY
from bot.store import Store
from summarizer.language.identify import stated_or_told

_REISSUING = re.compile(r"https?://news\.google\.com/")
"""Sites that issue an article again with another address, guid and time. Elsewhere another address
is another article: two alerts of one day may have the same words."""

_SAME_ISSUE = timedelta(hours=20)
"""How far apart two issues of one article are at most. A daily article may keep its title."""


@dataclass(frozen=True, slots=True)
class Identified:
    """An article as it would be stored, and as it is stored (None if it is new).

    `is_reissue` says that it repeats a stored article, or an earlier one of the batch: `article` is
    that one, unchanged.
    """

    article: Article
    known: Article | None
    is_reissue: bool = False


async def identified(
    store: Store, parsed: Sequence[ParsedArticle], *, source: str | None, now: datetime
) -> list[Identified]:
    """Give each parsed article its id; one that came back under another address keeps its id."""
    given = [
        _with_language(as_article(each, source=source, now=now), each.language) for each in parsed
    ]
    known = {each.id: each for each in await store.articles.many([each.id for each in given])}
    unknown = [each for each in given if each.id not in known]
    same = await store.articles.same_as(_without_numbers(unknown)) if unknown else {}
    reissuing = [each for each in unknown if _is_reissuing(each)]
    near = await store.articles.with_titles_of(reissuing, _SAME_ISSUE) if reissuing else []
    issued = _issued_before(unknown, near, same) if reissuing else {}
    stored = {each.id: each for each in near}
    return [
        Identified(issued[each.id], stored.get(issued[each.id].id), is_reissue=True)
        if each.id in issued
        else _paired(each, known.get(each.id) or same.get(each.id), certain=_is_certain(each, one))
        for each, one in zip(given, parsed, strict=True)
    ]


def _without_numbers(articles: Sequence[Article]) -> list[Article]:
    """The articles without guids that tell nothing: at another address, "1" is another article."""
    return [replace(each, guid=None) if is_item_number(each.guid) else each for each in articles]


def _is_reissuing(article: Article) -> bool:
    return article.has_time and bool(_REISSUING.match(article.url or ""))


def _issued_before(
    unknown: Sequence[Article], stored: Sequence[Article], same: Collection[str]
) -> dict[str, Article]:
    """The earlier issue of each article that is one, stored or in the batch, by the article's id.

    The ids in `same` are stored under another id.
    """
    issues: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
    for each in stored:
        issues[each.source, each.title].append(each)
    found: dict[str, Article] = {}
    for article in unknown:
        titled = issues[article.source, article.title]
        before = [each for each in titled if _is_issue_of(each, article)]
        if before and _is_reissuing(article):
            found[article.id] = min(before, key=lambda each: _apart(each, article))
        elif article.id not in same:
            titled.append(article)
    return found


def _is_issue_of(first: Article, second: Article) -> bool:
    """Whether two articles with one title are near in time and have the same teaser."""
    if not first.has_time or _apart(first, second) > _SAME_ISSUE:
        return False
    teasers = {_teaser(first), _teaser(second)} - {None}
    return len(teasers) < 2


def _teaser(article: Article) -> str | None:
    """The teaser as the feed gave it, also where the text is that of the page."""
    teaser = article.summary or (article.text if article.text != article.title else None)
    return clean_line(teaser, LONGEST_SUMMARY) if teaser else None


def _apart(first: Article, second: Article) -> timedelta:
    return abs(first.published_at - second.published_at)


def _with_language(article: Article, stated: str | None) -> Article:
    return replace(article, language=stated_or_told(stated, f"{article.title}\n{article.text}"))


def _is_certain(article: Article, parsed: ParsedArticle) -> bool:
    """Whether the date is the stated one, neither missing nor in the future."""
    return article.published_at == parsed.published_at


def _paired(article: Article, known: Article | None, *, certain: bool) -> Identified:
    """The article with the id of the stored one, which keeps its date if the new one is worse."""
    if known is None:
        return Identified(article, None)
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
    return Identified(kept, known)
