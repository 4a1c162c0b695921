"""A web server on the loopback that behaves, and misbehaves, as it is told: bytes, no framework."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_network

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
"""The networks that a test must allow to reach this server."""

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 410: "Gone"}


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; the names of its headers in lower case."""

    target: str
    headers: Mapping[str, str]


Behaviour = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class FakeWeb:
    """What the server does at each path, and what it was asked; a path it does not know is 404."""

    port: int = 0
    host: str = "127.0.0.1"
    connections: int = 0
    asked: list[Asked] = field(default_factory=list)
    behaviours: dict[str, Behaviour] = field(default_factory=dict)

    def on(self, path: str, behaviour: Behaviour) -> str:
        """Behave so at `path`; returns its address."""
        self.behaviours[path] = behaviour
        return self.at(path)

    def at(self, path: str, host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not writer.is_closing():
                asked = _parsed(await reader.readuntil(b"\r\n\r\n"))
                self.asked.append(asked)
                path = asked.target.partition("?")[0]
                await self.behaviours.get(path, answer(b"not here", status=404))(asked, writer)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def fake_web(*hosts: str, context: ssl.SSLContext | None = None) -> AsyncIterator[FakeWeb]:
    """A running server, on 127.0.0.1 unless others are named (on one port); `context` for TLS."""
    web = FakeWeb()
    first, *others = hosts or ("127.0.0.1",)
    servers = [await asyncio.start_server(web.serve, first, 0, ssl=context)]
    web.port = servers[0].sockets[0].getsockname()[1]
    servers += [await asyncio.start_server(web.serve, host, web.port) for host in others]
    handlers = asyncio.all_tasks()
    try:
        yield web
    finally:
        for server in servers:
            server.close()
        for task in asyncio.all_tasks() - handlers - {asyncio.current_task()}:
            if getattr(task.get_coro(), "__name__", "") == "serve":
                task.cancel()


def answer(
    body: bytes = b"", *, status: int = 200, headers: Iterable[tuple[str, str]] = ()
) -> Behaviour:
    """An ordinary answer; a header given here stands instead of the usual one."""
    told = list(headers)
    if not any(name.lower() in {"content-length", "transfer-encoding"} for name, _ in told):
        told.append(("Content-Length", str(len(body))))
    return raw(_head(status, told) + body)


def raw(data: bytes, *, close: bool = False) -> Behaviour:
    """Exactly these bytes, and then perhaps the end of the connection."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        if close:
            writer.close()

    return behave


def redirect(location: str, status: int = 302) -> Behaviour:
    """Sends the visitor on."""
    return answer(status=status, headers=[("Location", location)])


def unless_modified(body: bytes, etag: str) -> Behaviour:
    """304 for who knows this etag."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        known = asked.headers.get("if-none-match") == etag
        told = answer(
            b"" if known else body, status=304 if known else 200, headers=[("ETag", etag)]
        )
        await told(asked, writer)

    return behave


def gzipped(body: bytes, encoding: str = "gzip", layers: int = 1) -> Behaviour:
    """A packed answer, once or several times over."""
    for _ in range(layers):
        body = gzip.compress(body)
    return answer(body, headers=[("Content-Encoding", encoding)])


GZIP_HEADER = b"\x1f\x8b\x08" + bytes(6) + b"\xff"


def gzip_bomb(megabytes: int) -> bytes:
    """Zeros, packed a thousandfold, made without holding them and without packing each."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    zeros = bytes(1024 * 1024)
    packed = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(zeros, checksum)
    end = struct.pack("<LL", checksum, megabytes * len(zeros))
    return GZIP_HEADER + packed * megabytes + packer.flush() + end


def trickle(head: bytes, drop: bytes, every: float) -> Behaviour:
    """The head, then a drop again and again, until the visitor hangs up."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(every)

    return behave


class Crowd:
    """Behaves so after a while, and keeps the most who were there at once."""

    def __init__(self, behave: Behaviour) -> None:
        self._behave = behave
        self._here = self.most = 0

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self._here += 1
        self.most = max(self.most, self._here)
        await others_come()
        self._here -= 1
        await self._behave(asked, writer)


async def others_come() -> None:
    """Let all others do what they can, many times over."""
    for _ in range(100):
        await asyncio.sleep(0)


def stalled(data: bytes) -> Behaviour:
    """These bytes, and never one more."""

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await silence(asked, writer)

    return behave


async def silence(asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Never a word."""
    await asyncio.Event().wait()


def _head(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Because')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _parsed(head: bytes) -> Asked:
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Asked(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})
