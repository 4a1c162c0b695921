"""The blocks of text in Markdown, without its marks and the tags of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml.html import defs  # lxml ships no types

from bot.errors import RefusedInput

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 100
"""The maximum depth of quotes and lists; the library drops what lies deeper."""

_TAGS = defs.tags | {"bdi", "data", "dialog", "main", "nobr", "picture", "rtc", "search", "slot",
                     "template"}  # fmt: skip
"""The names of tags; anything else in "<…>" is text."""

_BLOCKS = (defs.block_tags - {"del", "ins"}) | {
    "article", "aside", "details", "figcaption", "figure", "footer", "header", "hgroup", "main",
    "nav", "section", "summary",
}  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"script", "style", "svg", "template"})
_RAW = re.compile(r"\s*<(?:[!?]|(?:pre|script|style|textarea)\b)", re.IGNORECASE)
"""The start of a block that holds no Markdown."""

_TAG = re.compile(r"</?([a-z][a-z0-9-]*)(.*)>", re.IGNORECASE | re.DOTALL)
_SWITCHES = frozenset(
    {"allowfullscreen", "async", "autoplay", "checked", "compact", "controls", "default", "defer",
     "disabled", "download", "hidden", "itemscope", "loop", "multiple", "muted", "noshade",
     "novalidate", "nowrap", "open", "playsinline", "readonly", "required", "reversed", "selected"}
)  # fmt: skip
"""The attributes that need no value: "<b and c>" is no tag."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list, a row of a table, or code."""

    text: str
    heading: bool = False


class _Mark(Enum):
    TEXT = auto()
    """A block begins."""
    HEADING = auto()
    """A block begins that is a heading."""
    SOFT = auto()
    """A line ends in the file alone."""
    HARD = auto()
    """A line ends for the reader too."""


_Pieces = list[str | _Mark]


def markdown_blocks(text: str, line_end: str = " ") -> list[Block]:
    """The blocks in order; `line_end` stands where a line of the file ends in one of them.

    Raises RefusedInput where quotes and lists are nested too deep.
    """
    links: dict[str, Any] = {}
    tokens = _outline().parse(text, links)
    if any(token.nesting == 1 and token.level >= DEEPEST for token in tokens):
        raise RefusedInput(f"is nested more than {DEEPEST} lists and quotes deep")
    return list(_joined(_pieces(tokens, links), line_end))


def markdown_line(text: str) -> str:
    """One line of Markdown, such as a title, as text."""
    found = _joined(_Inline().read(_markdown().parseInline(text)), " ")
    return " ".join(" ".join(each.text for each in found).split())


@cache
def _outline() -> MarkdownIt:
    """Finds the blocks alone: they may be nested deeper than links, where depth costs time."""
    from markdown_it import MarkdownIt  # takes time, and other files do without it

    options = {"html": True, "maxNesting": DEEPEST + 1}
    return MarkdownIt("commonmark", options).disable(["inline", "text_join"])


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("strikethrough")


@cache
def _html() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"html": True}).enable(["html_inline", "entity", "newline"])


def _pieces(tokens: Iterable[Token], links: dict[str, Any]) -> _Pieces:
    found: _Pieces = []
    for token in tokens:
        match token.type:
            case "inline":
                for number, part in enumerate(_rows(token.content)):
                    found += [_Mark.TEXT] if number else []
                    found += _Inline().read(_markdown().parseInline(part, links))
            case "heading_open":
                found.append(_Mark.HEADING)
            case "list_item_open":
                found += [_Mark.TEXT, f"{token.info}{token.markup} " if token.info else ""]
            case "heading_close" | "paragraph_close":
                found.append(_Mark.TEXT)
            case "fence" | "code_block":
                found += [_Mark.TEXT, token.content, _Mark.TEXT]
            case "html_block":
                parser = _html() if _RAW.match(token.content) else _markdown()
                inside = _Inline().read(parser.parseInline(token.content, links))
                found += [_Mark.TEXT, *inside, _Mark.TEXT]
    return found


def _rows(paragraph: str) -> list[str]:
    """The paragraph, or what stands above a table and its rows.

    The library's own tables lose the cells that a row has beyond its header's.
    """
    lines = paragraph.split("\n")
    ruled = (number for number, line in enumerate(lines) if number and _is_rule(line))
    if not (rule := next(ruled, 0)):
        return [paragraph]
    rows = [line.strip("| \t") for line in (lines[rule - 1], *lines[rule + 1 :])]
    return ["\n".join(lines[: rule - 1]), *rows]


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip("|:- \t")


def _joined(pieces: _Pieces, line_end: str) -> Iterator[Block]:
    texts: list[str] = []
    heading = False
    for piece in [*pieces, _Mark.TEXT]:
        if isinstance(piece, str):
            texts.append(piece)
        elif piece in {_Mark.SOFT, _Mark.HARD}:
            texts.append("\n" if piece is _Mark.HARD else line_end)
        else:
            if text := "".join(texts).strip():
                yield Block(text, heading)
            texts, heading = [], piece is _Mark.HEADING


class _Inline:
    """Collect the text of one block, of which HTML's tags may make several."""

    def __init__(self) -> None:
        self._found: _Pieces = []
        self._silent: tuple[str, int] | None = None
        self._heading = self._kept_lines = False

    def read(self, tokens: Sequence[Token]) -> _Pieces:
        for token in tokens:
            match token.type:
                case "inline" | "image":
                    self.read(token.children or [])
                case "text" | "code_inline":
                    self._found.append(token.content)
                case "softbreak":
                    self._end_line()
                case "hardbreak":
                    self._found.append(_Mark.HARD)
                case "html_inline":
                    self._html(token.content)
        return self._found

    def _end_line(self) -> None:
        if self._kept_lines:
            self._found.append(_Mark.HARD)
        elif self._found and self._found[-1] is _Mark.SOFT:
            self._found[-1] = _Mark.TEXT  # a blank line
        else:
            self._found.append(_Mark.SOFT)

    def _html(self, content: str) -> None:
        if content.startswith("<![CDATA["):
            self._found.append(content[len("<![CDATA[") : -len("]]>")])
        elif not content.startswith(("<!", "<?")):
            tag = _TAG.fullmatch(content)
            if tag and tag[1].lower() in _TAGS and _are_attributes(tag[2]):
                self._tag(tag[1].lower(), opens=content[1] != "/", closed=tag[2].endswith("/"))
            else:
                self._found.append(content)

    def _tag(self, name: str, *, opens: bool, closed: bool) -> None:
        if name in _SILENT:
            self._silence(name, opens=opens and not closed)
        elif name in _HEADINGS:
            self._heading = opens
            self._found.append(_Mark.HEADING if opens else _Mark.TEXT)
        elif name in _BLOCKS:
            self._found.append(_Mark.HARD if self._heading else _Mark.TEXT)
        elif name == "br":
            self._found.append(_Mark.HARD)
        if name == "pre":
            self._kept_lines = opens

    def _silence(self, name: str, *, opens: bool) -> None:
        """Drop what a part holds that is not shown; a part without an end stays."""
        if opens and not self._silent:
            self._silent = name, len(self._found)
        elif not opens and self._silent and self._silent[0] == name:
            del self._found[self._silent[1] :]
            self._silent = None


def _are_attributes(given: str) -> bool:
    return "=" in given or _SWITCHES.issuperset(given.lower().strip(" \t\r\n/").split())
