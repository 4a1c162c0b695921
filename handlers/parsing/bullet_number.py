"""`/why N` and `/story N`."""

from __future__ import annotations

from bot.errors import UsageError
from handlers.parsing.tokens import either, shown, split

_FILLERS = frozenset({"bullet", "number", "no", "nr", "story", "the"})


def parse_number(
    text: str, command: str, count: int, where: str = "The latest briefing here"
) -> int:
    """Read a bullet's number from 1 to `count`; optional where there is one bullet."""
    example = f"/{command} {min(2, count)}"
    words = [word for word in split(text, example) if word.key not in _FILLERS]
    if not words and count == 1:
        return 1
    if not words:
        raise UsageError(f"Give the number of a bullet, from 1 to {count}.", example)
    if len(words) > 1:
        choices = either([f"/{command} {word.key}" for word in words[:3] if word.key.isdecimal()])
        raise UsageError("Give the number of one bullet only.", choices.split(" or ")[0] or example)
    number = words[0].key
    if not number.isdecimal():
        raise UsageError(f"{shown(words[0].text)} is not the number of a bullet.", example)
    if len(number) > 6 or not 1 <= int(number) <= count:
        known = f"bullets 1 to {count}" if count > 1 else "one bullet"
        raise UsageError(f"{where} has {known}, not {shown(number)}.", example)
    return int(number)
