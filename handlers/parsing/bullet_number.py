"""`/why N` and `/story N`."""

from __future__ import annotations

from bot.errors import UsageError
from bot.languages import plural, tr
from handlers.parsing.tokens import shown, split

_FILLERS = frozenset({"bullet", "number", "no", "nr", "story", "the"})


def parse_number(text: str, command: str, count: int, *, that: bool = False) -> int:
    """Read a bullet's number from 1 to `count`; optional where there is one bullet.

    It counts in `that` briefing which was replied to, or else in the latest one.
    """
    example = f"/{command} {min(2, count)}"
    words = [word for word in split(text, example) if word.key not in _FILLERS]
    if not words and count == 1:
        return 1
    if not words:
        raise UsageError(
            tr("Give the number of a bullet, from 1 to {count}.", count=count), example
        )
    if len(words) > 1:
        first = next((f"/{command} {word.key}" for word in words if word.key.isdecimal()), example)
        raise UsageError(tr("Give the number of one bullet only."), first)
    number = words[0].key
    if not number.isdecimal():
        raise UsageError(
            tr("{text} is not the number of a bullet.", text=shown(words[0].text)), example
        )
    if len(number) > 6 or not 1 <= int(number) <= count:
        raise UsageError(_none_such(count, shown(number), that=that), example)
    return int(number)


def _none_such(count: int, number: str, *, that: bool) -> str:
    if that:
        return plural(
            count,
            "That briefing has one bullet, not {number}.",
            "That briefing has bullets 1 to {count}, not {number}.",
            number=number,
        )
    return plural(
        count,
        "The latest briefing here has one bullet, not {number}.",
        "The latest briefing here has bullets 1 to {count}, not {number}.",
        number=number,
    )
