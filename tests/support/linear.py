"""Whether work takes time in proportion to its input, on a machine that may be busy."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SHORT = 40
"""How many times shorter the text is on which a first look is taken."""

CUT_OFF = 20
"""After how many times the limit work is cut off."""


STEEP = 10
"""A work on a text four times as long takes 4 times as long if it is linear, 16 if quadratic."""


class TooSlow(Exception):
    """Work was cut off."""


def slow(work: Callable[[str], object], text: str, limit: float) -> float | None:
    """Return the seconds that work on the text takes if they are too many, otherwise None.

    `limit` is in seconds of processor time. Work beyond it is measured again, and is right if it
    takes in proportion as long on a quarter of the text: then the machine is slow.
    """
    first = text[: len(text) // SHORT] + text[-1:]
    if processor_seconds(lambda: work(first), limit * CUT_OFF) < limit / SHORT / 4:
        return None
    for _ in range(3):
        seconds = processor_seconds(lambda: work(text), limit * CUT_OFF)
        if seconds <= limit:
            return None
    part = text[: len(text) // 4] + text[-1:]
    quarter = min(processor_seconds(lambda: work(part), limit * CUT_OFF) for _ in range(3))
    return None if seconds < quarter * STEEP else seconds


def processor_seconds(work: Callable[[], object], limit: float) -> float:
    """How long the work takes; the limit if it takes longer than that."""
    began = time.process_time()
    try:
        with _cut_off_after(limit):
            work()
    except TooSlow:
        return limit
    return time.process_time() - began


@contextmanager
def _cut_off_after(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block when it has used so much processor time."""

    def cut_off(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, cut_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
