"""`/watch [topic…] [country] words, "a phrase" -words`; `/unwatch N`; `/mute alerts 3h`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UsageError
from bot.languages import plural, tr
from bot.models import NewsFilter, Topic
from handlers.parsing.durations import read_length
from handlers.parsing.news_filter import Filtered, filter_of, quoted_words, read_filter, word_term
from handlers.parsing.pause import ENDLESS, parse_pause
from handlers.parsing.tokens import (
    Found,
    Reader,
    Word,
    bounded,
    first_and_rest,
    fold,
    read,
    shown,
    split,
    with_plain_quotes,
)
from handlers.parsing.topics import exact, folded_names, named, translated

EXAMPLE = '/watch "Strait of Hormuz"'
UNWATCH_EXAMPLE = "/unwatch 1"

_FILLER_WORDS = "about any anything for me new news on stories story that the to us when"
_FILLERS = frozenset(_FILLER_WORDS.split())
"""Words that say nothing before a phrase, and belong to it inside."""

_OR = frozenset({"or", "|"})
_QUOTED = re.compile(r'("[^"]*")')
_COMMA = re.compile("[,;،、，；]")

_MUTED = frozenset({"for", "until", "till"})
_ALERTS = frozenset({"alerts", "alert", "watches"})
_ALL = frozenset({"all", "everything"})


@dataclass(frozen=True, slots=True)
class WatchAsk:
    """What to watch for; no topics mean any."""

    topics: tuple[str, ...]
    filter: NewsFilter

    def __bool__(self) -> bool:
        return bool(self.topics or self.filter)


@dataclass(frozen=True, slots=True)
class _Bare:
    """A word that means nothing else; several in a row are a phrase, which no `filler` begins."""

    text: str
    filler: bool


def parse_watch(text: str, topics: Sequence[Topic]) -> WatchAsk:
    """Read the arguments of /watch; words in a row are a phrase, commas part phrases."""
    values: list[object] = []
    for piece in _between_commas(with_plain_quotes(bounded(text, EXAMPLE))):
        values += _phrases(_values(piece, topics))
    given = filter_of(values, EXAMPLE)
    if given.unwanted and not given.wanted and not named(values):
        raise UsageError(tr("Say what the alert is about, not only what to leave out."), EXAMPLE)
    return WatchAsk(named(values), given)


def parse_numbers(text: str, count: int) -> tuple[int, ...]:
    """Read which of `count` watches to end, counted from 1; "all" is all of them."""
    words = [word for word in split(text, UNWATCH_EXAMPLE) if word.key not in {"number", "and"}]
    if any(word.key in _ALL for word in words):
        return tuple(range(1, count + 1))
    for word in words:
        number = word.key
        if not (number.isdecimal() and len(number) < 6 and 1 <= int(number) <= count):
            said = plural(
                count,
                "{text} is not the number of an alert: choose 1.",
                "{text} is not the number of an alert: choose from 1 to {count}.",
                text=shown(word.text),
            )
            raise UsageError(said, UNWATCH_EXAMPLE)
    return tuple(int(word.key) for word in words)


def parse_silence(text: str, now: datetime, timezone: str) -> datetime | None:
    """Read `3h`, `until 18:00`, `alerts for 8 hours` after /mute; None for words to be muted.

    `alerts` alone is muted until it is unmuted.
    """
    alone = names_alerts(text)
    if alone is not None:
        return _pause(alone, now, timezone) or ENDLESS
    words = split(text)
    if not words:
        return None
    length = read_length(words) if words[0].key[:1].isdecimal() else None
    if words[0].key in _MUTED or (length and length.length == len(words)):
        return _pause(text, now, timezone)
    return None


def names_alerts(text: str) -> str | None:
    """Return what follows `alerts` after /mute or /unmute; None for words, as in quotes."""
    first, rest = first_and_rest(text)
    return rest if fold(first.strip(",:;")) in _ALERTS else None


def _pause(text: str, now: datetime, timezone: str) -> datetime | None:
    try:
        return parse_pause(text, now, timezone)
    except UsageError as error:
        raise UsageError(str(error), "/mute alerts 3h") from error


def _between_commas(text: str) -> Iterator[str]:
    """Split text at commas that are not inside quotes."""
    said = ""
    for at, part in enumerate(_QUOTED.split(text)):
        if at % 2:
            said += part
            continue
        first, *others = _COMMA.split(part)
        said += first
        for other in others:
            yield said
            said = other
    yield said


def _values(text: str, topics: Sequence[Topic]) -> list[object]:
    readers: list[Reader[object]] = [
        exact(topics),
        read_filter,
        translated(topics),
        _read_bare,
    ]
    return read(quoted_words(text, EXAMPLE, folded_names(topics)), readers, _never)


def _phrases(values: Sequence[object]) -> list[object]:
    """Join bare words that stand in a row to one phrase."""
    found: list[object] = []
    phrase: list[_Bare] = []
    for value in (*values, None):
        if isinstance(value, _Bare):
            phrase += [value] if phrase or not value.filler else []
            continue
        while phrase and phrase[-1].filler:
            phrase.pop()
        if phrase:
            said = " ".join(each.text for each in phrase)
            found.append(Filtered((word_term(said, EXAMPLE),)))
        phrase = []
        found.append(value)
    return found


def _read_bare(words: Sequence[Word]) -> Found[object]:
    """Read any word; "or" parts two phrases."""
    if words[0].key in _OR:
        return Found(1, None)
    return Found(1, _Bare(words[0].text, words[0].key in _FILLERS))


def _never(word: Word) -> UsageError:
    return UsageError(tr("I do not understand {text}.", text=shown(word.text)), EXAMPLE)
