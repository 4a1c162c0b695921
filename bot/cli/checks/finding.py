"""The result of a check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a check came out; only FAIL makes `briefbot doctor` end with status 1."""

    OK = "ok"
    NOTE = "note"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """How a check came out, and a line that explains it with the remedy."""

    mark: Mark
    text: str


def ok(text: str) -> Finding:
    return Finding(Mark.OK, text)


def note(text: str) -> Finding:
    return Finding(Mark.NOTE, text)


def fail(text: str) -> Finding:
    return Finding(Mark.FAIL, text)
