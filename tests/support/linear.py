"""Whether work takes time in proportion to its input, on a machine that may be busy."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SHORT = 40
"""How many times shorter the text is on which a first look is taken."""

CUT_OFF = 10
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
    if _is_linear(work, text, limit) or _is_within(limit, work, text):
        return None
    part = text[: len(text) // 4] + text[-1:]
    whole, quarter = (_least_seconds(work, each, limit) for each in (text, part))
    return None if whole < min(quarter * STEEP, limit * CUT_OFF) else whole


def _is_linear(work: Callable[[str], object], text: str, limit: float) -> bool:
    """Whether short beginnings of the text tell already that the whole is within the limit.

    They are timed by the wall's clock, because the processor's may count by the tick.
    """
    first = _least_wall_seconds(work, text[: len(text) // SHORT] + text[-1:])
    if first <= limit / SHORT / 16:  # then even 16 times what is linear is within the limit
        return True
    longer = _least_wall_seconds(work, text[: 4 * len(text) // SHORT] + text[-1:])
    return longer <= limit / SHORT * 4 and longer < first * 7


def _least_wall_seconds(work: Callable[[str], object], text: str) -> float:
    took = []
    for _ in range(3):
        began = time.perf_counter()
        work(text)
        took.append(time.perf_counter() - began)
    return min(took)


def _is_within(limit: float, work: Callable[[str], object], text: str) -> bool:
    """Whether one of three runs takes at most so long."""
    return any(processor_seconds(lambda: work(text), limit * CUT_OFF) <= limit for _ in range(3))


def _least_seconds(work: Callable[[str], object], text: str, limit: float) -> float:
    return min(processor_seconds(lambda: work(text), limit * CUT_OFF) for _ in range(3))


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
