"""Untrusted JSON, read with limits."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.errors import RefusedInput

_TRAILING = re.compile(r"\"(?:[^\"\\]|\\.)*+\"?|,(?=\s*+[\]}])", re.DOTALL)
"""A string, also one that does not end, or a comma before a closing bracket."""


def read_json(text: str) -> Any:
    """Parse any JSON value; raises RefusedInput, also where the nesting is too deep.

    Line breaks within strings and commas before a closing bracket do no harm.
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
        mended = _TRAILING.sub(lambda found: "" if found[0] == "," else found[0], text)
        if mended == text:
            raise
        return json.loads(mended, strict=False)
