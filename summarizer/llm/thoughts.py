"""Separates what a model thought aloud from what it answers."""

from __future__ import annotations

import re

_NAMES = r"(?:think|thinking|thought|reasoning|reflection|analysis)"
_END = re.compile(
    rf"</{_NAMES}>|\[/THINK\]|<\|?(?:end_of_thought|/think)\|?>|<\|channel\|>\s*final\b[^<]*"
    r"<\|message\|>|◁/think▷",
    re.IGNORECASE,
)
_START = re.compile(
    rf"<{_NAMES}>|\[THINK\]|<\|channel\|>\s*analysis\b[^<]*<\|message\|>|◁think▷", re.IGNORECASE
)


def without_thoughts(text: str) -> str:
    """The text behind the last end of a thought, up to where a thought begins that never ends.

    A thought may lack its start, as some chat templates give it in the prompt.
    """
    ends = [each.end() for each in _END.finditer(text)]
    rest = text[ends[-1] :] if ends else text
    start = _START.search(rest)
    return rest[: start.start()] if start else rest
