"""Which sentences praise or damn a side in the writer's own voice."""

from __future__ import annotations

import re

from summarizer.language.quotation_marks import unquoted
from summarizer.lazy_pattern import lazy_pattern

_LOADED = lazy_pattern(
    r"\b(?:martyr(?:s|ed|dom)?|cowardly|dastardly|heinous|barbaric|shameful|treacherous|"
    r"nefarious|heroic(?:ally)?|glorious|befitting (?:reply|response)|bow(?:ed|s)? down)\b",
    re.IGNORECASE,
)


def is_rhetoric(text: str) -> bool:
    """Whether a text uses a party's loaded words as its own; quoted words are their speaker's."""
    return _LOADED.search(unquoted(text)) is not None
