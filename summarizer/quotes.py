"""Quotation marks and brackets: whether they match, and what stands outside quotations."""

from __future__ import annotations

import re

_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]", "{": "}", "「": "」", "『": "』"}
_CLOSERS = frozenset(_PAIRS.values())
_MARKS = re.compile(r"[“”«»(){}\[\]「」『』]")
_ANY_MARK = re.compile(r"[\"“«‘']")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|(?<!\w)‘[^‘’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")


def balanced(text: str) -> bool:
    """Whether every double quotation mark and bracket has its partner, in order."""
    if text.count('"') % 2 or text.count("„"):
        return False
    waiting: list[str] = []
    for mark in _MARKS.findall(text):
        if mark in _CLOSERS:
            if not waiting or waiting.pop() != mark:
                return False
        else:
            waiting.append(_PAIRS[mark])
    return not waiting


def unquoted(text: str) -> str:
    """The text with each quotation replaced by a mark, so that only the writer's own words stay."""
    return _QUOTED.sub("”", text) if _ANY_MARK.search(text) else text


def quotations(text: str) -> frozenset[str]:
    """What stands in quotation marks, without them and without a mark at its end."""
    if not _ANY_MARK.search(text):
        return frozenset()
    return frozenset(found[0][1:-1].strip(" ,.;:") for found in _QUOTED.finditer(text))


def inside_quotes(text: str, at: int) -> bool:
    """Whether the character at `at` belongs to a quotation."""
    if not _ANY_MARK.search(text):
        return False
    return any(found.start() <= at < found.end() for found in _QUOTED.finditer(text))
