"""Finds the JSON in a model's answer: among prose, fenced, or written as models write it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from summarizer.llm.thoughts import without_thoughts

LONGEST = 60_000
"""Characters of an answer that are read."""

_MOST_STARTS = 400
_MOST_UNCLOSED = 6
_DEEPEST = 12
_OPENING = re.compile(r"[{\[](?=\s*[\"'“”{\[\]}\w])")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r"(}\s*)(?={)")
_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)(\s*:)")
_BRACKET_OR_STRING = re.compile(
    r""""(?:[^"\\]|\\.)*"|(?<=[{\[,:\s])'(?:[^'\\]|\\.)*'(?=\s*[,:}\]])|[{}\[\]]""", re.DOTALL
)
_TYPOGRAPHIC = str.maketrans({"“": '"', "”": '"', "„": '"'})
_DECODER = json.JSONDecoder(strict=False)

Item = dict[str, Any]
IsItem = Callable[[Mapping[str, Any]], bool]


class Unreadable(ValueError):
    """The answer is not the JSON that was asked for; the message says why."""


def items_in(answer: str, container: str, is_item: IsItem) -> list[Item]:
    """The objects that `is_item` accepts, keys in lower case; raises Unreadable where none are.

    They may be listed under `container`, in a bare list, one by one, or under names of their own,
    which they then hold as `key`. An empty container is an answer too.
    """
    last: list[Item] | None = None
    said = without_thoughts(answer)
    for text in dict.fromkeys((said, answer, _unwrapped(said))):
        single: list[Item] = []
        for value in _values(text[:LONGEST]):
            found = list(_walk(value, is_item, "", 0))
            if isinstance(value, dict) and found and is_item(_lowered(value)):
                single += found
            elif found or _is_empty(value, container):
                last = found
        if single or last is not None:
            return single if last is None else last
    raise Unreadable(_reason(answer))


def _unwrapped(text: str) -> str:
    """The JSON in an answer that is one JSON string; "" where it is something else."""
    value = _json(text.strip()[:LONGEST]) if text.lstrip().startswith('"') else None
    return value if isinstance(value, str) else ""


def _reason(answer: str) -> str:
    if not answer.strip():
        return "the answer is empty"
    if not without_thoughts(answer).strip():
        return "the answer is only a thought"
    return "the answer is not the JSON that was asked for"


def _walk(value: object, is_item: IsItem, key: str, depth: int) -> Iterator[Item]:
    """The items in a value, outermost first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        lowered = _lowered(value)
        if is_item(lowered):
            yield {"key": key} | lowered
            return
        for name, held in lowered.items():
            yield from _walk(held, is_item, name, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _walk(each, is_item, key, depth + 1)


def _lowered(value: Mapping[Any, Any]) -> Item:
    return {str(name).strip().lower(): held for name, held in value.items()}


def _is_empty(value: object, container: str) -> bool:
    return isinstance(value, dict) and _lowered(value).get(container) == []


def _values(text: str) -> Iterator[object]:
    """Every object or list that stands in a text, not those within another."""
    at, unclosed = 0, 0
    for _ in range(_MOST_STARTS):
        start = _OPENING.search(text, at)
        if start is None:
            return
        value, end = _decoded(text, start.start(), mend=unclosed < _MOST_UNCLOSED)
        unclosed += end < start.start()
        if isinstance(value, (dict, list)):
            yield value
            at = end
        else:
            at = start.start() + 1


def _decoded(text: str, start: int, *, mend: bool) -> tuple[object, int]:
    """The value that starts here and where it ends; -1 where no bracket closes it."""
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        if not mend:
            return None, start
    end = _balanced_end(text, start)
    return (_repaired(text[start:end]), end) if end > start else (None, -1)


def _repaired(piece: str) -> object:
    """JSON with commas too many or too few, other quotation marks, or keys without any."""
    plain = _MISSING_COMMA.sub(r"\1,", _TRAILING_COMMA.sub(r"\1", piece))
    straight = plain.translate(_TYPOGRAPHIC)
    for each in (plain, straight):
        if (value := _json(each)) is not None:
            return value
    try:
        return ast.literal_eval(piece)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return _json(_BARE_KEY.sub(r'\1"\2"\3', straight))


def _json(piece: str) -> object:
    try:
        return _DECODER.decode(piece)
    except (ValueError, RecursionError):
        return None


def _balanced_end(text: str, start: int) -> int:
    """Behind the bracket that closes the one at `start`; -1 where none does."""
    depth = 0
    for found in _BRACKET_OR_STRING.finditer(text, start):
        if found[0] in "{[":
            depth += 1
        elif found[0] in "}]":
            depth -= 1
            if depth == 0:
                return found.end()
    return -1
