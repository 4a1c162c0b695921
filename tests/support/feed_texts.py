"""Feeds and pages for tests of polling."""

from __future__ import annotations

from html import escape

LONG = (
    "The regulator has fined the operator of the northern grid for the third time this year. " * 8
)


def rss(*items: str, extra: str = "") -> bytes:
    """A feed of these items."""
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title>'
        f"<link>https://wire.example/</link>{extra}{''.join(items)}</channel></rss>"
    ).encode()


def item(
    title: str = "Grid operator fined",
    *,
    link: str | None = None,
    guid: str | None = None,
    date: str = "Mon, 23 Nov 2026 09:00:00 GMT",
    text: str = LONG,
) -> str:
    """An item; its link follows from its title unless one is given."""
    address = link if link is not None else f"https://wire.example/{slug(title)}"
    parts = {"title": title, "link": address, "guid": guid, "pubDate": date, "description": text}
    filled = {name: value for name, value in parts.items() if value}
    return "<item>" + "".join(f"<{n}>{escape(v)}</{n}>" for n, v in filled.items()) + "</item>"


def page(title: str, text: str, *, head: str = "") -> bytes:
    """An article's page."""
    body = "".join(f"<p>{escape(each)}</p>" for each in text.split("\n\n"))
    return (
        f"<!doctype html><html lang=en><head><title>{escape(title)}</title>{head}</head>"
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    ).encode()


def slug(title: str) -> str:
    return "-".join(title.lower().split())
