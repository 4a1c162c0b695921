"""Block Kit within its limits: blocks are built, measured and packed into messages here.

Untrusted text stands in `rich_text` elements and in `plain_text`, where Slack reads no markup at
all: `*`, `<!channel>` and `@here` stay what they are without any trick. Small print knows links in
mrkdwn only; so the labels of such links, and no other untrusted text, are written in that.
https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.models import Span, Style
from bot.render.sanitize import clean, cut, link, utf16

MAX_BLOCKS = 50
"""Blocks in one message."""

MAX_BLOCKS_BYTES = 12_000
"""All blocks of a message as JSON. Slack answers `msg_blocks_too_long` a little above 13,000
characters and does not say how it counts; structure counts too, and this counts bytes."""

MAX_HEADER = 150
"""Characters of a header."""

MAX_TEXT = 3000
"""Characters of one text object, kept for rich text as well."""

MAX_PARAGRAPH_BYTES = 9_000
"""A paragraph as JSON: its links count too, and it must fit into a message."""

MAX_ID = 255
"""Characters of an action's id, which is unique in a message."""

MAX_CONTEXT_ELEMENTS = 10
"""Elements of a context block."""

MAX_FALLBACK = 4000
"""Characters of `text`, which notifications and screen readers use."""

Block = dict[str, Any]
"""One block in Slack's JSON format; only used inside the Slack renderer."""

DIVIDER: Block = {"type": "divider"}

NOTHING_SAID = "·"
"""The fallback text of a message without words: Slack refuses an empty one."""

MORE = "\n…"
"""The end of a shortened fallback text."""

_NEW_LINE: Block = {"type": "text", "text": "\n"}

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LABEL = str.maketrans(
    {"&": "&amp;", "<": "‹", ">": "›", "|": "¦", "*": "∗", "_": "＿", "~": "∼", "`": "ˋ", "@": "＠"}
)
"""Replacements for a link's label in mrkdwn, which has no escapes for these characters."""

_SHORTCODE = re.compile(r":(?=[\w+'-]+:)")


def escaped(text: str) -> str:
    """Escape plain text for a field in which Slack parses `<…>`."""
    return text.translate(_ESCAPES)


def link_markup(label: str, url: str) -> str:
    """A link for mrkdwn, its label shown as it is; the address must come from `sanitize.link`."""
    shown = _SHORTCODE.sub("∶", label).translate(_LABEL)
    return f"<{url.replace('&', '&amp;')}|{shown}>"


def header(text: str) -> Iterator[Block]:
    """A heading; one that is too long for a header, or has `& < >` in it, is set in bold instead.

    Slack does not document how a header reads those three.
    """
    if utf16(text) <= MAX_HEADER and escaped(text) == text:
        yield {"type": "header", "text": plain(text)}
    else:
        yield from rich_text([Span(text, Style.BOLD)])


def plain(text: str) -> Block:
    """A plain_text element."""
    return {"type": "plain_text", "text": text, "emoji": False}


def marked(text: str) -> Block:
    """A mrkdwn element, for trusted text and the result of `link_markup`."""
    return {"type": "mrkdwn", "text": text}


def context(*elements: Block) -> Iterator[Block]:
    """A context line."""
    for first in range(0, len(elements), MAX_CONTEXT_ELEMENTS):
        some = elements[first : first + MAX_CONTEXT_ELEMENTS]
        yield {"type": "context", "elements": list(some)}


def rich_text(*lines: Sequence[Span]) -> Iterator[Block]:
    """A paragraph of lines, in as many blocks as its length takes."""
    elements: list[Block] = []
    for section in (section for line in lines for section in _sections(line)):
        if elements and _is_long([*elements, *section]):
            yield _paragraph(elements)
            elements = []
        elements += [_NEW_LINE, *section] if elements else section
    if elements:
        yield _paragraph(elements)


def rich_list(items: Sequence[Sequence[Span]]) -> Iterator[Block]:
    """A bulleted list, in as many blocks as its length takes."""
    listed: list[Block] = []
    for section in (_section(elements) for item in items for elements in _sections(item)):
        if listed and _bytes([*listed, section]) > MAX_TEXT:
            yield _list(listed)
            listed = []
        listed.append(section)
    if listed:
        yield _list(listed)


