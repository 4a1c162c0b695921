"""Usual errors of feeds, repaired before they are read again."""

from __future__ import annotations

import re
from html import escape
from html.entities import html5

from bot.errors import RefusedInput
from bot.sources.feeds.doctype import XML_ENTITIES
from bot.sources.feeds.namespaces import with_prefixes
from bot.sources.feeds.prolog import Root, feed_root, has_capital_items
from bot.sources.feeds.xml import DECLARATION, INVALID, REFERENCE, without_entities

_TAG = re.compile(r"(</?)([A-Za-z][\w.:-]{0,60})")
_XMLNS = re.compile(r"\bxmlns(?::[\w.-]{1,40})?(?=\s{0,5}=)", re.IGNORECASE)
_CDATA = re.compile(r"<!\s{0,3}\[\s{0,3}cdata\s{0,3}\[", re.IGNORECASE)
_CDATA_IN = re.compile(r"<([A-Za-z_][\w.:-]{0,80})[^<>]{0,400}>\s{0,200}<!\[CDATA\[")
_OPENED = re.compile(r"<([A-Za-z_][\w.:-]{0,80})")
_CHANNEL = re.compile(r"<(/?(?:[\w.-]{1,40}:)?channel)(?=[\s>])", re.IGNORECASE)
_ITEM = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>])[^<>]{0,400}>", re.IGNORECASE)
_MOST_NAMES = 30
"""Names of elements whose ends are looked for."""


def repaired(text: str) -> str:
    """Repair junk around the root, entities, ampersands, prefixes, capitals in tags, and an end
    that is missing.

    Raises RefusedInput for a feed that was cut off within its first item.
    """
    root = feed_root(text)
    start = root.start if root else max(text.find("<"), 0)
    declaration = DECLARATION.match(text, start)
    body = without_entities(text[declaration.end() if declaration else start :])
    body = _ended(_CDATA.sub("<![CDATA[", body))
    if root:
        body = _rooted(body, root)
    return REFERENCE.sub(_entity, INVALID.sub("", body))


def _ended(body: str) -> str:
    """The document with an end for each CDATA section that has none in its element."""
    pieces: list[str] = []
    nearest: dict[str, int] = {}
    done = 0

    def following(mark: str, start: int) -> int:
        if 0 <= nearest.get(mark, 0) < start:
            nearest[mark] = body.find(mark, start)
        return nearest[mark]

    for found in _CDATA_IN.finditer(body):
        mark, start = f"</{found[1]}>", found.end()
        if start < done or (mark not in nearest and len(nearest) > _MOST_NAMES):
            continue
        close, end = following("]]>", start), following(mark, start)
        if end >= 0 and not 0 <= close < end:
            pieces += [body[done:end], "]]>"]
            done = end
    return "".join([*pieces, body[done:]])


def _rooted(body: str, root: Root) -> str:
    """The document of a feed's root, with tags in small letters and all prefixes declared."""
    if root.name not in {root.spelt, "rdf"} or has_capital_items(body):
        body = _TAG.sub(lambda tag: tag[1] + tag[2].lower(), body)
        body = _XMLNS.sub(lambda name: name[0].lower(), body)
    opened = _OPENED.match(body)
    if opened is None:
        return body
    ends = [each.end() for each in re.finditer(rf"</{re.escape(opened[1])}\s{{0,20}}>", body, re.I)]
    whole = body[: ends[-1]] if ends else _closed(body, opened[1])
    return with_prefixes(whole, opened.end())


def _closed(body: str, root: str) -> str:
    """A document that was cut off, without an item that is not whole."""
    items = list(_ITEM.finditer(body))
    ends = [each.end() for each in items if each[1]]
    if items and not ends:
        raise RefusedInput("is cut off within its first item")
    kept = body[: ends[-1]] if ends else body
    channels = [each[1] for each in _CHANNEL.finditer(kept)]
    channel = f"</{channels[0]}>" if len(channels) == 1 and root != channels[0] else ""
    return f"{kept}{channel}</{root}>"


def _entity(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if hexadecimal or decimal:
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        return found[0] if code < 0x110000 and not INVALID.match(chr(code)) else ""
    if name in XML_ENTITIES:
        return found[0]
    known = html5.get(f"{name};")
    return escape(known) if known else f"&amp;{found[0][1:]}"
