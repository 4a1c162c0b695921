"""Whether something is reported clearly more than before: Dunning's log-likelihood ratio, G².

T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993,
https://aclanthology.org/J93-1003/. It compares shares of the articles, not numbers of articles, so
that a day with more of everything, or a new source, makes nothing rise.
"""

from __future__ import annotations

from math import log

SURE = 10.83
"""The least G² of what rises: by chance alone one in 1,000 reaches it (χ², one degree)."""

TIMES = 2.0
"""How many times its share before the share now is at least."""

LEAST, LEAST_SOURCES = 5, 2
"""Articles and sources now; fewer are no news of many."""


def ratio(now: int, before: int, all_now: int, all_before: int) -> float:
    """Return G² for `now` of `all_now` articles against `before` of `all_before`; 0 or more."""
    whole = all_now + all_before
    if not whole:
        return 0.0
    share = (now + before) / whole
    return 2 * (_term(now, all_now * share) + _term(before, all_before * share))


def rises(now: int, before: int, all_now: int, all_before: int) -> bool:
    """Return whether something is reported clearly more than before; never without a before."""
    if now < LEAST or not all_before:
        return False
    more = now * all_before >= TIMES * before * all_now
    return more and ratio(now, before, all_now, all_before) >= SURE


def _term(seen: int, expected: float) -> float:
    return seen * log(seen / expected) if seen else 0.0
