"""An HTTP and a SOCKS proxy on the loopback, which lead every name to one port."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address

from config.proxies import Proxies

ROUTES = ("direct", "http", "socks4", "socks5")
"""The ways to a server: without a proxy, and by the schemes of proxies."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class FakeProxy:
    """What the proxy was asked for; connections end at `target`, whatever they ask for.

    asked      "host:port" of each request
    told       the headers that a plain request carried
    refuses    a line that answers every request instead
    """

    target: int
    port: int = 0
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    refuses: str = ""

    async def http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection: plain requests with a whole URL each, or CONNECT."""
        method, path = await self._asked_by_http(reader)
        if self.refuses:
            writer.write(f"HTTP/1.1 {self.refuses}\r\nContent-Length: 0\r\n\r\n".encode())
            writer.close()
            return
        far = await asyncio.open_connection("127.0.0.1", self.target)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            await _joined((reader, writer), far)
            return
        answers = asyncio.create_task(_copied(far[0], writer))
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                far[1].write(path.encode())
                _, path = await self._asked_by_http(reader)
        far[1].close()
        await answers

    async def _asked_by_http(self, reader: asyncio.StreamReader) -> tuple[str, str]:
        """The method of the next request, and the request with a path in place of its URL."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, url, _ = head.split(" ", 2)
        self.told.append(head)
        self.asked.append(url if method == "CONNECT" else url.split("/")[2])
        return method, head.replace(url, "/" + url.partition("://")[2].partition("/")[2], 1)

    async def socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection in SOCKS4 or SOCKS5 without a password."""
        version = (await reader.readexactly(1))[0]
        await (self._socks4 if version == 4 else self._socks5)(reader, writer)
        if self.refuses:
            writer.close()
            return
        await _joined((reader, writer), await asyncio.open_connection("127.0.0.1", self.target))

    async def _socks4(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, port, host = struct.unpack(">BH4s", await reader.readexactly(7))
        await reader.readuntil(b"\x00")
        name = str(ip_address(host))
        if name.startswith("0.0.0."):  # SOCKS4a: a name follows
            name = (await reader.readuntil(b"\x00"))[:-1].decode()
        self.asked.append(f"{name}:{port}")
        writer.write(struct.pack(">BBHI", 0, 0x5B if self.refuses else 0x5A, 0, 0))

    async def _socks5(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (methods,) = await reader.readexactly(1)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        size = (await reader.readexactly(1))[0] if kind == 3 else {1: 4, 4: 16}[kind]
        host = await reader.readexactly(size)
        name = host.decode() if kind == 3 else str(ip_address(host))
        (port,) = struct.unpack(">H", await reader.readexactly(2))
        self.asked.append(f"{name}:{port}")
        answer = b"\x05" if self.refuses else b"\x00"
        writer.write(b"\x05" + answer + b"\x00\x01\x7f\x00\x00\x01\x00\x00")


@dataclass(frozen=True)
class Route:
    """The settings of one of ROUTES, and what its proxy was asked for; nothing without a proxy."""

    proxies: Proxies
    asked: list[str]


@asynccontextmanager
async def route_to(target: int, way: str) -> AsyncIterator[Route]:
    """One of ROUTES to the port `target`."""
    if way == "direct":
        yield Route(Proxies(), [])
        return
    async with fake_proxy(target, socks=way.startswith("socks")) as proxy:
        yield Route(Proxies(other=f"{way}://127.0.0.1:{proxy.port}"), proxy.asked)


@asynccontextmanager
async def fake_proxy(target: int, *, socks: bool = False) -> AsyncIterator[FakeProxy]:
    """A proxy that leads to the port `target`."""
    proxy = FakeProxy(target)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await (proxy.socks if socks else proxy.http)(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    async with server:
        yield proxy


async def _joined(near: Streams, far: Streams) -> None:
    await asyncio.gather(_copied(near[0], far[1]), _copied(far[0], near[1]))


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
