"""`/topics`, `/topics add name: words`, `/topics remove name`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.languages import tr
from bot.models import Topic
from handlers.parsing import brief, subscribe
from handlers.parsing.bullet_count import read_bullets
from handlers.parsing.news_filter import read_filter
from handlers.parsing.rhythm import read_also, read_weekly
from handlers.parsing.time_of_day import read_part, read_time
from handlers.parsing.time_window import Spans
from handlers.parsing.tokens import (
    Reader,
    Word,
    first_and_rest,
    fold,
    read,
    shown,
    skipping,
    split,
)
from handlers.parsing.topics import exact, translated
from handlers.parsing.weekdays import read_days

EXAMPLE = '/topics add floods: flood, "flash flood", monsoon, -insurance'

_LIST = frozenset({"", "list", "show", "all"})
_ADD = frozenset({"add", "new", "create", "set", "change"})
_REMOVE = frozenset({"remove", "delete", "drop", "rm"})
_NAMED = re.compile(r"([^:：=]*)[:：=]\s*(.*)", re.DOTALL)
_AROUND = " \"'“”„‟‘’«»"


@dataclass(frozen=True, slots=True)
class ListTopics:
    """Show the topics."""


@dataclass(frozen=True, slots=True)
class AddTopic:
    """Add a topic of the channel's own; `words` as typed."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class RemoveTopic:
    """Remove a topic of the channel's own."""

    name: str


def changes_topics(text: str) -> bool:
    """Return whether the arguments of /topics add or remove a topic."""
    return fold(first_and_rest(text)[0]) in _ADD | _REMOVE


def parse_topics(
    text: str, spans: Spans, topics: Sequence[Topic] = ()
) -> ListTopics | AddTopic | RemoveTopic:
    """Read the arguments of /topics in a chat with these topics; raises UsageError with an example.

    A name of several words may not be one that commands read as several things: "Iran energy".
    """
    verb, rest = first_and_rest(text)
    key = fold(verb)
    if key in _LIST and not rest:
        return ListTopics()
    if key in _ADD:
        return _add(rest, spans, topics)
    if key in _REMOVE:
        if not rest:
            raise UsageError(tr("Name the topic to remove."), "/topics remove floods")
        return RemoveTopic(rest.strip(_AROUND))
    raise UsageError(
        tr(
            "I do not understand {text}: write add, remove, or nothing to list the topics.",
            text=shown(verb),
        ),
        EXAMPLE,
    )


def _add(text: str, spans: Spans, topics: Sequence[Topic]) -> AddTopic:
    match = _NAMED.fullmatch(text)
    if match is None:
        raise UsageError(tr("Write a name, a colon, and the words to look for."), EXAMPLE)
    name = " ".join(match[1].strip(_AROUND).split())
    hyphenated = name.replace(" ", "-").casefold()
    if _reserved(hyphenated, spans):
        raise UsageError(
            tr("{text} means something else in commands: choose another name.", text=shown(name)),
            EXAMPLE,
        )
    others = [each for each in topics if each.name != hyphenated]
    if " " in name and _reserved(name, spans, exact(others), read_filter, translated(others)):
        raise UsageError(
            tr(
                "{text} means something else in commands: write it as {name}.",
                text=shown(name),
                name=hyphenated,
            ),
            EXAMPLE,
        )
    return AddTopic(name, match[2])


def _reserved(name: str, spans: Spans, *more: Reader[object]) -> bool:
    """Return whether the name would be read as a time, a day, a length, a filler word or `more`."""
    readers: list[Reader[object]] = [
        *more,
        exact(()),
        read_bullets,
        read_time,
        read_part,
        read_weekly,
        read_also,
        read_days,
        spans.read,
        skipping(f"{brief.FILLERS} {subscribe.FILLERS}"),
    ]
    try:
        return bool(read(split(name), readers, _Free))
    except _Free:
        return False
    except UsageError:
        return True


class _Free(UsageError):
    """A word that no reader claims."""

    def __init__(self, word: Word) -> None:
        super().__init__(word.text)
