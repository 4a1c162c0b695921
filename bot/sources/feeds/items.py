"""Convert raw feed items to parsed articles with a distinct identity each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

from bot.models import ParsedArticle
from bot.sources.dates.several import FoundDate
from bot.sources.feeds.entry import Entry
from bot.sources.feeds.links import article_url, without_fragment
from bot.sources.feeds.raw import RawFeed, RawItem
from bot.sources.text.article_kind import kind_of
from bot.sources.text.clean import clean_line, clean_text
from bot.sources.text.html import html_text, title_text
from bot.sources.text.limits import LONGEST_SUMMARY, LONGEST_TITLE
from bot.sources.text.urls import clean_url

TEASER = 600
"""A description shorter than this many characters counts as a teaser."""

SHORT = 280
"""Full content shorter than this many characters counts as a teaser too."""

_CUT_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:read|see|view|learn) more|continue reading|full (?:story|article))"
    r"\W*$",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"(?<!\n)\n*+The post .{1,300} (?:appeared first|first appeared) on .{1,100}$"
)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>", re.IGNORECASE)
_REFERENCE = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-f]{2,6}|amp|nbsp|quot|apos|[lr][sd]quo|[nm]dash|hellip|[lr]aquo);", re.I
)
_MARKUP = re.compile(r"</(?:p|a|b|i|em|strong|div|span|ul|li|h[1-6])>|<br ?/?>", re.IGNORECASE)
_TWICE = 2
"""How often references may be escaped once more."""

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
_EMAIL = re.compile(r"[^\s@]+@[^\s@(]+\s*\((.+)\)\s*")


def entries(feed: RawFeed, url: str, dates: Sequence[FoundDate]) -> tuple[Entry, ...]:
    """The usable items in the feed's order, without repeated articles; `dates` are the items'."""
    dated = zip(feed.items, dates, strict=True)
    made = [entry for item, date in dated if (entry := _entry(item, feed, url, date))]
    return _told_apart(_once(made), feed.link)


def _entry(item: RawItem, feed: RawFeed, url: str, date: FoundDate) -> Entry | None:
    title = clean_line(_unescaped(title_text(_without_cdata(item.title))), LONGEST_TITLE)
    content, summary = _text(item.content), _text(item.summary)
    text = content if len(content) >= len(summary) else summary
    if not (title or text):
        return None
    address = article_url(item, feed.link, url)
    article = ParsedArticle(
        title=title or clean_line(text.partition("\n")[0], 120),
        text=text or title,
        url=address,
        key=clean_line(item.guid, 400) or None,
        summary=clean_line(summary, LONGEST_SUMMARY) if text != summary else None,
        source=_outlet(item, feed, url),
        category=clean_line(html_text(item.category), 100) or None,
        author=_author(item.author),
        language=_language(item.language) or _language(feed.language),
        kind=kind_of(title, text, address, (*item.categories, *_credits(item))),
        **date.fields,
    )
    return Entry(article, article.key, partial=_is_partial(text, whole=text == content))


def _text(markup: str) -> str:
    """The text of a fragment, also of one that was escaped twice."""
    if not markup:
        return ""
    shown = html_text(_without_cdata(markup))
    if "<" in shown and _MARKUP.search(shown):
        shown = html_text(shown.replace("\n", "<br>"))
    return _APPEARED.sub("", clean_text(_unescaped(shown)))


def _without_cdata(markup: str) -> str:
    return _CDATA.sub("", markup) if "<![" in markup or "]]>" in markup else markup


def _unescaped(text: str) -> str:
    for _ in range(_TWICE):
        if "&" not in text:
            break
        text = _REFERENCE.sub(lambda found: unescape(found[0]), text)
    return text


def _is_partial(text: str, *, whole: bool) -> bool:
    return len(text) < (SHORT if whole else TEASER) or bool(_CUT_OFF.search(text[-60:]))


def _outlet(item: RawItem, feed: RawFeed, url: str) -> str | None:
    """The original outlet of a syndicated item, if it differs from the feed's own."""
    theirs = _site(item.outlet_url)
    name = clean_line(html_text(item.outlet), 100) or theirs
    own = {_site(url)} if theirs else {clean_line(html_text(feed.title), 100)}
    return name if name and (theirs or name) not in own else None


def _site(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _credits(item: RawItem) -> list[str]:
    """Who wrote or issued it, without addresses of mail and links."""
    return [name for each in (*item.credits, item.author, item.outlet) if (name := _author(each))]


def _author(raw: str) -> str | None:
    if not raw:
        return None
    named = _EMAIL.fullmatch(raw.strip())
    return clean_line(html_text(named[1] if named else raw), 200) or None


def _language(raw: str) -> str | None:
    stated = _LANGUAGE.fullmatch(raw.strip())
    return stated[1].lower() if stated else None


def _once(made: Sequence[Entry]) -> list[Entry]:
    """Keep the first of the entries with equal title and URL (or text, without a URL)."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in made:
        article = entry.article
        seen.setdefault((article.title, article.url or article.text), entry)
    return list(seen.values())


def _told_apart(made: Sequence[Entry], home: str) -> tuple[Entry, ...]:
    """Give each entry its identity: its URL, or its guid where the URL is not distinct."""
    by_url, by_guid = defaultdict(set), defaultdict(set)
    for entry in made:
        by_url[without_fragment(entry.article.url)].add(entry.article.title)
        by_guid[entry.guid].add((entry.article.url, entry.article.title))
    homes = {None, clean_url(home)}

    def has_page(url: str | None) -> bool:
        return url not in homes and len(by_url[url]) == 1 and not _is_front_page(url)

    return tuple(
        _identified(
            entry,
            by_address=has_page(without_fragment(entry.article.url)),
            own_guid=len(by_guid[entry.guid]) == 1,
        )
        for entry in made
    )


def _identified(entry: Entry, *, by_address: bool, own_guid: bool) -> Entry:
    guid = entry.guid if own_guid else None
    article = entry.article
    key = None if by_address else guid or f"{article.title} {article.published_at or ''}"
    return Entry(replace(article, key=key, guid=guid), guid, entry.partial)


def _is_front_page(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return parts.path in {"", "/"} and not parts.query
