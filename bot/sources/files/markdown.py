"""A Markdown article: front matter, headings, paragraphs with emphasis and links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import Any

import yaml

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.files.jsonl import as_article
from bot.sources.files.plain_text import parse_plain

_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML = re.compile(r"\+{3}[ \t]*\r?\n(.{0,20000}?)\r?\n\+{3}[ \t]*(?:\r?\n|$)", re.DOTALL)
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.{1,500}?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^([^\n]{1,300})\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}(?:[-*_][ \t]?){3,40}$", re.MULTILINE)
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)[^\n]{0,100}$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,200}\")?\)")
_REFERENCE = re.compile(
    r"^[ ]{0,3}\[[^\[\]\n]{1,100}\]:[ \t]+\S{1,2000}[^\n]{0,200}$", re.MULTILINE
)
_STRONG = re.compile(r"(?<!\\)(\*{1,3}|_{2,3})(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<!\w)_(?=\S)([^_\n]{1,1000}?)(?<=\S)_(?!\w)")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_QUOTE = re.compile(r"^[ ]{0,3}>[ ]?", re.MULTILINE)
_BULLET = re.compile(r"^[ ]{0,3}[*+-][ \t]+", re.MULTILINE)
_COMMENT = re.compile(r"<!--[^<>]{0,2000}-->")
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|figcaption|figure"
    r"|footer|header|h[1-6]|hr|li|main|nav|ol|p|section|summary|table|tbody|td|th|thead|tr|ul)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|font|i|iframe|img|ins|kbd|mark|picture|q|s|small|source|span"
    r"|strike|strong|sub|sup|time|u|var|video)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_REFERENCED = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,31}\d{0,2});", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_NAMES = {"tags": "category", "categories": "category", "description": "summary",
          "link": "url", "permalink": "url", "canonical": "url", "lang": "language"}  # fmt: skip


def parse_markdown(text: str, now: datetime) -> ParsedArticle:
    """Read one article, titled by its front matter or first heading; raises RefusedInput."""
    front, body = _split(text.lstrip("\ufeff"))
    heading = _HEADING.search(body) or _UNDERLINED.search(body)
    title = front.get("title") or (heading[1] if heading else None)
    if title is None:
        return parse_plain(plain(body), now)
    if heading and plain(heading[1]).strip() in {plain(str(title)).strip(), ""}:
        body = body[: heading.start()] + body[heading.end() :]
    record = {**front, "title": plain(str(title)), "text": plain(body)}
    if not record["text"].strip():
        raise RefusedInput("has a title but no text")
    return as_article(record, now)


def plain(text: str) -> str:
    """The text without Markdown's marks and HTML's tags; what is linked or emphasised stays."""
    for pattern, kept in (
        (_COMMENT, ""), (_BLOCK, "\n"), (_INLINE, ""), (_REFERENCE, ""), (_FENCE, ""),
        (_IMAGE, r"\1"), (_LINK, r"\1"), (_UNDERLINED, r"\1"), (_HEADING, r"\n\1\n"), (_RULE, ""),
        (_QUOTE, ""), (_BULLET, ""), (_STRONG, r"\2"), (_EMPHASIS, r"\1"), (_CODE, r"\1"),
        (_ESCAPED, r"\1"),
    ):  # fmt: skip
        text = pattern.sub(kept, text)
    return _REFERENCED.sub(lambda found: unescape(found[0]), text)


def _split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter by the names of records, and the rest."""
    found = _FRONT.match(text) or _TOML.match(text)
    if not found:
        return {}, text
    try:
        told = tomllib.loads(found[1]) if text[0] == "+" else yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        told = None
    fields = told if isinstance(told, Mapping) else {}
    named = {
        _NAMES.get(str(name).lower(), str(name).lower()): value for name, value in fields.items()
    }
    return {name: _value(value) for name, value in named.items()}, text[found.end() :]


def _value(value: Any) -> Any:
    """YAML reads dates by itself: as text they go through the one door for dates."""
    return value.isoformat() if hasattr(value, "isoformat") else value
