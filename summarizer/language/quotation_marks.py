"""Quotation marks and brackets: whether they match, and what stands outside quotations."""

from __future__ import annotations

from summarizer.lazy_pattern import lazy_pattern

_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]", "{": "}", "「": "」", "『": "』"}
_CLOSERS = frozenset(_PAIRS.values())
_MARKS = lazy_pattern(r"[“”«»(){}\[\]「」『』]")
_SINGLE = lazy_pattern(
    r"(?P<opens>(?<!\w)‘(?=[^\W\d]|[\d“\"]))|(?P<closes>(?<=[.,!?;:…”])’(?!\w))|(?<=\w)’(?!\w)"
)
"""A single mark that opens a quotation, closes it, or may close it: "the ministers’"."""

_LOW_FIRST = lazy_pattern(r"„([^„“”]*)[“”]")
_INWARD = lazy_pattern(r"»([^«»]*)«")
"""Quotation marks of German, Polish and other languages."""

_ANY_MARK = lazy_pattern(r"[\"“„«»‘']")
_QUOTED = lazy_pattern(
    r"„[^„“”]*[“”]|»[^«»]*«|“[^“”]*”|\"[^\"]*\"|«[^«»]*»"
    r"|(?<!\w)‘[^‘’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)"
)


def balanced(text: str) -> bool:
    """Whether quotation marks and brackets are balanced; apostrophes are ignored."""
    text = _LOW_FIRST.sub(r"“\1”", text) if "„" in text else text
    text = _INWARD.sub(r"«\1»", text) if "»" in text else text
    if text.count('"') % 2 or "„" in text or not _singles_match(text):
        return False
    waiting: list[str] = []
    for mark in _MARKS.findall(text):
        if mark in _CLOSERS:
            if not waiting or waiting.pop() != mark:
                return False
        else:
            waiting.append(_PAIRS[mark])
    return not waiting


def _singles_match(text: str) -> bool:
    if "‘" not in text and "’" not in text:
        return True
    opened = maybe_closed = False
    for mark in _SINGLE.finditer(text):
        if mark["opens"]:
            if opened and not maybe_closed:
                return False
            opened, maybe_closed = True, False
        elif mark["closes"]:
            if not opened:
                return False
            opened = False
        else:
            maybe_closed = True
    return maybe_closed or not opened


def unquoted(text: str) -> str:
    """The text with each quotation replaced by a mark."""
    return _QUOTED.sub("”", text) if _ANY_MARK.search(text) else text


def quotations(text: str) -> frozenset[str]:
    """The quoted texts, without quotation marks and final punctuation."""
    if not _ANY_MARK.search(text):
        return frozenset()
    return frozenset(found[0][1:-1].strip(" ,.;:") for found in _QUOTED.finditer(text))


def inside_quotes(text: str, at: int) -> bool:
    """Whether the character at `at` belongs to a quotation, also to one that is cut off."""
    if not _ANY_MARK.search(text):
        return False
    if any(found.start() <= at < found.end() for found in _QUOTED.finditer(text)):
        return True
    if "„" in text:
        return False
    begun = text.rfind("“", 0, at + 1) > text.rfind("”", 0, at + 1)
    ends, begins = text.find("”", at), text.find("“", at)
    return begun or -1 < ends < (begins if begins >= 0 else len(text))
