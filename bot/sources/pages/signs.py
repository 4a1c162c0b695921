"""What the markup of a page says of it, before its text is read: overlays, forms, metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from bot.errors import RefusedInput
from bot.sources.pages.site_talk import kind_of_title, site_talk
from bot.sources.pages.walls import wall_of
from bot.sources.text.clean import clean_line, clean_text
from bot.sources.text.html import html_text
from bot.sources.text.json import read_json
from bot.sources.text.limits import LONGEST_SUMMARY, LONGEST_TITLE

_VENDORS = re.compile(
    r"(?:onetrust|cookiebot|cybot|didomi|usercentrics|qc-cmp|sp_message|trustarc|truste[-_]|iubenda"
    r"|cmplz|cookieyes|cky-|borlabs|klaro|axeptio|tarteaucitron|osano|termly|cookiefirst"
    r"|consentmanager|tp-(?:modal|backdrop))",
    re.IGNORECASE,
)
"""How ids and classes begin of what vendors lay over pages."""

_OVERLAYS = re.compile(
    r"(?:[a-z]{1,6}[-_]{1,2})?(?:"
    r"cookies?[-_]?(?:banner|notice|consent|bar|popup|modal|overlay|wall|law|dialog|message)"
    r"|(?:gdpr|consent|privacy)[-_]?(?:banner|manager|overlay|modal|popup|dialog|bar|wall)"
    r"|newsletter[-_]?(?:popup|modal|overlay))"
    r"(?:[-_]{0,2}(?:container|wrapper|inner|outer|content|text|box|root|info|main|\d{1,4}))?",
    re.IGNORECASE,
)
"""Ids and classes of such things in general."""

_LIKE_ONE = re.compile(r"cookie|consent|gdpr|overlay", re.IGNORECASE)

_ABOUT = re.compile(r"(?:tag|category|cat|topic|section|post|keyword)[-_]", re.IGNORECASE)
"""How classes begin that say what an article is about."""

_DIALOGS = "//dialog | //*[@aria-modal='true' or @role='dialog' or @role='alertdialog']"
_LONGEST_OVERLAY = 2_000
"""Characters of an overlay that has more than half of a page's text."""

_MOSTLY = 0.5
_MOST_ASKED = 10_000
_MOST_NAMED = 50
_PAGE_ITSELF = frozenset({"html", "body", "main", "article", "h1"})
_WITHOUT_TEXT = frozenset({"script", "style", "link", "meta"})

_CHALLENGE = re.compile(
    r"captcha-delivery\.com|_Incapsula_Resource|_cf_chl_opt|cf-chl|px-captcha|awswaf\.com"
    r"|errors\.edgesuite\.net|sec-if-cpt|/_sec/cp_challenge|ddos-guard/(?:js|check)|anubis_challenge"
    r"|KPSDK|vercel/security",
    re.IGNORECASE,
)
"""What only pages have that check for bots, and not those behind the check."""

_SELLERS = re.compile(
    r"tinypass\.com|\.piano\.io|poool\.(?:fr|tech)|zephr|pelcro|leakypaywall|blueconic"
    r"|steadyhq\.com|laterpay",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"article|report|posting", re.IGNORECASE)
