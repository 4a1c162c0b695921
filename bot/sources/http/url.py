"""Strict parsing of the URLs that may be requested."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

import idna

from bot.errors import FetchError
from bot.sources.text.clean import clean_line
from bot.sources.text.urls import without_keys

LONGEST = 4_000

_PORTS = {"http": 80, "https": 443}
_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^\[\]:@%]+)(?::(?P<port>[0-9]{0,5}))?", re.I)
_READERS = re.compile(r"(?:feed|feeds|itpc|pcast|podcast|rss|zune|xml):(?:/{0,2})", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:(?![0-9])", re.IGNORECASE)
_NEVER = re.compile("[\x00-\x1f\x7f-\x9f\\\\\ud800-\udfff]")
_SAFE = "/%:@!$&'()*+,;=~"
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_BLOCKED_PORTS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080}
) | frozenset(range(6665, 6670))
"""Ports from 1024 on that browsers do not open either (fetch.spec.whatwg.org/#port-blocking)."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A normalised URL; `host` is lower-case ASCII without brackets."""

    url: str
    scheme: str
    host: str
    port: int


def web_address(raw: str) -> WebAddress:
    """Parse an http or https URL; raises FetchError (refused) with the reason.

    The fragment is dropped; spaces and other letters in path and query are percent-encoded. The
    address of a name is checked at connect, not here.
    """
    text = raw.strip()
    if not text or len(text) > LONGEST or _NEVER.search(text):
        raise _refused(raw, "is not a web address")
    parts = _URL.fullmatch(text)
    if not parts:
        raise _refused(raw, "is not a web address: write it in full, with https://")
    scheme = parts["scheme"].lower()
    if scheme not in _PORTS:
        raise _refused(raw, "is neither http nor https")
    if "@" in parts["authority"]:
        raise _refused(raw, "carries a user name: only addresses that need none are asked")
    authority = _AUTHORITY.fullmatch(parts["authority"])
    if not authority:
        raise _refused(raw, "names no valid host")
    host = _host(authority["host"], raw)
    port = _port(authority["port"], scheme, raw)
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port == _PORTS[scheme] else f"{shown}:{port}"
    path = quote(parts["path"] or "/", safe=_SAFE)
    query = quote(parts["query"] or "", safe=_SAFE + "?[]")
    return WebAddress(f"{scheme}://{netloc}{path}{query}", scheme, host, port)


def with_scheme(typed: str) -> str:
    """The address that somebody typed or listed: without scheme, or with a feed reader's own.

    "feed://", "itpc://" and the like stand for http, "feed:https://…" for the address in it.
    """
    text = typed.strip()
    found = _READERS.match(text)
    if found:
        rest = text[found.end() :]
        return rest if _URL.match(rest) else f"http://{rest.lstrip('/')}"
    return text if _SCHEME.match(text) else f"https://{text.removeprefix('//')}"


def host_of(url: str) -> str:
    """The host, in the one spelling under which it is connected; raises FetchError, refused."""
    return web_address(url).host


def redirected(address: WebAddress, location: str) -> WebAddress:
    """Where an answer of `address` leads; raises FetchError, refused, for what may not be asked.

    Refuses a redirect from https to http.
    """
    if _NEVER.search(location) or len(location) > LONGEST:
        raise _refused(address.url, "redirects to what is not a web address")
    place = location.strip()
    try:
        target = web_address(place if _URL.match(place) else urljoin(address.url, place))
    except FetchError as error:
        raise FetchError(f"{address.host} redirects, but {error}", refused=True) from error
    except ValueError as error:
        raise _refused(address.url, "redirects to what is not a web address") from error
    if address.scheme == "https" and target.scheme == "http":
        raise _refused(address.url, f"redirects to {_shown(target.url)}, which is not encrypted")
    return target


def _host(raw: str, url: str) -> str:
    if raw.startswith("["):
        return _v6(raw[1:-1], url)
    host = _ascii(raw, url).removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(url, "names no valid host")
    if _NUMBER.fullmatch(labels[-1]):
        return _v4(host, url)
    return host


def _ascii(raw: str, url: str) -> str:
    if raw.isascii():
        return raw.lower()
    try:
        return idna.encode(raw, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise _refused(url, "names no valid host") from error


def _port(raw: str | None, scheme: str, url: str) -> int:
    port = int(raw or _PORTS[scheme])
    if port > 65535:
        raise _refused(url, "names no valid port")
    if port in _BLOCKED_PORTS:
        raise _refused(url, f"asks for port {port}, which serves something else than the web")
    if port < 1024 and port not in _PORTS.values():
        raise _refused(url, f"asks for port {port}: 80, 443 and those from 1024 on may be asked")
    return port


def _v4(host: str, url: str) -> str:
    try:
        return str(IPv4Address(host))
    except AddressValueError as error:
        raise _refused(url, "spells an Internet address in an unusual way") from error


def _v6(host: str, url: str) -> str:
    try:
        return str(IPv6Address(host))
    except AddressValueError as error:
        raise _refused(url, "names no valid host") from error


def _refused(url: str, why: str) -> FetchError:
    return FetchError(f"{_shown(url)} {why}", refused=True)


def _shown(url: str) -> str:
    """For a message: no control characters, no password, no key, not endless."""
    query = "?…" if "?" in url else ""
    return clean_line(without_keys(url) + query, 120) or "the address"
