"""A typed line → a command's name and arguments; pure, alike on every platform."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from handlers.intent.openings import opening
from handlers.parsing.tokens import fold, split

_SLASHED = re.compile(
    r"[/／](?P<name>[a-zA-Z0-9_]{1,32}?)(?:_(?P<number>\d{1,3}))?(?:@\w+)?(?:\s+(?P<args>.*))?",
    re.DOTALL | re.ASCII,
)

_FILLERS = "bullet number no nr please now here the all me for story"
_FILLER = frozenset(_FILLERS.split())

_ASKING = (
    "what who whom whose where when how which is are was were do does did has have will would can "
    "could should"
)
_QUESTIONS = frozenset(_ASKING.split())


def understood(text: str, names: Collection[str]) -> tuple[str, str]:
    """Return the command's name and arguments; no name where the line opens with no command.

    A slash makes the first word a command, even an unknown one. "/why_2" is "/why 2".
    """
    line = text.strip()
    slashed = _SLASHED.fullmatch(line)
    if slashed:
        number = slashed["number"] or ""
        return slashed["name"].lower(), f"{number} {slashed['args'] or ''}".strip()
    found = opening(line, names)
    if found is None or not _FITS.get(found.name, _any)(found.args, line):
        return "", line
    return found.name, found.args


def is_question(line: str) -> bool:
    """Return whether a line is put as a question."""
    words = split(line[:200])
    return line.rstrip().endswith(("?", "؟", "？")) or bool(words and words[0].key in _QUESTIONS)


def _any(_args: str, _line: str) -> bool:
    return True


def _one_number(args: str, _line: str) -> bool:
    """Nothing but the number of a bullet: "why did oil rise" is a question."""
    words = [word.key for word in split(args[:100]) if word.key not in _FILLER]
    return len(args) <= 100 and len(words) <= 3 and all(word.isdecimal() for word in words)


def _nothing(args: str, _line: str) -> bool:
    return len(args) <= 100 and not [w for w in split(args) if w.key not in _FILLER]


def _one_word(args: str, _line: str) -> bool:
    return len(args.split()) <= 1


def _no_question(args: str, line: str) -> bool:
    return not (is_question(line) and len(args.split()) > 1)


def _opens_with(*firsts: str) -> Callable[[str, str], bool]:
    """A command whose arguments begin with one of these words, or that has none."""

    def fits(args: str, line: str) -> bool:
        first = fold(args.split(maxsplit=1)[0]) if args.strip() else ""
        return first in firsts or _nothing(args, line)

    return fits


_YES = ("yes", "y", "ja", "oui", "si", "confirm")

_FITS: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {
        "why": _one_number,
        "story": _one_number,
        "like": _one_number,
        "dislike": _one_number,
        "follow": _one_number,
        "more": _one_number,
        "help": _one_word,
        "start": _nothing,
        "stop": _opens_with(*_YES),
        "status": _nothing,
        "subscriptions": _nothing,
        "resume": _nothing,
        "try": _nothing,
        "forget": _opens_with(*_YES),
        "sources": _opens_with("add"),
        "topics": _opens_with("add", "new", "create", "remove", "delete", "drop", "list", "show"),
        "unsubscribe": _no_question,
        "mute": _no_question,
        "unmute": _no_question,
        "settings": _no_question,
        "watch": _no_question,
        "unwatch": _no_question,
        "pause": _no_question,
    }
)
"""Which arguments fit a command whose name is also an everyday word."""
