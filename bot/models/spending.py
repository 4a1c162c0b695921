"""What a language model's answers cost, and the answers kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reservation:
    """Millionths of a dollar put aside in these periods for a call, until it is settled."""

    periods: tuple[str, ...]
    amount: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A model's answer as it came, and the tokens that it took."""

    answer: str
    input_tokens: int
    output_tokens: int
