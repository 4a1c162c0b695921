"""Pages that show the source of a feed, as a browser saves its view of one."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # lxml ships no types

_ESCAPED = re.compile(r"(?:&lt;|&#60;|&#x3c;)(?:<[^<>]{0,200}>){0,3}(?:rss|feed|rdf|\?)", re.I)
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_BEFORE = re.compile(r"\s*(?:[^<>]{0,400}\s)?(?:<\?[^<>]{0,1000}\?>\s*|<!--[^<>]{0,2000}-->\s*)*")
"""What may stand before the root: a browser's remark, declarations, comments."""

_SILENT = frozenset({"head", "script", "style", "title", "button"})
_BLOCKS = frozenset({"br", "div", "li", "p", "pre", "td", "tr"})
_SEARCHED = 50_000


class _Source:
    """Collect the text of a page's body."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._silent = 0

    def start(self, tag: str, _attributes: Any) -> None:
        self._silent += tag in _SILENT
        self._pieces.append("\n" if tag in _BLOCKS else "")

    def end(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def data(self, text: str) -> None:
        if not self._silent:
            self._pieces.append(text)

    def close(self) -> str:
        return "".join(self._pieces)


def shown_feed(page: str) -> str | None:
    """The feed whose source a page shows and that begins the page's text; None for any other."""
    if not _ESCAPED.search(page[:_SEARCHED]):
        return None
    data = page.replace("\0", "").encode("utf-8", "replace")
    try:
        text = str(etree.fromstring(data, etree.HTMLParser(target=_Source(), encoding="utf-8")))
    except (etree.LxmlError, ValueError):
        return None
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    return text[start:] if _ROOT.match(text, start) else None
