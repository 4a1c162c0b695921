"""Whether work takes time in proportion to its input, on a machine that may be busy."""

from __future__ import annotations

import math
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SHORT = 40
"""How many times shorter the text is on which a first look is taken."""

CUT_OFF = 30
"""After how many times the limit work is cut off: Markdown of brackets alone takes six times the
limit of its test where nothing else runs, and is read in proportion to its length."""

STEEP = 10
"""A work on a text four times as long takes 4 times as long if it is linear, 16 if quadratic."""


class TooSlow(Exception):
    """Work was cut off."""


def slow(work: Callable[[str], object], text: str, limit: float) -> float | None:
    """Return the seconds that work on the text takes if they are too many, otherwise None.

    `limit` is in seconds of processor time. Work beyond it is measured again, and is right if it
    takes in proportion as long on a quarter of the text: then the machine is slow.
    """
    if _is_linear(work, text, limit):
        return None
    whole = _least_seconds(work, text, limit, enough=limit)
    if whole <= limit:
        return None
    quarter = _least_seconds(work, text[: len(text) // 4] + text[-1:], limit)
    return None if whole < min(quarter * STEEP, limit * CUT_OFF) else whole


def _is_linear(work: Callable[[str], object], text: str, limit: float) -> bool:
    """Whether short beginnings of the text tell already that the whole is within the limit.

    They are timed by the wall's clock, because the processor's may count by the tick.
    """
    quick = limit / SHORT / 16  # then even 16 times what is linear is within the limit
    first = _least(_wall_seconds, work, text[: len(text) // SHORT] + text[-1:], quick)
    if first <= quick:
        return True
    most = min(limit / SHORT * 4, first * 7)
    longer = text[: 4 * len(text) // SHORT] + text[-1:]
    return _least(_wall_seconds, work, longer, most) <= most


def _least(
    timed: Callable[[Callable[[], object]], float],
    work: Callable[[str], object],
    text: str,
    enough: float,
) -> float:
    """The seconds of the shortest of three runs, or of the first that is as short as `enough`."""
    least = math.inf
    for _ in range(3):
        least = min(least, timed(lambda: work(text)))
        if least <= enough:
            break
    return least


def _least_seconds(
    work: Callable[[str], object], text: str, limit: float, enough: float = 0.0
) -> float:
    return _least(lambda run: processor_seconds(run, limit * CUT_OFF), work, text, enough)


def _wall_seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


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
