"""Settings of the C library's memory allocator."""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_ARENA_MAX = -8
"""The option of glibc's mallopt for the number of arenas (malloc.h)."""


def share_between_threads() -> None:
    """Make all threads use one arena, so that memory freed by one thread serves the others.

    By default each thread gets its own arena, which is hardly ever returned to the system. Does
    nothing if the C library is not glibc.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
