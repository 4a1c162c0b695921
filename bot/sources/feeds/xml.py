"""Untrusted XML, read without external entities or network access, to a bounded depth."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import escape
from html.entities import html5
from typing import Any

from lxml import etree  # lxml ships no types

from bot.errors import RefusedInput
from bot.sources.text.encoding import decode

_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,30})[\"']", re.IGNORECASE
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_PROLOG = re.compile(r"(?:\s+|<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?P<subset>\[)?[^>\[]*>?", re.IGNORECASE)
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-f]{1,8})|([0-9]{1,8}));|(\w{1,32});)?", re.I)
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


class MalformedXml(RefusedInput):
    """The document is not well-formed; it may be repairable."""


def xml_text(data: bytes, charset: str | None = None) -> str:
    """The document as text without declaration and document type.

    Raises RefusedInput for binary data, and for a document that declares entities.
    """
    declared = _DECLARED.search(data[:1024])
    named = charset or (declared[1].decode("ascii") if declared else None)
    text = decode(data, named).lstrip("\ufeff")
    declaration = _DECLARATION.match(text)
    return _without_doctype(text[declaration.end() :] if declaration else text)


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
    """Repair usual errors: leading junk, HTML entities, bare ampersands, invalid characters."""
    start = max(text.find("<"), 0)
    declaration = _DECLARATION.match(text, start)
    body = _INVALID.sub("", text[declaration.end() if declaration else start :])
    return _REFERENCE.sub(_entity, _without_doctype(body))


def _entity(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if hexadecimal or decimal:
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        return found[0] if code < 0x110000 and not _INVALID.match(chr(code)) else ""
    if name in _OWN:
        return found[0]
    known = html5.get(f"{name};")
    return escape(known) if known else f"&amp;{found[0][1:]}"


def _without_doctype(text: str) -> str:
    """The text without document types: XML allows one, some feeds have more."""
    kept: list[str] = []
    at = 0
    while True:
        prolog = _PROLOG.match(text, at)
        start = prolog.end() if prolog else at
        doctype = _DOCTYPE.match(text, start)
        if not doctype:
            return "".join([*kept, text[at:]])
        if doctype["subset"]:
            raise RefusedInput("declares entities or a document type of its own, which is not read")
        kept.append(text[at:start])
        at = doctype.end()


def _place(error: Exception) -> str:
    position = getattr(error, "position", None)
    return f" (line {position[0]})" if position and position[0] else ""
