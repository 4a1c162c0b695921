"""A stored article, with the cited sentence marked."""

from __future__ import annotations

from dataclasses import replace

from bot.store import PieceWish, TextPiece
from bot.web.layout import LARGEST, rendered, within_bytes
from bot.web.passages import marked
from bot.web.visits import NotThere, Visit, stories_of

SHOWN = 24_000
"""Characters of a text that are read for one page."""

BEFORE = 2_000
"""Characters shown before a marked sentence that stands far below the beginning."""

ROOM = LARGEST - 9_000
"""Bytes that the text may take in the page."""


async def page(visit: Visit) -> str:
    """An article that is cited, or belongs to a story that the link opens."""
    article_id = visit.path["article"]
    start, end = visit.number("start", 100_000_000), visit.number("end", 100_000_000)
    first = visit.number("from", 100_000_000) or max(0, start - BEFORE)
    wanted = PieceWish(article_id, first, first + SHOWN)
    piece = (await visit.store.reading.pieces([wanted])).get(wanted)
    if piece is None or not await _may_see(visit, piece):
        raise NotThere
    shown = _whole_words(within_bytes(piece.text, ROOM), whole=piece.length - first)
    rest = first + len(shown)
    cut = replace(piece, text=shown, length=rest)
    return rendered(
        "article.html",
        visit=visit,
        piece=piece,
        text=marked(cut, start, end),
        title_cited=visit.query.get("title") == "1",
        following=rest if shown and rest < piece.length else None,
        earlier=first > 0,
        zone=visit.channel.timezone,
    )


def _whole_words(text: str, *, whole: int) -> str:
    """The text up to its last space, at which the next page begins, unless it is all of it."""
    end = text.rfind(" ") if len(text) < whole else len(text)
    return text[:end] if end > 0 else text


async def _may_see(visit: Visit, piece: TextPiece) -> bool:
    if visit.whole:
        return True
    briefing = await visit.briefing()
    cited = {each.article_id for bullet in briefing.bullets for each in bullet.citations}
    return piece.id in cited or piece.story_id in stories_of(briefing)
