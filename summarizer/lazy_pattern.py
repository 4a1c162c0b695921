"""Regular expressions that are compiled when they are first used.

A fifth of what a command took to start was spent on compiling, half of it on patterns that the
command never used.
"""

from __future__ import annotations

import re
from typing import Any, cast


class LazyPattern:
    """Stands for a compiled pattern; each method is looked up once."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked for by copy and pickle before there are attributes
            raise AttributeError(name)
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern; a fault in its source shows when it is first used, and in the tests."""
    return cast("re.Pattern[str]", LazyPattern(source, flags))
