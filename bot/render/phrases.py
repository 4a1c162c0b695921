"""Counts and lists in words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: "1 source", "1,204 articles", "3 stories"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("ry") else f"{number:,} {noun}s"


def listed(names: list[str]) -> str:
    """Join names: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
