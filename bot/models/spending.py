"""The cost of language model answers, and the cached answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reservation:
    """Millionths of a dollar reserved in these periods for a call, until it is settled."""

    periods: tuple[str, ...]
    amount: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A raw answer of a model, and the tokens that it used."""

    answer: str
    input_tokens: int
    output_tokens: int
