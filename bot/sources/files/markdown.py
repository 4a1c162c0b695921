"""A Markdown article: front matter, headings, paragraphs with emphasis and links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

import yaml

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.files.jsonl import as_article
from bot.sources.files.markdown_text import Block, markdown_blocks, markdown_line
from bot.sources.files.plain_text import parse_plain
from bot.sources.text.limits import LONGEST_TITLE

_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML = re.compile(r"\+{3}[ \t]*\r?\n(.{0,20000}?)\r?\n\+{3}[ \t]*(?:\r?\n|$)", re.DOTALL)
_NAMES = {"tags": "category", "categories": "category", "description": "summary",
          "link": "url", "permalink": "url", "canonical": "url", "lang": "language"}  # fmt: skip


def parse_markdown(text: str, now: datetime) -> ParsedArticle:
    """Read one article, titled by its front matter or first heading; raises RefusedInput."""
    front, body = _split(text.lstrip("\ufeff"))
    blocks = markdown_blocks(body)
    heading = next((each for each in blocks if each.heading), None)
    headline = " ".join(heading.text.split()) if heading else ""
    title = markdown_line(str(front.get("title") or "")) or headline
    if not title:
        return parse_plain(_text(markdown_blocks(body, "\n")), now)
    if heading and headline == title and len(title) <= LONGEST_TITLE:
        blocks.remove(heading)
    if not blocks:
        raise RefusedInput("has a title but no text")
    return as_article({**front, "title": escape(title), "text": _text(blocks)}, now)


def _text(blocks: Iterable[Block]) -> str:
    return "\n\n".join(each.text for each in blocks)


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
