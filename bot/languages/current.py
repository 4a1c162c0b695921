"""The language that the running task speaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.languages.catalogues import ENGLISH, RIGHT_TO_LEFT

_CURRENT: ContextVar[str] = ContextVar("language", default=ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language until the block ends, in this task and those that it starts.

    An empty one is the one that is spoken already.
    """
    before = _CURRENT.set(language or code())
    try:
        yield
    finally:
        _CURRENT.reset(before)


def code() -> str:
    """Return the code of the language that is spoken now."""
    return _CURRENT.get()


def right_to_left() -> bool:
    """Return whether the language that is spoken now is written from right to left."""
    return code() in RIGHT_TO_LEFT
