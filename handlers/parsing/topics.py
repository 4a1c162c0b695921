"""Topic names as people type them: in any case, the title in any language, or a prefix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.languages import topic_text, topic_texts, tr
from bot.models import Topic
from handlers.parsing.tokens import (
    Found,
    Reader,
    Word,
    did_you_mean,
    either,
    fold,
    nearest,
    phrase,
    read,
    shown,
    skipping,
    split,
)

_ALL = ("all", "everything", "both", "all topics", "every topic", "both topics")
_SHORTEST = 3
_FILLERS = "a and digest digests for from me news of please the topic topics & +"


@dataclass(frozen=True, slots=True)
class Topics:
    """Names of known topics."""

    names: tuple[str, ...]


def exact(topics: Sequence[Topic]) -> Reader[Topics]:
    """Make a reader of whole names and titles, and of "all"."""
    everything = Topics(tuple(topic.name for topic in topics))
    known = dict.fromkeys(_ALL, everything)
    for topic in topics:
        known |= dict.fromkeys(map(fold, (topic.title, topic.name)), Topics((topic.name,)))
    longest = max(name.count(" ") + 1 for name in known)
    return lambda words: phrase(words, known, longest)


def translated(topics: Sequence[Topic]) -> Reader[Topics]:
    """Make a reader of the titles of built-in topics in every language that the bot speaks.

    It stands behind readers of other words, as it needs the catalogues of all languages.
    """

    def reader(words: Sequence[Word]) -> Found[Topics] | None:
        known = {said: Topics((topic.name,)) for topic in topics for said in _translations(topic)}
        return phrase(words, known)

    return reader


def beginning(topics: Sequence[Topic]) -> Reader[Topics]:
    """Make a reader of unique prefixes of topic names and titles; others raise UsageError.

    A title is also read in another language, whole or its beginning.
    """
    whole = translated(topics)

    def reader(words: Sequence[Word]) -> Found[Topics] | None:
        found = whole(words)
        if found is not None:
            return found
        start = words[0].key
        meant = [
            topic.name
            for topic in topics
            if any(
                said.startswith(start)
                for said in (fold(topic.name), fold(topic.title), *_translations(topic))
            )
        ]
        if len(start) < _SHORTEST or not meant:
            return None
        if len(meant) > 1:
            raise UsageError(
                tr(
                    "{text} may be {choices}: write more of it.",
                    text=shown(words[0].text),
                    choices=either(meant),
                )
            )
        return Found(1, Topics((meant[0],)))

    return reader


def _translations(topic: Topic) -> tuple[str, ...]:
    """Return the title of a built-in topic, folded, in every language; none for another topic."""
    return () if topic.channel_id is not None else tuple(map(fold, topic_texts(topic.title)))


def folded_names(topics: Sequence[Topic]) -> frozenset[str]:
    """Return the names and titles of topics, folded."""
    return frozenset(fold(said) for topic in topics for said in (topic.name, topic.title))


def unknown_word(
    word: Word,
    topics: Sequence[Topic],
    others: Sequence[str],
    kinds: str,
    example: str,
    *,
    hint: str = "",
) -> UsageError:
    """Return the error for an unknown word, with similar names and the known topics."""
    names = [topic.name for topic in topics]
    spoken = [topic_text(topic.title) for topic in topics]
    close = nearest(word.text, [*spoken, *names, *others])
    meant = did_you_mean(close)
    return UsageError(
        tr(
            "I do not understand {text}: it is not a {kinds} that I know.{meant} "
            "Topics here: {names}.{hint}",
            text=shown(word.text),
            kinds=kinds,
            meant=meant,
            names=", ".join(names),
            hint=f" {hint}" if hint else "",
        ),
        example,
    )


def parse_names(text: str, topics: Sequence[Topic], example: str) -> tuple[str, ...]:
    """Read topic names or "all"; raises UsageError naming what was not understood."""
    readers: list[Reader[object]] = [exact(topics), skipping(_FILLERS), beginning(topics)]
    words = split(text, example)
    return named(
        read(
            words, readers, lambda word: unknown_word(word, topics, ("all",), tr("topic"), example)
        )
    )


def says_all(text: str) -> bool:
    """Return whether the text contains "all" or the like."""
    words = split(text)
    everything = dict.fromkeys(_ALL, True)
    return any(phrase(words[at:], everything) for at in range(len(words)))


def named(values: Iterable[object]) -> tuple[str, ...]:
    """Return the topics among the values, each once, in the order of its first mention."""
    said = (name for value in values if isinstance(value, Topics) for name in value.names)
    return tuple(dict.fromkeys(said))


def named_topics(names: Sequence[str], known: Sequence[Topic]) -> tuple[Topic, ...]:
    """Return the topics that are named, in that order; raises UsageError for an unknown one."""
    by_name = {topic.name: topic for topic in known}
    return tuple(by_name[name] for name in parse_names(" ".join(names), known, "energy"))
