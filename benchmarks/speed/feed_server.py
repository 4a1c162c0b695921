"""A server of many feeds, each on a loopback address of its own, in a process of its own.

Run as `python -m benchmarks.speed.feed_server FEEDS ITEMS`; it prints its port when it is ready.
Each line on standard input replaces all items by new ones.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from bot.models import ParsedArticle

SAME_EVENT = 4
"""Feeds that report the same event."""


def address(feed: int) -> str:
    """The loopback address of one feed."""
    return f"127.8.{feed // 250}.{feed % 250 + 1}"


def number_of(host: str) -> int:
    """The feed at a loopback address."""
    *_, block, last = host.split(".")
    return int(block) * 250 + int(last) - 1


class Feeds:
    """What the server publishes: a body and an ETag for each feed."""

    def __init__(self, feeds: int, items: int) -> None:
        self.feeds, self._items = feeds, items
        self.edition = 0
        self.bodies: dict[str, bytes] = {}

    def publish(self) -> None:
        """Replace every feed's items by new ones."""
        self.edition += 1
        now = datetime.now(UTC)
        self.bodies = {
            address(feed): _feed(self.edition, feed, self._items, now) for feed in range(self.feeds)
        }

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer every request of one connection, for any path."""
        host = writer.get_extra_info("sockname")[0]
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                etag = f'"{self.edition}"'.encode()
                if etag in head:
                    writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n")
                else:
                    body = self.bodies[host]
                    writer.write(
                        b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: %b\r\n"
                        b"Content-Length: %d\r\n\r\n%b" % (etag, len(body), body)
                    )
                await writer.drain()
        writer.close()


def _feed(edition: int, feed: int, items: int, now: datetime) -> bytes:
    from benchmarks.speed.store_filling import (
        told,  # who only wants an address does not load all this
    )

    chance = random.Random(f"{edition} {feed}")
    articles = [
        told(
            random.Random(f"{edition} {feed // SAME_EVENT} {number}"),
            chance,
            now - timedelta(minutes=number * 20 + chance.randrange(20)),
        )
        for number in range(items)
    ]
    return document(feed, articles)


def document(feed: int, articles: Iterable[ParsedArticle]) -> bytes:
    """The RSS of one feed with these items."""
    rows = "".join(_item(each, feed) for each in articles)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Outlet {feed}</title><link>https://outlet{feed}.example/</link>{rows}"
        "</channel></rss>"
    ).encode()


def _item(article: ParsedArticle, feed: int) -> str:
    assert article.published_at is not None
    assert article.url is not None
    path = article.url.rpartition("/")[2]
    body = "".join(f"<p>{escape(each)}</p>" for each in article.text.split("\n\n"))
    return (
        f"<item><title>{escape(article.title)}</title>"
        f"<link>https://outlet{feed}.example/{path}</link><guid>{path}</guid>"
        f"<pubDate>{format_datetime(article.published_at)}</pubDate>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


async def main(count: int, items: int) -> None:
    """Serve until standard input ends."""
    feeds = Feeds(count, items)
    feeds.publish()
    first = await asyncio.start_server(feeds.serve, address(0), 0)
    port = first.sockets[0].getsockname()[1]
    servers = [
        await asyncio.start_server(feeds.serve, address(each), port) for each in range(1, count)
    ]
    print(port, flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        feeds.publish()
        print("published", flush=True)
    for server in [first, *servers]:
        server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
