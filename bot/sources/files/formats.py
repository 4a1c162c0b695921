"""The format of a file, by its name and its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

from bot.errors import RefusedInput
from bot.sources.feeds.prolog import PAGES, elements_of, feed_root
from bot.sources.feeds.reader import is_feed
from bot.sources.pages.not_feeds import FEED_SUFFIXES, WEB_PAGE, why_no_feed
from bot.sources.pages.shown_source import shown_feed
from bot.sources.text.encoding import decode

SNIFFED = 65_536

_BY_SUFFIX = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "json", ".csv": "csv", ".tsv": "csv", ".eml": "mail",
    ".mht": "mail", ".mhtml": "mail",
}  # fmt: skip
_CONVERTED = {
    b"\xd0\xcf\x11\xe0": "is an old Office document: save it as text or HTML first",
    b"{\\rtf": "is rich text: save it as plain text first",
}
_DOCUMENTS = {b"%PDF-": "pdf", b"PK\x03\x04": "docx"}
"""Files that are read by a library; what an archive holds is seen when it is opened."""
_MAILBOX = re.compile(rb"From \S{1,200} [A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d")
_JSON_LINE = re.compile(r'\s*\{\s*"')
_JSON_LINES = re.compile(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_JSON = re.compile(r"\s*[\[{]\s*[\"{\]}]")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n[^\n]{0,400}:|\+{3}[ \t]*\r?\n[^\n]{0,400}=")


def format_of(head: bytes, name: str) -> str:
    """The format: by content where that is clear, else by suffix, else text.

    Raises RefusedInput for binary data and for XML that is not read.
    """
    for magic, why in _CONVERTED.items():
        if head.startswith(magic):
            raise RefusedInput(why)
    for magic, kind in _DOCUMENTS.items():
        if head.startswith(magic):
            return kind
    suffix = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if suffix in {"jsonl", "csv", "mail"}:
        return suffix
    start = decode(head)
    if _MAILBOX.match(head):
        raise RefusedInput(
            "is a mailbox of several messages: save each as a file that ends in .eml"
        )
    if suffix == "html":
        return "feed" if feed_root(start) is not None else "html"
    if PurePath(name).suffix.lower() in FEED_SUFFIXES:
        return _feed(head, start)
    if suffix == "json":
        return _json(head, start)
    return _by_content(head, start) or suffix or "text"


def _feed(head: bytes, start: str) -> str:
    """The format of a file that is named like a feed; raises RefusedInput where it is none."""
    if is_feed(head):
        return "feed"
    if shown_feed(start) is not None:
        return "html"
    why = why_no_feed(start)
    page = ": name it .html to read it as an article" if why == WEB_PAGE else ""
    raise RefusedInput(f"{why}{page}")


def _json(head: bytes, start: str) -> str:
    if _JSON_LINES.match(start):
        return "jsonl"
    return "feed" if is_feed(head) else "json"


def _by_content(head: bytes, start: str) -> str | None:
    first = next(elements_of(start), None) if start.lstrip().startswith("<") else None
    if is_feed(head):
        return "feed"
    if (first and first.name in PAGES) or start[:200].lstrip().lower().startswith("<!doctype html"):
        return "html"
    if first and (start.lstrip().startswith("<?xml") or first.name == "opml"):
        raise RefusedInput("is XML, which is not read as an article")
    if _JSON_LINE.match(start):
        return "jsonl"
    if _FRONT_MATTER.match(start):
        return "markdown"
    return "json" if _JSON.match(start) else None
