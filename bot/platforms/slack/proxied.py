"""Slack's SDK behind a proxy: it knows HTTP proxies alone, and no exceptions from them."""

from __future__ import annotations

import aiohttp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.errors import DeliveryError
from config.proxies import Proxies, is_socks, lacks_part


def http_proxy(proxies: Proxies, url: str) -> str | None:
    """The HTTP proxy for a URL, which an SDK client takes as its `proxy`; None without one."""
    proxy = proxies.of(url)
    return None if proxy is None or is_socks(proxy) else proxy


def socks_connector(proxies: Proxies, url: str) -> aiohttp.BaseConnector | None:
    """What connects through the SOCKS proxy for a URL; None without one. Raises DeliveryError."""
    proxy = proxies.of(url)
    missing = lacks_part(proxy)
    if missing:
        raise DeliveryError(missing)
    if proxy is None or not is_socks(proxy):
        return None
    from aiohttp_socks import ProxyConnector  # an extra: most installations need no SOCKS

    return ProxyConnector.from_url(proxy.replace("socks5h://", "socks5://", 1), rdns=True)


async def route_socket(client: SocketModeClient, proxies: Proxies) -> None:
    """Let a Socket Mode client connect through the proxy for its address, if there is one."""
    url = client.wss_uri or ""
    client.proxy = http_proxy(proxies, url)
    connector = socks_connector(proxies, url)
    if connector is not None:
        await client.aiohttp_client_session.close()
        client.aiohttp_client_session = aiohttp.ClientSession(connector=connector)
