"""How a request leaves this machine: directly, or through the operator's proxy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.errors import FetchError
from bot.sources.http.addresses import IPNetwork, forbidden
from bot.sources.http.resolver import GuardedResolver, SystemResolver, guarded_sockets
from bot.sources.http.url import WebAddress
from config.proxies import Proxies, is_socks, lacks_part

MakeSession = Callable[[aiohttp.BaseConnector], aiohttp.ClientSession]

LOOK_UP_SECONDS = 2.0
"""How long a name is looked up here before a proxy is asked, which may know it alone."""

_LONGEST_HEADER = 16 * 1024
_MOST_HEADERS = 128

_INSIDE = (".localhost", ".local", ".internal", ".home.arpa", ".lan")
"""Names that never lead to public addresses (RFC 6761, RFC 6762, RFC 8375)."""


class Routes:
    """The sessions of a client: one for direct requests, others for proxies; closed together.

    The proxy connects, so its address is not judged, but what it is asked for is: no forbidden
    address, no name that this machine knows to lead to one, and no name of an inner network.
    """

    def __init__(
        self,
        make: MakeSession,
        direct: aiohttp.BaseConnector,
        guard: GuardedResolver,
        proxies: Proxies,
        allowed: Sequence[IPNetwork],
    ) -> None:
        self._make = make
        self._direct = make(direct)
        self._guard = guard
        self._proxies = proxies
        self._allowed = allowed
        self._through: dict[str, aiohttp.ClientSession] = {}

    async def to(self, address: WebAddress) -> tuple[aiohttp.ClientSession, str | None]:
        """The session for an address, and its HTTP proxy if any; raises FetchError."""
        proxy = self._proxies.of(address.url)
        if proxy is None:
            return self._direct, None
        missing = lacks_part(proxy)
        if missing:
            raise FetchError(missing)
        await self._judge(address)
        if is_socks(proxy):
            return self._session(proxy), None
        return self._session(""), proxy

    async def judge(self, address: WebAddress) -> None:
        """Raises FetchError if an address may not be asked, or its name is not known here."""
        if self._proxies.of(address.url) is not None or _is_ip(address.host):
            await self._judge(address)
            return
        try:
            await self._guard.resolve(address.host, address.port)
        except OSError as error:
            raise FetchError(f"{address.host} has no address: the name is not known") from error

    async def close(self) -> None:
        """Close all connections."""
        for each in (self._direct, *self._through.values()):
            await each.close()

    def _session(self, socks: str) -> aiohttp.ClientSession:
        if socks not in self._through:
            connector = _socks_connector(socks) if socks else aiohttp.TCPConnector(limit=0)
            self._through[socks] = self._make(connector)
        return self._through[socks]

    async def _judge(self, address: WebAddress) -> None:
        host = address.host
        if _is_ip(host):
            why = forbidden(host, self._allowed)
            if why:
                raise FetchError(f"{host} may not be asked: {why}", refused=True)
            return
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                await self._guard.resolve(host, address.port)
        except (OSError, TimeoutError) as error:
            if "." not in host or host.endswith(_INSIDE):
                raise FetchError(f"{host} is a name of an inner network", refused=True) from error


def _is_ip(host: str) -> bool:
    return host[-1].isdigit() or ":" in host


def open_routes(
    *,
    allowed: Sequence[IPNetwork],
    proxies: Proxies,
    resolver: AbstractResolver | None,
    connect_seconds: float,
    keep_open: bool = True,
) -> Routes:
    """The routes of a client that keeps no cookies and sends no credentials.

    Without `keep_open` each request has a connection of its own.
    """

    def session(connector: aiohttp.BaseConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
            max_headers=_MOST_HEADERS,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=connect_seconds),
        )

    guard = GuardedResolver(resolver or SystemResolver(), allowed)
    direct = aiohttp.TCPConnector(
        limit=0,
        use_dns_cache=False,
        resolver=guard,
        socket_factory=guarded_sockets(allowed),
        force_close=not keep_open,
    )
    return Routes(session, direct, guard, proxies, allowed)


def _socks_connector(proxy: str) -> aiohttp.BaseConnector:
    from aiohttp_socks import ProxyConnector  # an extra: most installations need no SOCKS

    url = proxy.replace("socks5h://", "socks5://", 1).replace("socks4a://", "socks4://", 1)
    # names go to the proxy: a second look-up here could lead elsewhere than the one that was judged
    return ProxyConnector.from_url(url, rdns=True, limit=0)
