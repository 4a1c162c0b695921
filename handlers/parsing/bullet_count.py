"""The length of a briefing: `short`, `long`, `7 bullets`, `top 5`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.languages import tr
from handlers.parsing.tokens import Found, Word, shown

SHORT, LONG, MOST = 3, 10, 20

LENGTHS = {
    "short": SHORT,
    "shorter": SHORT,
    "long": LONG,
    "longer": LONG,
    "full": LONG,
    "detailed": LONG,
}
_NOUNS = frozenset({"bullet", "bullets", "point", "points", "items", "stories"})
_LEADS = frozenset({"top", "max", "most"})


@dataclass(frozen=True, slots=True)
class Bullets:
    """The maximum number of bullets per topic."""

    most: int


def read_bullets(words: Sequence[Word]) -> Found[Bullets] | None:
    """Read a length by name or as a number of bullets."""
    if words[0].key in LENGTHS:
        return Found(1, Bullets(LENGTHS[words[0].key]))
    lead = int(words[0].key in _LEADS and len(words) > 1)
    number = words[lead].key
    noun = words[lead + 1 : lead + 2]
    named = bool(noun) and noun[0].key in _NOUNS
    if not (number.isdecimal() and len(number) < 9 and (lead or named)):
        return None
    if not 1 <= int(number) <= MOST:
        raise UsageError(
            tr(
                "{text} bullets are not possible: choose 1 to {most}.",
                text=shown(words[lead].text),
                most=MOST,
            )
        )
    return Found(lead + 1 + int(named), Bullets(int(number)))
