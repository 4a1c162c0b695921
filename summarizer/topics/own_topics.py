"""A channel's own topic, from the words that somebody typed."""

from __future__ import annotations

import re
import unicodedata

from bot.errors import UsageError
from bot.languages import tr
from bot.models import Topic
from summarizer.topics.matcher import pattern
from summarizer.topics.tokens import acronym, is_shouted

EXAMPLE = '/topics add floods: flood, "flash flood", monsoon, -insurance'
MOST_TERMS = 50
LONGEST_TERM = 100
LONGEST_TEXT = 5_000
WEIGHT = 1.0
"""A channel's own words all weigh the same: what counts is where and how often they occur."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_QUOTED = re.compile(r'([-−–]?\s{0,9}"[^"]*")')
_BETWEEN = re.compile(r"[,،、，;；؛\n]|(?<!\s)\s++(?=[-−–]\S)")
_MINUS = tuple("-−–")


def own_topic(name: str, words: str, channel_id: int) -> Topic:
    """Read `word, "a phrase", -not` as a topic; raises UsageError with an example.

    A title of several words is hyphenated to the name: "Red Sea shipping" is red-sea-shipping.
    Words in capitals ("IT") will match in capitals alone, all others in any case.
    """
    title = " ".join(unicodedata.normalize("NFC", name).split())
    hyphenated = title.replace(" ", "-")
    if not is_name(hyphenated):
        raise UsageError(
            tr("A topic's name has 1 to 32 letters, digits, spaces or hyphens."), EXAMPLE
        )
    wanted, unwanted = _read(unicodedata.normalize("NFC", words))
    return Topic(
        name=hyphenated.casefold(),
        title=title[:1].upper() + title[1:],
        description=", ".join([*wanted, *(f"-{term}" for term in unwanted)]),
        terms=dict.fromkeys(wanted, WEIGHT),
        exclusions=unwanted,
        channel_id=channel_id,
    )


def is_name(name: str) -> bool:
    """Whether this can name a topic: 1 to 32 letters, digits or hyphens, in any script."""
    marks = all(c.isalnum() or c == "-" or unicodedata.category(c)[0] == "M" for c in name)
    return 1 <= len(name) <= 32 and name[0].isalnum() and marks


def _read(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(words) > LONGEST_TEXT:
        raise UsageError(
            tr("That is too long: write at most {longest} characters.", longest=LONGEST_TEXT),
            EXAMPLE,
        )
    wanted: dict[tuple[str, ...], str] = {}
    unwanted: dict[tuple[str, ...], str] = {}
    for item in _items(words.translate(_QUOTES)):
        if term := _cleaned(item):
            (unwanted if item.startswith(_MINUS) else wanted).setdefault(pattern(term), term)
    if len(wanted) + len(unwanted) > MOST_TERMS:
        raise UsageError(
            tr("A topic has at most {most} words and phrases.", most=MOST_TERMS), EXAMPLE
        )
    both = [term for keys, term in wanted.items() if keys in unwanted]
    if both:
        raise UsageError(tr("{text} is both wanted and left out.", text=f"“{both[0]}”"), EXAMPLE)
    if not wanted:
        raise UsageError(tr("Say at least one word or phrase that the topic is about."), EXAMPLE)
    return tuple(wanted.values()), tuple(unwanted.values())


def _items(words: str) -> list[str]:
    """What stands between commas; a phrase in quotes is an item whatever it holds."""
    pieces = _QUOTED.split(words)
    items = [[piece] if at % 2 else _BETWEEN.split(piece) for at, piece in enumerate(pieces)]
    return [item.strip() for each in items for item in each]


def _cleaned(item: str) -> str:
    """The term as it will be shown: single spaces, lower case save words in capitals."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in item).split())
    if len(plain) > LONGEST_TERM:
        raise UsageError(
            tr("A word or phrase has at most {longest} characters.", longest=LONGEST_TERM), EXAMPLE
        )
    if plain.strip('" ') and not pattern(plain):
        raise UsageError(
            tr("{text} has no letters or digits to look for.", text=f"“{plain}”"), EXAMPLE
        )
    plain = plain.strip("-−–\"'’*!?:()[] ")
    if is_shouted(plain):
        return plain.casefold()
    return " ".join(word if acronym(word) else word.casefold() for word in plain.split())
