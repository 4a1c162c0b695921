"""Memory that the C library keeps for threads, kept small."""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_ARENA_MAX = -8
"""glibc's name for the most arenas, malloc.h."""


def share_between_threads() -> None:
    """Let all threads use one arena, so that what one has freed serves the others.

    By default each thread gets one of its own, which is hardly ever given back. Elsewhere than on
    glibc nothing happens.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
