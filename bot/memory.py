"""The memory of a process: the C library's allocator and Python's garbage collector."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""Options of glibc's mallopt (malloc.h): where a request is large, and the number of arenas."""

LARGE = 256 * 1024
"""Bytes from which memory is taken from the system and returned to it when it is freed.

glibc raises this by itself to what was freed last, up to 32 MB; what the matrices of one window
took would then stay with the process, in pieces.
"""

NEW_OBJECTS = 20_000
"""How many new objects set off a collection; a command makes few cycles and ends soon."""


def share_between_threads() -> None:
    """Make all threads use one arena, so that memory freed by one thread serves the others.

    By default each thread gets its own arena, which is hardly ever returned to the system. What is
    large is returned as soon as it is freed. Does nothing if the C library is not glibc.
    """
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, 1)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Return freed memory to the system, which the C library keeps for later.

    Judging a window takes tens of megabytes for a moment.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def hold_collection() -> None:
    """Collect no garbage until `allow_collection`: code that is imported stays."""
    gc.disable()


def allow_collection() -> None:
    """Collect garbage from now on, without looking again at what exists already."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    gc.enable()


def end_collection() -> None:
    """Look at nothing again: the process ends, and its memory with it."""
    gc.freeze()