_DESCRIPTIONS = (
    "//meta[@property='og:description' or @name='og:description']/@content",
    "//meta[@name='twitter:description' or @property='twitter:description']/@content",
    "//meta[@name='description']/@content",
)
_LONGEST_MARKUP = 200_000
_MOST_NODES = 200


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What a page's markup says of it.

    article      it says that it is an article
    dated        it says that it is an article, and when it was published
    headline     of the article, as it tells other sites; empty if it does not
    description  of the article, one paragraph; empty if it has none
    named        the kind of error, check, form or notice that its title names, or None
    challenge    whether it has what only checks for bots have
    hinted       the kind of wall that its forms and scripts hint at, or None
    covered      the kind of wall that lay over it and was removed, or None
    """

    article: bool
    dated: bool
    headline: str
    description: str
    named: str | None
    challenge: bool
    hinted: str | None
    covered: str | None


def read_signs(tree: Any) -> PageSigns:
    """Read the signs of a page, and remove what lies over it from the tree."""
    covered = _remove_overlays(tree)
    stated = next((each for each in _linked_data(tree) if _is_article(each)), {})
    kind = str(next(iter(tree.xpath("//meta[@property='og:type']/@content")), ""))
    dated = tree.xpath("boolean(//meta[@property='article:published_time'])")
    titles = [str(each) for each in tree.xpath("//title/text()")[:1]]
    scripts = _scripts(tree)
    article = bool(stated or dated or _ARTICLE.search(kind))
    return PageSigns(
        article=article,
        dated=article and bool(dated or _text(stated, "datePublished")),
        headline=_headline(tree, stated),
        description=_description(tree, stated),
        named=next(filter(None, map(kind_of_title, titles)), None),
        challenge=_CHALLENGE.search(scripts) is not None,
        hinted=_hinted(tree, stated, scripts),
        covered=covered,
    )


def _remove_overlays(tree: Any) -> str | None:
    """Remove dialogs and consent banners; the kind of wall that they were."""
    found = None
    largest = max(_LONGEST_OVERLAY, len(tree.text_content()) // 2)
    vendors, marked, named = [], [], []
    for each in tree.iter():
        names = _names(each)
        if any(map(_VENDORS.match, names)):
            vendors.append(each)
        elif any(map(_OVERLAYS.fullmatch, names)):
            marked.append(each)
        elif _LIKE_ONE.search(f"{each.get('id')} {each.get('class')}"[:300]):
            named.append(each)
    vendors, marked = vendors[:_MOST_NODES], marked[:_MOST_NODES]
    for element in [*vendors, *marked, *tree.xpath(_DIALOGS)[:_MOST_NODES]]:
        inside = {each.tag for each in element.iter()}
        if element.getparent() is None or inside & _PAGE_ITSELF or element.tag in _WITHOUT_TEXT:
            continue
        text = element.text_content()
        if len(text) <= largest and (element in vendors or _asks(text, inside)):
            element.drop_tree()
            found = "cookies"
    for element in [*marked, *named][:_MOST_NAMED]:
        _keep_in_text(element)
    return found


def _keep_in_text(element: Any) -> None:
    """Take the names from a part of the text that the extractor would take for an overlay."""
    inside = {each.tag for each in element.iter()}
    if "p" in inside and not inside & _PAGE_ITSELF and not _asks(element.text_content(), inside):
        for name in ("id", "class"):
            element.attrib.pop(name, None)


def _asks(text: str, inside: Set[str]) -> bool:
    """Whether a text asks its reader for something; below a heading, in most of its sentences."""
    shown = " ".join(text[:_MOST_ASKED].split())
    talk = site_talk(shown).share
    if "h2" in inside and "p" in inside:
        return talk >= _MOSTLY
    return not shown or talk > 0 or wall_of(shown) is not None


def _names(element: Any) -> list[str]:
    """The id and the classes of an element, without those that say what an article is about."""
    names = f"{element.get('id') or ''} {element.get('class') or ''}"[:300].split()
    return [each for each in names if not _ABOUT.match(each)]


def _scripts(tree: Any) -> str:
    """The addresses and beginnings of scripts and frames, and the ids of elements near the root."""
    sources = tree.xpath("//script/@src | //iframe/@src | //link/@href")[:300]
    inside = [str(each)[:3_000] for each in tree.xpath("//script/text()")[:30]]
    ids = tree.xpath("//div/@id")[:100]
    return " ".join([*(str(each)[:500] for each in sources), *inside, *map(str, ids)])


def _hinted(tree: Any, stated: Mapping[str, Any], scripts: str) -> str | None:
    free = str(stated.get("isAccessibleForFree", "")).lower()
    if free == "false" or _SELLERS.search(scripts):
        return "paywall"
    if tree.xpath("boolean(//input[@type='password'])"):
        return "sign-in"
    robots = " ".join(
        str(each) for each in tree.xpath("//meta[@name='robots' or @name='ROBOTS']/@content")
    )
    return "page" if "noindex" in robots.lower() else None


def _headline(tree: Any, stated: Mapping[str, Any]) -> str:
    named = tree.xpath("//meta[@property='og:title']/@content")[:1]
    return clean_line(_text(stated, "headline") or "".join(map(str, named)), LONGEST_TITLE)


def _description(tree: Any, stated: Mapping[str, Any]) -> str:
    metas = (str(each) for path in _DESCRIPTIONS for each in tree.xpath(path)[:1])
    found = (clean_text(html_text(each[:5_000])) for each in (_text(stated, "description"), *metas))
    return next((line for each in found if (line := clean_line(each, LONGEST_SUMMARY))), "")


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a page's JSON-LD, also those in lists and graphs."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:10]:
        try:
            waiting = [read_json(str(script)[:_LONGEST_MARKUP])]
        except RefusedInput:
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node[:_MOST_NODES]
            elif isinstance(node, Mapping):
                yield node
                waiting += [node["@graph"]] if "@graph" in node else []


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(each, str) and _ARTICLE.search(each)
        for each in (kinds if isinstance(kinds, list) else [kinds])
    )


def _text(node: Mapping[str, Any], name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""
