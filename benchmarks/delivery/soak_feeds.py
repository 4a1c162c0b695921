"""The feeds of a day, some of them faulty: `python -m benchmarks.delivery.soak_feeds COUNT`.

It prints its port when it is ready. Each line on standard input is the present instant: every feed
then holds what it has published until that instant, one item every four hours.
"""

from __future__ import annotations

import asyncio
import random
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from benchmarks.speed.feed_server import SAME_EVENT, Feeds, address, document, number_of
from benchmarks.speed.store_filling import told

EVERY = timedelta(hours=4)
KEPT = 12
"""Items in a feed: what it published in two days."""

FAULTS = {7: "500", 11: "hangs", 13: "malformed", 17: "cut"}
"""What is wrong with a feed, by its number modulo 20."""

HANG_SECONDS = 600.0


def fault_of(feed: int) -> str:
    """What is wrong with a feed, or an empty text."""
    return FAULTS.get(feed % 20, "")


class SoakFeeds(Feeds):
    """Feeds that publish by the day's clock, a fifth of them faulty."""

    def publish_until(self, now: datetime) -> None:
        """Give every feed what it has published by now."""
        self.edition += 1
        self.bodies = {address(feed): _body(feed, now) for feed in range(self.feeds)}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, or fail as this feed does."""
        host = writer.get_extra_info("sockname")[0]
        fault = fault_of(number_of(host))
        if fault in {"", "malformed"}:
            await super().serve(reader, writer)
            return
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            if fault == "500":
                writer.write(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")
            elif fault == "hangs":
                await asyncio.wait([asyncio.ensure_future(reader.read())], timeout=HANG_SECONDS)
            else:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<rss>")
            await writer.drain()
        writer.close()


def _body(feed: int, now: datetime) -> bytes:
    """The last items of a feed, each feed at its own minutes; malformed where that is its fault."""
    offset = timedelta(minutes=feed * 7 % 240)
    latest = int((now - datetime(2026, 1, 1, tzinfo=UTC) - offset) / EVERY)
    items = []
    for number in range(latest, latest - KEPT, -1):
        at = datetime(2026, 1, 1, tzinfo=UTC) + offset + number * EVERY
        event = random.Random(f"{feed // SAME_EVENT} {number}")
        items.append(told(event, random.Random(f"{feed} {number}"), at))
    text = document(feed, items)
    return text[: len(text) // 3] if fault_of(feed) == "malformed" else text


async def main(count: int) -> None:
    """Serve until standard input ends."""
    feeds = SoakFeeds(count, 0)
    feeds.publish_until(datetime.now(UTC))
    servers, port = [], 0
    for number in range(count):
        servers.append(await asyncio.start_server(feeds.serve, address(number), port))
        port = servers[0].sockets[0].getsockname()[1]
    print(port, flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        feeds.publish_until(datetime.fromisoformat(line.strip()))
    for server in servers:
        server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
