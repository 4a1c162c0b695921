"""An HTTP and a SOCKS5 proxy on the loopback, which lead every name to one port."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

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
        """Serve one connection: plain requests with a whole URL, or CONNECT."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, url, _ = head.split(" ", 2)
        self.told.append(head)
        self.asked.append(url if method == "CONNECT" else url.split("/")[2])
        if self.refuses:
            writer.write(f"HTTP/1.1 {self.refuses}\r\nContent-Length: 0\r\n\r\n".encode())
            writer.close()
            return
        far = await asyncio.open_connection("127.0.0.1", self.target)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            path = "/" + url.split("/", 3)[3]
            far[1].write(
                head.replace(url, path, 1).replace("\r\n", "\r\nConnection: close\r\n", 1).encode()
            )
        await _joined((reader, writer), far)

    async def socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection in SOCKS5 without a password."""
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        size = (await reader.readexactly(1))[0] if kind == 3 else 4
        host = await reader.readexactly(size)
        name = host.decode() if kind == 3 else ".".join(map(str, host))
        (port,) = struct.unpack(">H", await reader.readexactly(2))
        self.asked.append(f"{name}:{port}")
        answer = b"\x05" if self.refuses else b"\x00"
        writer.write(b"\x05" + answer + b"\x00\x01\x7f\x00\x00\x01\x00\x00")
        if self.refuses:
            writer.close()
            return
        await _joined((reader, writer), await asyncio.open_connection("127.0.0.1", self.target))


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