def pack(units: Iterable[Sequence[Block]]) -> Iterator[tuple[Block, ...]]:
    """Blocks for one message after another; a unit stays together where one message can hold it."""
    message: list[Block] = []
    used = 0
    for unit in units:
        whole = _bytes(unit)
        parts = [(unit, whole)]
        if not _fits(len(unit), whole):
            parts = [([block], _bytes([block])) for block in unit]
        for some, size in parts:
            if message and not _fits(len(message) + len(some), used + size):
                yield _trimmed(message)
                message, used = [], 0
            message.extend(block for block in some if message or block != DIVIDER)
            used += size
    if message:
        yield _trimmed(message)


def payload(blocks: Sequence[Block]) -> str:
    """The message as JSON text: blocks, a fallback text of what they say, and no link previews."""
    message = {
        "text": _fallback([said for said in map(_said, blocks) if said]),
        "blocks": with_own_ids(blocks),
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return json.dumps(message, ensure_ascii=False)


def with_own_ids(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; of elements with one `action_id` the later ones get a number.

    Slack refuses a message in which two are the same; what a button does stands in its value.
    """
    seen: Counter[str] = Counter()
    return [
        {**block, "elements": [_with_own_id(each, seen) for each in block["elements"]]}
        if block["type"] == "actions"
        else block
        for block in blocks
    ]


def _with_own_id(element: Block, seen: Counter[str]) -> Block:
    name = str(element["action_id"])
    seen[name] += 1
    if seen[name] == 1:
        return element
    return _with_own_id({**element, "action_id": f"{name[: MAX_ID - 6]} #{seen[name]}"}, seen)


def shortened(text: str, limit: int) -> str:
    """A text of at most `limit` characters, with an ellipsis where it was cut."""
    return text if utf16(text) <= limit else cut(text, limit - 1, utf16)[0] + "…"


def _sections(spans: Sequence[Span]) -> Iterator[list[Block]]:
    elements: list[Block] = []
    for span in spans:
        said = clean(span.text)
        for text in cut(said, MAX_TEXT, utf16) if utf16(said) > MAX_TEXT else filter(None, [said]):
            element = _element(text, span)
            if elements and _is_long([*elements, element]):
                yield elements
                elements = []
            elements.append(element)
    if elements:
        yield elements


def _section(elements: list[Block]) -> Block:
    return {"type": "rich_text_section", "elements": elements}


def _paragraph(elements: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [_section(elements)]}


def _list(sections: list[Block]) -> Block:
    listed = {"type": "rich_text_list", "style": "bullet", "elements": sections}
    return {"type": "rich_text", "elements": [listed]}


def _element(text: str, span: Span) -> Block:
    url = link(span.url)
    element: Block = {"type": "link", "url": url} if url else {"type": "text"}
    element["text"] = text
    if span.style is not Style.PLAIN:
        style = Style.CODE if span.style is Style.COMMAND else span.style
        element["style"] = {style.value: True}
    return element


def _fits(count: int, size: int) -> bool:
    return count <= MAX_BLOCKS and size <= MAX_BLOCKS_BYTES


def _bytes(blocks: Sequence[Block]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False).encode())


def _trimmed(message: list[Block]) -> tuple[Block, ...]:
    """A message without a divider at its end."""
    return tuple(message[:-1] if message[-1] == DIVIDER else message)


def _said(block: Block) -> str:
    """What a header or rich text block says; small print is left to those who see it."""
    if block["type"] == "header":
        return str(block["text"]["text"])
    if block["type"] != "rich_text":
        return ""
    return "\n".join(_lines(block["elements"][0]))


def _lines(part: Block) -> Iterator[str]:
    if part["type"] == "rich_text_list":
        yield from (f"• {line}" for section in part["elements"] for line in _lines(section))
    else:
        yield "".join(element["text"] for element in part["elements"])


def _is_long(elements: list[Block]) -> bool:
    said = sum(utf16(element["text"]) for element in elements)
    return said > MAX_TEXT or _bytes(elements) > MAX_PARAGRAPH_BYTES


def _fallback(lines: Sequence[str]) -> str:
    """As many whole lines as fit; a first line that does not fit is cut."""
    left = MAX_FALLBACK - len(MORE)
    kept: list[str] = []
    for line in lines:
        left -= _escaped_length(line) + 1
        if left < 0:
            first = cut(lines[0][:MAX_FALLBACK], MAX_FALLBACK - len(MORE), _escaped_length)[0]
            return escaped("\n".join(kept or [first])) + MORE
        kept.append(line)
    return escaped("\n".join(kept)) or NOTHING_SAID


def _escaped_length(text: str) -> int:
    return utf16(escaped(text))
