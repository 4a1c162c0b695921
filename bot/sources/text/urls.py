"""Article URLs: validation, and one spelling for each page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from bot.sources.text.clean import clean_line

LONGEST_URL = 2000

_TRACKING = re.compile(
    r"(?:utm_\w*|at_(?:medium|campaign|link\w*|format|ptr_name)|(?:fb|g|y|ms|dc|tw)clid|gclsrc|gbraid"
    r"|wbraid|igshid|mc_[ce]id|mkt_tok|_hs\w+|hss_channel|vero_\w+|oly_(?:anon|enc)_id|cmpid|s_cid"
    r"|_ga|ns_\w+|ocid|ito|smid|sr_share|xtor|maca|__twitter_impression)(?:=.*)?"
    r"|(?:cmp|emc|from|medium|partner|ref|source|src|traffic_source)=rss(?:[_-]?feed)?",
    re.IGNORECASE | re.DOTALL,
)
_SAFE = re.compile(r"[!#-;=?-\[\]_a-z~]+")
"""Most URLs: ASCII, and nothing that is unsafe."""

_UNSAFE = re.compile(r"[\s\\<>\"`{}|^]")
_USER = re.compile(r"//[^/?#]*@")
_SEGMENT = re.compile(r"(?<=/)(?<!://)[^/]{12,}")
_WORD = re.compile(r"[A-Za-z0-9]+")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])[A-Z]")
_HEX = re.compile(r"(?=.*[0-9])[0-9a-f]{16,}", re.IGNORECASE)


def clean_url(raw: str | None) -> str | None:
    """The URL without fragment and tracking parameters; None unless it is plain http(s).

    A URL with a user name, an invalid port or forbidden characters is None.
    """
    url = (raw or "").strip()
    if not url or len(url) > LONGEST_URL or not (_SAFE.fullmatch(url) or _is_visible(url)):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    standard = {"http": 80, "https": 443}[parts.scheme.lower()]
    netloc = host if port in {None, standard} else f"{host}:{port}"
    query = "&".join(each for each in parts.query.split("&") if not _TRACKING.fullmatch(each))
    return urlunsplit((parts.scheme.lower(), netloc, parts.path, query, ""))


def _is_visible(url: str) -> bool:
    return not _UNSAFE.search(url) and clean_line(url, LONGEST_URL) == url


def without_keys(url: str) -> str:
    """The URL as anyone may see it: no user name, no query, no key in its path.

    A segment that looks like a key is shortened, "/rss/4f1c…/feed"; such a URL cannot be requested.
    """
    shown = _USER.sub("//…@", url.partition("?")[0], count=1)
    return _SEGMENT.sub(lambda part: f"{part[0][:4]}…" if _is_key(part[0]) else part[0], shown)


def _is_key(segment: str) -> bool:
    """Whether a segment looks random, or is a long hexadecimal number."""
    if _HEX.fullmatch(segment.replace("-", "").replace("_", "")):
        return True
    return any(_is_random(word) for word in _WORD.findall(segment) if len(word) >= 12)


def _is_random(word: str) -> bool:
    if word.isdigit():
        return len(word) >= 16
    capitals = len(_INNER_CAPITAL.findall(word))
    return len(_BETWEEN_DIGITS.findall(word)) >= 2 or (len(word) >= 16 and capitals * 5 > len(word))
