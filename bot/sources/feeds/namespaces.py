"""The vocabularies of feeds: the usual prefix of each namespace, and prefixes nobody declared."""

from __future__ import annotations

import re
from functools import lru_cache

_PREFIXES = {
    "www.w3.org/2005/atom": "",
    "purl.org/atom/ns": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "www.sitemaps.org/schemas/sitemap/0.9": "",
    "purl.org/rss/1.0/modules/content": "content:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/elements/1.0": "dc:",
    "purl.org/dc/terms": "dc:",
    "search.yahoo.com/mrss": "media:",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "purl.org/rss/1.0/modules/syndication": "sy:",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "prismstandard.org/namespaces/basic/2.0": "prism:",
    "prismstandard.org/namespaces/basic/2.1": "prism:",
    "prismstandard.org/namespaces/basic/3.0": "prism:",
    "prismstandard.org/namespaces/1.2/basic": "prism:",
    "www.google.com/schemas/sitemap-news/0.9": "news:",
}
"""By namespace in lower case, without scheme and what ends it: publishers vary these."""

_MEANT = {
    "atom": "http://www.w3.org/2005/Atom",
    "a10": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://purl.org/rss/1.0/",
}
_USED = re.compile(
    r"</?([A-Za-z_][\w.-]{0,39}):[A-Za-z_]|[\s\"']([A-Za-z_][\w.-]{0,39}):[\w.-]{1,40}=[\"']"
)
_DECLARED = re.compile(r"\bxmlns:([A-Za-z_][\w.-]{0,39})\s{0,5}=")
_OWN = frozenset({"xml", "xmlns"})
_MOST = 60


@lru_cache(maxsize=1_000)
def prefix(space: str) -> str | None:
    """The usual prefix of a namespace, "dc:", empty for a feed's own; None for any other."""
    plain = space[:200].strip().lower()
    return _PREFIXES.get(plain.removeprefix("https://").removeprefix("http://").rstrip("/#"))


def with_prefixes(document: str, name_end: int) -> str:
    """The document with declarations of the prefixes that it only uses.

    They are written behind the root's name, which ends at `name_end`.
    """
    declared = _OWN.union(_DECLARED.findall(document))
    used = dict.fromkeys(tag or name for tag, name in _USED.findall(document))
    missing = [each for each in used if each not in declared][:_MOST]
    told = "".join(f' xmlns:{each}="{_MEANT.get(each, f"urn:{each}")}"' for each in missing)
    return document[:name_end] + told + document[name_end:]
