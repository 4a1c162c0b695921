"""Bullets with their quotations, checked against the articles as they are stored now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.models import UNDATED, Briefing, Bullet, Citation, DatePrecision
from bot.models.corrections import bullet_mark
from bot.render.sanitize import link
from bot.store import PieceWish, Store, TextPiece
from bot.web.api.schema import ArticleRef, BulletAnswer, CitationAnswer
from bot.web.passages import LONGEST_QUOTE, passage, wish

MOST_CITATIONS = 8
"""Citations of a bullet that are shown."""

Pieces = Mapping[PieceWish, TextPiece]


async def pieces_of(bullets: Sequence[Bullet], store: Store) -> Pieces:
    """The stored places that the citations of some bullets name."""
    wishes = [wish(each, 0) for bullet in bullets for each in bullet.citations[:MOST_CITATIONS]]
    return await store.reading.pieces(wishes)


def bullet_values(
    bullet: Bullet, topic: str, briefing: Briefing, pieces: Pieces
) -> dict[str, object]:
    """The fields of a BulletAnswer."""
    return {
        "id": bullet_mark(bullet.story_id, bullet.text),
        "topic": topic,
        "text": bullet.text,
        "status": bullet.status,
        "change": bullet.change,
        "attribution": bullet.attribution,
        "language": bullet.language,
        "engine": bullet.engine,
        "published_at": bullet.published_at,
        "told_at": briefing.created_at,
        "story_id": bullet.story_id,
        "sources": bullet.sources_count,
        "independent_sources": bullet.independent_sources,
        "citations": tuple(
            _citation(each, pieces.get(wish(each, 0))) for each in bullet.citations[:MOST_CITATIONS]
        ),
    }


def bullet_answer(bullet: Bullet, topic: str, briefing: Briefing, pieces: Pieces) -> BulletAnswer:
    """A bullet of a briefing as it is answered."""
    return BulletAnswer.model_validate(bullet_values(bullet, topic, briefing, pieces))


def article_of(piece: TextPiece) -> ArticleRef:
    """The article that a piece of text is from."""
    dated = piece.published_at != UNDATED
    return ArticleRef(
        id=piece.id,
        title=piece.title,
        url=link(piece.url),
        source=piece.source,
        published_at=piece.published_at if dated else None,
        date_precision=piece.precision if dated else DatePrecision.UNKNOWN,
        language=piece.language,
    )


def _citation(citation: Citation, piece: TextPiece | None) -> CitationAnswer:
    quote = citation.quote[:LONGEST_QUOTE]
    gone = ArticleRef(
        id=citation.article_id,
        title=citation.title,
        url=link(citation.url),
        source=citation.source,
        published_at=None,
        date_precision=None,
        language=None,
    )
    return CitationAnswer(
        quote=quote,
        field=citation.field,
        start=citation.start,
        end=citation.start + len(quote),
        stands=not passage(citation, piece).changed,
        affiliation=citation.affiliation,
        article=article_of(piece) if piece else gone,
    )
