"""Untrusted JSON, read with limits."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.errors import RefusedInput

_TRAILING = re.compile(r"\"(?:[^\"\\]|\\.)*+\"?|,(?=\s*+[\]}])", re.DOTALL)
"""A string, also one that does not end, or a comma before a closing bracket."""


_BEFORE = re.compile(
    r"\s{0,99}(?:(?:\)\]\}'?,?|while\s{0,3}\(1\);|for\s{0,3}\(;;\);"
    r"|[A-Za-z_$][\w.$]{0,80}\s{0,3}\(|//[^\n]{0,500}\n|/\*[^*]{0,500}\*/)\s{0,99}){0,3}"
    r"(?=\[\s{0,99}[\"{\]]|\{\s{0,99}[\"}])"
)
"""What servers put before JSON: guards against its use as a script, a call, a remark."""

_AFTER = re.compile(r"[\s);]{0,9}(?:(?://|/\*|<!--|#)[^\n]{0,500}\s{0,9}){0,9}")
"""What may follow: the end of a call, remarks."""


def begins_as_json(text: str) -> bool:
    """Whether an object or a list begins a text, perhaps behind a guard, a call or a remark."""
    return _BEFORE.match(text.removeprefix("\ufeff")) is not None


def read_json(text: str) -> Any:
    """Parse any JSON value; raises RefusedInput, also where the nesting is too deep.

    Line breaks within strings, commas before a closing bracket, guards and remarks do no harm.
    """
    try:
        return _loaded(text)
    except json.JSONDecodeError as error:
        raise RefusedInput(
            f"is not JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise RefusedInput("is not JSON: a number or its nesting is too deep to read") from error


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError:
        bare = _bare(text)
        mended = _TRAILING.sub(lambda found: "" if found[0] == "," else found[0], bare)
        if mended == text:
            raise
        return json.loads(mended, strict=False)


def _bare(text: str) -> str:
    """The text without what stands around its JSON."""
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    end = max(text.rfind("}"), text.rfind("]")) + 1
    ended = end > start and _AFTER.fullmatch(text, end)
    return text[start:end] if ended else text[start:]
