"""HTML fragments from feeds converted to plain paragraphs."""

from __future__ import annotations

import re
import threading
from html import unescape
from typing import Any

from lxml import etree  # lxml ships no types

LONGEST_HTML = 300_000
"""The maximum number of characters read of one item's markup."""

_MARKUP = re.compile(r"<[a-zA-Z!/?]|&[#\w]")
_TAG = re.compile(
    r"<(?:/[a-z]|!--|!\[cdata\[|(?:a|abbr|article|aside|audio|b|blockquote|body|br|center|cite|code"
    r"|dd|del|div|dl|dt|em|embed|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|iframe"
    r"|img|ins|li|link|main|mark|meta|nav|object|ol|p|picture|pre|q|s|script|section|small|source"
    r"|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|time|tr|u|ul|video)"
    r"(?:\s[^<>]{0,4000})?/?>)",
    re.IGNORECASE,
)
"""A tag that browsers know, the end of any, or a comment."""

_LONG_TAG = re.compile(r"<[^<>]{4000,}>?")
_SILENT_PART = re.compile(r"<(script|style)\b[^<>]{0,1000}>[^<]{0,20000}</\1\s*>", re.IGNORECASE)
_INLINE = re.compile(
    r"<!--[^<>]{0,1000}-->|</?(a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img"
    r"|ins|kbd|mark|nobr|p|q|rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)"
    r"(?=[\s/>])[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "table", "td",
     "th", "tr", "ul"}
)  # fmt: skip
_SILENT = frozenset(
    {
        "button",
        "head",
        "iframe",
        "noscript",
        "object",
        "script",
        "style",
        "svg",
        "template",
        "title",
    }
)


class _Text:
    """Collect text, with a line break where a block begins or ends."""

    _pieces: list[str]
    _silent: int

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._pieces, self._silent = [], 0

    def start(self, tag: str, _attributes: Any) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._pieces.append("\n")

    def end(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BLOCKS:
            self._pieces.append("\n")

    def data(self, text: str) -> None:
        if not self._silent:
            self._pieces.append(text.replace("\n", " "))

    def close(self) -> str:
        """What was collected; the next text begins empty."""
        found = "".join(self._pieces)
        self._clear()
        return found


_parsers = threading.local()


def _parser() -> Any:
    """This thread's parser: to make one takes longer than to read a short text."""
    found = getattr(_parsers, "html", None)
    if found is None:
        found = _parsers.html = etree.HTMLParser(target=_Text(), encoding="utf-8")
    return found


def as_markup(text: str) -> str:
    """A text as HTML: as it is if it holds a tag, else with its "<" and line breaks as HTML's."""
    return text if _TAG.search(text) else text.replace("<", "&lt;").replace("\n", "<br>")


def title_text(markup: str) -> str:
    """Convert a title to text: known inline tags are removed, anything else in "<…>" is text."""
    if "<" not in markup and "&" not in markup:
        return markup
    plain = _SILENT_PART.sub(" ", markup[:LONGEST_HTML].replace("\0", ""))
    return unescape(
        _INLINE.sub(lambda tag: " " if (tag[1] or "").lower() in _BLOCKS else "", plain)
    )


def html_text(markup: str) -> str:
    """Convert an HTML fragment to text; plain text is returned unchanged."""
    if not _MARKUP.search(markup):
        return markup
    bounded = _LONG_TAG.sub(" ", markup[:LONGEST_HTML]).replace("\0", "")
    source = f"<body>{bounded}".encode("utf-8", "replace")
    try:
        lines = etree.fromstring(source, _parser())
    except (etree.LxmlError, ValueError):
        _parsers.html = None  # it may hold a piece of this text
        return ""
    return "\n\n".join(line for each in str(lines).split("\n") if (line := each.strip()))
