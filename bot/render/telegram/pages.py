"""Blocks of text onto Telegram messages: HTML within the Bot API's limits, nothing lost.

Telegram turns @names, /commands and addresses in plain text into mentions, buttons and links.
Such words are set as code, the one style in which it leaves text alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby, pairwise

from bot.languages import tr
from bot.models import Span, Style
from bot.render.sanitize import cut, utf16

TEXT_UNITS = 4096
"""UTF-16 units of a message after its entities are parsed."""

ENTITIES = 100
"""Entities of a message; Telegram silently ignores the rest."""

ENTITY_BYTES = 9000
"""Weight of a message's entities, link addresses included; Telegram refuses about 9,500
(https://github.com/tdlib/telegram-bot-api/issues/165)."""

HTML_BYTES = 32_768
"""UTF-8 bytes of a message before its entities are parsed (the Bot API server's own limit)."""

BYTES_PER_ENTITY = 16
PIECE_UNITS = 1024
CONTINUES = Span("… ")
GAP = "\n\n"

_TAGS = {Style.BOLD: "b", Style.ITALIC: "i", Style.CODE: "code"}

_TAPPED = re.compile("(?:\u200f\u2068)?/[a-z]{1,31}(?:_[0-9]{1,3})?\u2069?")
"""The one live word that the bot writes itself: a command, which Telegram runs at a tap."""

_WORD = re.compile(r"\S+")
_LIVE = re.compile(
    r"""
    ://                                         # an address with any scheme
    | @\w                                       # a mention, an e-mail address
    | (?<![\w/<>])/\w                           # a command
    | [^\s.]\.(?![A-Z][a-z])[^\W\d_]{2}         # a host name
    | \d\.\d+\.\d+\.\d                          # an IPv4 address
    """,
    re.VERBOSE,
)
_PUNCTUATION = ".,;:!?()[]{}\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class _Size:
    units: int = 0
    entities: int = 0
    entity_bytes: int = 0
    html_bytes: int = 0

    def __add__(self, other: _Size) -> _Size:
        return _Size(
            self.units + other.units,
            self.entities + other.entities,
            self.entity_bytes + other.entity_bytes,
            self.html_bytes + other.html_bytes,
        )

    @property
    def fits(self) -> bool:
        return (
            self.units <= TEXT_UNITS
            and self.entities <= ENTITIES
            and self.entity_bytes <= ENTITY_BYTES
            and self.html_bytes <= HTML_BYTES
        )


FOLDED, QUOTED, UNFOLDED = "<blockquote expandable>", "<blockquote>", "</blockquote>"

UNFOLDED_MOST = 400
"""Characters of a quotation that is shown whole; a longer one is folded."""
FOLD = _Size(entities=1, entity_bytes=BYTES_PER_ENTITY, html_bytes=len(FOLDED + UNFOLDED))

HEADROOM = _Size(units=512, entities=8, entity_bytes=8 * BYTES_PER_ENTITY, html_bytes=1024)
"""What a part of an over-long block leaves free for the headings above it."""


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together. A `leads` block also stays with the next one; `gap` parts it from above.

    `under` is the heading that it follows at once, repeated where a new message begins with it.
    A `folded` block is a quotation of which the first lines are shown until it is tapped; one that
    is `quoted` is folded where it is long.
    """

    spans: tuple[Span, ...]
    gap: str = GAP
    leads: bool = False
    under: str = ""
    folded: bool = False
    quoted: bool = False


def messages(blocks: Iterable[Block]) -> tuple[str, ...]:
    """As many payloads (JSON text) for sendMessage as the blocks need, blank ones left out."""
    return tuple(_payload(page) for page in _pages(blocks) if _says_something(page))


def _payload(page: Sequence[Block]) -> str:
    gaps = ("\n" if above.leads and block.under else block.gap for above, block in pairwise(page))
    text = "".join(gap + _shown(block) for gap, block in zip(("", *gaps), page, strict=True))
    message = {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return json.dumps(message, ensure_ascii=False)


def _pages(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Fill one message after another; a heading moves on with what it heads."""
    page: list[Block] = []
    used = _Size()
    for block in (part for whole in blocks for part in _fitting(whole)):
        size = _size_of([block])
        if page and not (used + size).fits:
            kept, heads = _without_last_heads(page)
            yield kept
            if heads and not _size_of([*heads, block]).fits:
                yield heads
                heads = []
            page = heads or _continued(block)
            used = _size_of(page)
        page.append(block)
        used += size
    yield page


def _says_something(page: Sequence[Block]) -> bool:
    text = "".join(span.text for block in page for span in block.spans)
    return any(unicodedata.category(char)[0] in "LNPS" for char in text)


def _without_last_heads(page: list[Block]) -> tuple[list[Block], list[Block]]:
    end = len(page)
    while end and page[end - 1].leads:
        end -= 1
    return (page[:end], page[end:]) if end else (page, [])


def _continued(block: Block) -> list[Block]:
    """The block's heading once more, where the message holds both."""
    said = Span(tr("{heading} (continued)", heading=block.under), Style.BOLD)
    title = Block(tuple(_disarmed([said])), leads=True)
    return [title] if block.under and _size_of([title, block]).fits else []


def _fitting(block: Block) -> Iterator[Block]:
    """The block with its live words disarmed, in as many parts as a message's limits ask for."""
    spans = tuple(span for span in _disarmed(block.spans) if span.text)
    for part in [spans] if _size(spans).fits else _parts(spans):
        if part:
            yield replace(block, spans=part)


def _parts(spans: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    part: list[Span] = []
    used = HEADROOM
    for span in _small(spans):
        size = _size([span])
        if part and not (used + size).fits:
            yield tuple(part)
            part, used = [CONTINUES], HEADROOM
        part.append(span)
        used += size
    yield tuple(part)


def _small(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        for piece in cut(span.text, PIECE_UNITS, utf16):
            yield Span(piece, span.style, span.url)


def _disarmed(spans: Iterable[Span]) -> Iterator[Span]:
    """The same text with every word that Telegram would bring to life set as code."""
    spans = tuple(spans)
    edges = list(_live_edges("".join(span.text for span in spans)))
    start = 0
    for span in spans:
        end = start + len(span.text)
        inner = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        for left, right in pairwise([start, *inner, end]):
            live = bisect_right(edges, left) % 2 == 1 and not (span.url or _runs(span))
            text = span.text[left - start : right - start]
            yield Span(text, Style.CODE if live else span.style, span.url)
        start = end


def _runs(span: Span) -> bool:
    return span.style is Style.COMMAND and _TAPPED.fullmatch(span.text) is not None


def _live_edges(text: str) -> Iterator[int]:
    """Where each live word begins and ends, in turn."""
    for found in _WORD.finditer(text):
        word = found[0].lstrip(_PUNCTUATION)
        if _LIVE.search(word):
            start = found.end() - len(word)
            yield start
            yield start + len(word.rstrip(_PUNCTUATION))


def _size_of(page: Sequence[Block]) -> _Size:
    folds = sum((FOLD for block in page if block.folded or block.quoted), _Size())
    return sum((_size([Span(block.gap), *block.spans]) for block in page), folds)


def _size(spans: Sequence[Span]) -> _Size:
    styled = sum(style is not Style.PLAIN for style, _ in groupby(span.style for span in spans))
    urls = [span.url for span in spans if span.url]
    entities = styled + len(urls)
    return _Size(
        units=sum(utf16(span.text) for span in spans),
        entities=entities,
        entity_bytes=BYTES_PER_ENTITY * entities + sum(len(url.encode()) for url in urls),
        html_bytes=len(_html(spans).encode()),
    )


def _shown(block: Block) -> str:
    inner = _html(block.spans)
    if block.folded or (
        block.quoted and utf16("".join(e.text for e in block.spans)) > UNFOLDED_MOST
    ):
        return f"{FOLDED}{inner}{UNFOLDED}"
    return f"{QUOTED}{inner}{UNFOLDED}" if block.quoted else inner


def _html(spans: Sequence[Span]) -> str:
    html = []
    for style, run in groupby(spans, key=lambda span: span.style):
        inner = "".join(map(_inner, run))
        tag = _TAGS.get(style)
        html.append(f"<{tag}>{inner}</{tag}>" if tag else inner)
    return "".join(html)


def _inner(span: Span) -> str:
    text = _escaped(span.text)
    return f'<a href="{_escaped(span.url)}">{text}</a>' if span.url else text


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")
