"""Addresses of articles: what may be shown and linked, and one spelling for one page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from bot.sources.text import clean_line

LONGEST_URL = 2000

_TRACKING = re.compile(
    r"(?:utm_\w*|at_(?:medium|campaign|link\w*|format|ptr_name)|(?:fb|g|y|ms|dc|tw)clid|gclsrc|gbraid"
    r"|wbraid|igshid|mc_[ce]id|mkt_tok|_hs\w+|hss_channel|vero_\w+|oly_(?:anon|enc)_id|cmpid|s_cid"
    r"|_ga|ns_\w+|ocid|ito|smid|sr_share)(?:=.*)?",
    re.IGNORECASE | re.DOTALL,
)
_UNSAFE = re.compile(r"[\s\\<>\"`{}|^]")


def clean_url(raw: str | None) -> str | None:
    """The address without fragment and tracking parameters; None unless it is plain http(s).

    An address with a user name, a wrong port or characters that no address has is None.
    """
    url = (raw or "").strip()
    if (
        not url
        or len(url) > LONGEST_URL
        or _UNSAFE.search(url)
        or clean_line(url, LONGEST_URL) != url
    ):
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
