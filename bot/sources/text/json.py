"""Untrusted JSON, read with limits."""

from __future__ import annotations

import json
from typing import Any

from bot.errors import RefusedInput


def read_json(text: str) -> Any:
    """Parse any JSON value; raises RefusedInput, also where the nesting is too deep."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise RefusedInput(f"is not JSON: {error.msg} at character {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:
        raise RefusedInput("is not JSON: a number or its nesting is too deep to read") from error
