"""Untrusted XML, read without external entities or network access, to a bounded depth."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from html.entities import html5
from typing import Any

from lxml import etree  # lxml ships no types

from bot.errors import RefusedInput
from bot.sources.feeds.prolog import feed_root, has_capital_items, without_doctypes
from bot.sources.text.encoding import decode

_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']([\w.:-]{2,30})[\"']", re.IGNORECASE
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,1000}\?>")
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-f]{1,8})|([0-9]{1,8}));|([\w.-]{1,60});)?", re.I)
_MISMEANT = re.compile(
    r"&#(?:(1(?:2[89]|[345]\d))|x([89][0-9a-f])|(5\d{4}|x[d][0-9a-f]{3}));"
    r"(?:&#(5\d{4}|x[d][0-9a-f]{3});)?",
    re.IGNORECASE,
)
"""References to Windows' quotation marks and dashes, and to the halves of a character as UTF-16."""

_TAG = re.compile(r"(</?)([A-Za-z][\w.:-]{0,60})")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MOST_GROWTH = 1_000_000
"""Characters that a document's own entities may add to it."""


class MalformedXml(RefusedInput):
    """The document is not well-formed; it may be repairable."""


def xml_text(data: bytes, charset: str | None = None) -> str:
    """The document as text without declaration and document type, its own entities replaced.

    Raises RefusedInput for binary data, and for entities that could grow without bound.
    """
    declared = _DECLARED.search(data[:4096])
    inside = declared[1].decode("ascii") if declared else None
    text = decode(data, charset, inside).lstrip("\ufeff")
    declaration = _DECLARATION.match(text)
    plain = _plain(text[declaration.end() :] if declaration else text)
    return _MISMEANT.sub(_meant, plain)


def elements(text: str, *tags: str) -> Iterator[Any]:
    """Yield the elements with these local names as each ends; raises MalformedXml at an error.

    Elements that ended before the error have been yielded. The caller clears them.
    """
    source = io.BytesIO(text.encode("utf-8", "replace"))
    walk = etree.iterparse(
        source,
        tag=[f"{{*}}{tag}" for tag in tags],
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in walk:
            yield element
    except (etree.LxmlError, ValueError) as error:
        if "depth" in str(error):
            raise RefusedInput("is nested deeper than any feed") from error
        raise MalformedXml(f"is not well-formed XML{_place(error)}") from error


def repaired(text: str) -> str:
    """Repair usual errors: junk around the root, entities, bare ampersands, capitals in tags."""
    root = feed_root(text)
    start = root.start if root else max(text.find("<"), 0)
    declaration = _DECLARATION.match(text, start)
    body = _plain(text[declaration.end() if declaration else start :])
    if root and (root.name not in {root.spelt, "rdf"} or has_capital_items(body)):
        body = _TAG.sub(lambda tag: tag[1] + tag[2].lower(), body)
    if root:
        body = _without_rest(body, root.name)
    return _REFERENCE.sub(_entity, _INVALID.sub("", body))


def _without_rest(body: str, root: str) -> str:
    """The document up to the end of its root: servers add scripts and notes behind it."""
    ends = [
        each.end() for each in re.finditer(rf"</(?:[\w.-]{{1,40}}:)?{root}\s{{0,20}}>", body, re.I)
    ]
    return body[: ends[-1]] if ends else body


def _entity(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if hexadecimal or decimal:
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        return found[0] if code < 0x110000 and not _INVALID.match(chr(code)) else ""
    if name in _OWN:
        return found[0]
    known = html5.get(f"{name};")
    return escape(known) if known else f"&amp;{found[0][1:]}"


def _meant(found: re.Match[str]) -> str:
    """The character that browsers show for a reference that XML does not allow."""
    decimal, hexadecimal, *halves = found.groups()
    if decimal or hexadecimal:
        one = unescape(f"&#x{hexadecimal};" if hexadecimal else f"&#{decimal};")
        return one + (found[0].partition(";")[2] if halves[1] else "")
    codes = [int(f"0{each}", 16) if each[0] in "xX" else int(each) for each in halves if each]
    if len(codes) == 2 and 0xD800 <= codes[0] < 0xDC00 <= codes[1] < 0xE000:
        return chr(0x10000 + ((codes[0] - 0xD800) << 10) + codes[1] - 0xDC00)
    return found[0]


def _plain(text: str) -> str:
    bare, entities = without_doctypes(text)
    return _expanded(bare, entities) if entities else bare


def _expanded(text: str, entities: Mapping[str, str]) -> str:
    """The text with the document's own entities replaced, which may not make it much longer."""
    growth = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal growth
        value = entities.get(found[3] or "")
        if value is None:
            return found[0]
        growth += len(value)
        if growth > _MOST_GROWTH:
            raise RefusedInput("declares entities that make it far larger, which are not read")
        return value

    return _REFERENCE.sub(replace, text)


def _place(error: Exception) -> str:
    position = getattr(error, "position", None)
    return f" (line {position[0]})" if position and position[0] else ""
