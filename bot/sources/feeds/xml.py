"""Untrusted XML, read without external entities or network access, to a bounded depth."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree  # lxml ships no types

from bot.errors import RefusedInput
from bot.sources.feeds.doctype import expanded
from bot.sources.feeds.prolog import without_doctypes
from bot.sources.text.encoding import decode

_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']([\w.:-]{2,30})[\"']", re.IGNORECASE
)
DECLARATION = re.compile(r"\s*<\?xml[^>]{0,1000}\?>")
INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REFERENCE = re.compile(r"&(?:#(?:x([0-9a-f]{1,8})|([0-9]{1,8}));|([\w.-]{1,60});)?", re.I)
_MISMEANT = re.compile(
    r"&#(?:(1(?:2[89]|[345]\d))|x([89][0-9a-f])|(5\d{4}|x[d][0-9a-f]{3}));"
    r"(?:&#(5\d{4}|x[d][0-9a-f]{3});)?",
    re.IGNORECASE,
)
"""References to Windows' quotation marks and dashes, and to the halves of a character as UTF-16."""


_CONTROLS = re.compile("[\x80-\x9f]")
"""Characters of Windows' table that were read as ISO's before they came here."""


class MalformedXml(RefusedInput):
    """The document is not well-formed; it may be repairable."""


def xml_text(data: bytes, charset: str | None = None) -> str:
    """The document as text without declaration and document type, its own entities replaced.

    Raises RefusedInput for binary data, and for entities that could grow without bound.
    """
    declared = _DECLARED.search(data[:4096])
    inside = declared[1].decode("ascii") if declared else None
    text = decode(data, charset, inside).lstrip("\ufeff")
    declaration = DECLARATION.match(text)
    plain = without_entities(text[declaration.end() :] if declaration else text)
    plain = _CONTROLS.sub(lambda found: unescape(f"&#{ord(found[0])};"), plain)
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


def without_entities(text: str) -> str:
    """The text without document types, the entities that they declare replaced."""
    bare, entities = without_doctypes(text)
    return expanded(bare, entities) if entities else bare


def _place(error: Exception) -> str:
    position = getattr(error, "position", None)
    return f" (line {position[0]})" if position and position[0] else ""
