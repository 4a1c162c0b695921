"""`/mute word… "a phrase"`."""

from __future__ import annotations

import re

from bot.errors import UsageError
from bot.languages import tr
from handlers.parsing.tokens import bounded, shown
from handlers.parsing.topics import says_all
from summarizer.stories.muted_words import fold_word

EXAMPLE = '/mute football "celebrity news"'

SHORTEST = 2
"""Characters of a muted word; shorter ones would hide almost everything."""

_PIECE = re.compile(r'"([^"]*)"|([^\s,;"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


def parse_muted(text: str) -> tuple[str, ...]:
    """Read words and quoted phrases, folded and each once; raises UsageError."""
    plain = bounded(text, EXAMPLE).translate(_QUOTES)
    found = [fold_word(phrase or word) for phrase, word in _PIECE.findall(plain)]
    words = tuple(dict.fromkeys(each for each in found if any(map(str.isalnum, each))))
    for each in words:
        if len(each) < SHORTEST:
            raise UsageError(tr("{text} is too short to be muted.", text=shown(each)), EXAMPLE)
    return words


def unmutes_all(text: str) -> bool:
    """Return whether /unmute names all words."""
    return says_all(text)
