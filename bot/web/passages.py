"""A sentence marked in the text around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.models import Citation, CitedField
from bot.render.sanitize import clean
from bot.store import PieceWish, TextPiece

LONGEST_QUOTE = 1_200
"""Characters of a marked sentence."""

_BREAKS = re.compile(r"(?<!\s)\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A marked sentence with what stands before and after it, as readers see them.

    `changed` says that the stored article no longer holds the sentence at this place; then nothing
    stands around it.
    """

    before: str
    quote: str
    after: str
    changed: bool = False


def wish(citation: Citation, around: int) -> PieceWish:
    """Which piece of its article is needed to show a citation with so many characters around."""
    if citation.field is CitedField.TITLE:
        return PieceWish(citation.article_id, 0, around)
    end = min(citation.end, citation.start + LONGEST_QUOTE)
    return PieceWish(citation.article_id, max(0, citation.start - around), end + around)


def passage(citation: Citation, piece: TextPiece | None) -> Passage:
    """A citation marked in the piece that was read for it; None if its article is gone."""
    quote = _shown(citation.quote[:LONGEST_QUOTE])
    if piece is None:
        return Passage("", quote, "", changed=True)
    if citation.field is CitedField.TITLE:
        stored = piece.title[citation.start : citation.end]
        if not stored or not citation.quote.startswith(stored):
            return Passage("", quote, "", changed=True)
        after = _ended(piece.text, piece)
        return Passage("", quote, "\n\n" + _shown(after) if after else "")
    start = citation.start - piece.start
    end = start + min(citation.end - citation.start, LONGEST_QUOTE)
    if start < 0 or piece.text[start:end] != citation.quote[:LONGEST_QUOTE]:
        return Passage("", quote, "", changed=True)
    before, after = _begun(piece.text[:start], piece), _ended(piece.text[end:], piece)
    return Passage(_shown(before), quote, _shown(after))


def marked(piece: TextPiece, start: int, end: int) -> Passage:
    """A piece of an article with the characters from `start` to `end` marked, if it holds them."""
    first, last = (min(max(0, each - piece.start), len(piece.text)) for each in (start, end))
    last = max(first, last)
    text = piece.text
    before = _begun(text[:first], piece)
    return Passage(_shown(before), _shown(text[first:last]), _shown(_ended(text[last:], piece)))


def _begun(text: str, piece: TextPiece) -> str:
    """What stands before, from a whole word on."""
    if piece.start == 0:
        return text
    return "… " + text.partition(" ")[2]


def _ended(text: str, piece: TextPiece) -> str:
    """What stands after, up to a whole word."""
    if piece.start + len(piece.text) >= piece.length:
        return text
    return text.rpartition(" ")[0] + " …"


def _shown(text: str) -> str:
    """The visible characters, with one blank line between paragraphs."""
    return "\n\n".join(clean(each) for each in _BREAKS.split(text))
