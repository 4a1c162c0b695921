"""Document types: where they end, and the entities that they declare, expanded within bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.errors import RefusedInput

MOST_GROWTH = 1_000_000
"""Characters that a document's own entities may add to it."""

_MOST_ENTITIES = 300
_LONGEST = 20_000
"""Characters of one entity, with all that it refers to."""

_DEEPEST = 8
"""How often what entities refer to is looked up again."""

_LARGEST = 200_000
"""Characters of a document type whose entities are read."""

XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
"""What XML knows without a document type."""

_HEAD = re.compile(r"<!doctype(?:[^<>\[\"']|\"[^\"]*+\"|'[^']*+')*+", re.IGNORECASE)
_PART = re.compile(
    r"\s++|%[\w.:-]{1,60};|<!--(?:[^-]|-(?!->))*+-->|<\?(?:[^?]|\?(?!>))*+\?>"
    r"|<!(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>"
)
"""One part of an internal subset; what is quoted may hold any brackets."""

_END = re.compile(r"\]\s{0,200}>")
_ENTITY = re.compile(
    r"<!ENTITY\s{1,20}(?P<parameter>%\s{1,20})?(?P<name>[\w.:-]{1,60})\s{1,20}"
    r"(?:(?P<external>SYSTEM|PUBLIC)|\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)')"
)
_REFERENCE = re.compile(r"&([A-Za-z_][\w.:-]{0,59});")


def doctype_end(text: str, at: int) -> int:
    """Where the document type that begins at `at` ends."""
    head = _HEAD.match(text, at)
    end = head.end() if head else at
    if text[end : end + 1] == "[":
        end += 1
        while part := _PART.match(text, end):
            end = part.end()
        if closed := _END.match(text, end) or _END.search(text, end):
            return closed.end()
        return len(text)
    close = text.find(">", end)
    return close + 1 if close >= 0 else len(text)


def entities_of(doctype: str) -> dict[str, str]:
    """The plain entities that a document type declares, each with all that it refers to.

    Raises RefusedInput for entities that name files, refer to themselves or grow without bound.
    Parameter entities are not read.
    """
    if "<!ENTITY" not in doctype:
        return {}
    if len(doctype) > _LARGEST:
        raise _endless()
    found: dict[str, str] = {}
    subset = doctype.index("[") + 1 if "[" in doctype else len(doctype)
    while part := _PART.match(doctype, subset):
        subset = part.end()
        each = _ENTITY.match(part[0])
        if each is None or each["parameter"]:
            continue
        if each["external"]:
            raise RefusedInput("declares entities that name files, which are not read")
        if each["name"] not in XML_ENTITIES:
            found.setdefault(each["name"], each["double"] or each["single"] or "")
        if len(found) > _MOST_ENTITIES:
            raise _endless()
    return _resolved(found)


def expanded(text: str, entities: Mapping[str, str], most: int = MOST_GROWTH) -> str:
    """The text with these entities replaced, once; raises RefusedInput where it grows by more."""
    growth = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal growth
        value = entities.get(found[1])
        if value is None:
            return found[0]
        growth += len(value)
        if growth > most:
            raise _endless()
        return value

    return _REFERENCE.sub(replace, text)


def _resolved(entities: dict[str, str]) -> dict[str, str]:
    """The entities without references to one another."""
    for _ in range(_DEEPEST):
        if not any(_refers(value, entities) for value in entities.values()):
            return entities
        for name, value in entities.items():
            entities[name] = expanded(value, entities, _LONGEST)
    raise _endless()


def _refers(value: str, entities: Mapping[str, str]) -> bool:
    return any(found[1] in entities for found in _REFERENCE.finditer(value))


def _endless() -> RefusedInput:
    return RefusedInput("declares entities that make it far larger, which are not read")
