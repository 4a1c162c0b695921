"""`/trends [topic…] [7d|30d]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import UsageError
from bot.languages import tr
from bot.models import Topic
from bot.trends.counting import EARLIER, WEEK
from handlers.parsing.durations import read_length
from handlers.parsing.tokens import Found, Reader, Word, only, read, skipping, split
from handlers.parsing.topics import beginning, exact, named, unknown_word

EXAMPLE = "/trends energy 30d"

FILLERS = (
    "a about and charts chart for from give in me of on over picture show the this topic trends"
)


@dataclass(frozen=True, slots=True)
class TrendsAsk:
    """The arguments of /trends; no topics mean all built-in ones."""

    topics: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class _Days:
    count: int


def parse_trends(text: str, topics: Sequence[Topic]) -> TrendsAsk:
    """Read the arguments of /trends; raises UsageError naming what was not understood."""
    readers: list[Reader[object]] = [
        exact(topics),
        _read_days,
        skipping(FILLERS),
        beginning(topics),
    ]
    kinds = tr("topic or span of time")
    words = split(text, EXAMPLE)
    values = read(
        words, readers, lambda word: unknown_word(word, topics, ("7d", "30d"), kinds, EXAMPLE)
    )
    days = only(values, _Days, _one_of_two(), EXAMPLE)
    return TrendsAsk(named(values), days.count if days else WEEK)


def _read_days(words: Sequence[Word]) -> Found[_Days] | None:
    found = read_length(words)
    if found is None:
        return None
    days = found.value / timedelta(days=1)
    if days not in EARLIER:
        raise UsageError(_one_of_two(), EXAMPLE)
    return Found(found.length, _Days(int(days)))


def _one_of_two() -> str:
    return tr("Trends are those of 7 or of 30 days: write 7d or 30d.")
