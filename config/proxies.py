"""Which proxy a request goes through, by the settings that other programs use too."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

_SCHEMES = frozenset({"http", "https", "socks4", "socks4a", "socks5", "socks5h"})
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


@dataclass(frozen=True, slots=True)
class Proxies:
    """The operator's proxies as URLs; an empty text is none.

    other       for both schemes, where `http` or `https` names none
    exceptions  hosts that are asked directly, in the form of NO_PROXY
    """

    http: str = ""
    https: str = ""
    other: str = ""
    exceptions: str = ""

    def of(self, url: str) -> str | None:
        """The proxy for a URL, or None for a direct request."""
        parts = urlsplit(url)
        own = self.https if parts.scheme in {"https", "wss"} else self.http
        proxy = own or self.other
        if not proxy or not parts.hostname:
            return None
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        excepted = any(_names(each, parts.hostname, port) for each in self.exceptions.split(","))
        return None if excepted else proxy


def is_socks(proxy: str) -> bool:
    """Whether the URL of a proxy is that of a SOCKS proxy."""
    return proxy.startswith("socks")


def lacks_part(proxy: str | None) -> str | None:
    """What to install before this proxy can be used, as a sentence; None if nothing is missing."""
    if proxy is None or not is_socks(proxy):
        return None
    if all(find_spec(name) for name in ("aiohttp_socks", "socksio")):
        return None
    return "a SOCKS proxy needs two more packages: pip install aiohttp-socks socksio"


def socks_errors() -> tuple[type[Exception], ...]:
    """The errors of SOCKS proxies, which are no network errors; none before one is used."""
    library = sys.modules.get("aiohttp_socks")
    names = ("ProxyError", "ProxyConnectionError", "ProxyTimeoutError")
    return tuple(getattr(library, name) for name in names) if library else ()


def proxy_url(given: str) -> str:
    """The URL of a proxy, http if it names no scheme; raises ValueError."""
    url = given if "://" in given else f"http://{given}"
    parts = urlsplit(url)
    if parts.scheme.lower() not in _SCHEMES or not parts.hostname:
        raise ValueError("must be a proxy such as http://proxy:3128 or socks5://127.0.0.1:1080")
    _ = parts.port  # raises ValueError where it is no number
    return parts.scheme.lower() + url[len(parts.scheme) :]


def _names(exception: str, host: str, port: int) -> bool:
    """Whether an exception names a host: `*`, a domain, an address, a network, each with a port."""
    name = exception.strip().lower()
    if name == "*":
        return True
    address, network = _address(host), _network(name)
    if address and network:
        return address in network
    name, _, only = name.rpartition(":") if name.count(":") == 1 else (name, "", "")
    if only and only != str(port):
        return False
    name = name.strip("[]").removeprefix("*").lstrip(".")
    if not name:
        return False
    return host == name or (address is None and host.endswith(f".{name}"))


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _network(name: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(name.strip("[]"), strict=False)
    except ValueError:
        return None
