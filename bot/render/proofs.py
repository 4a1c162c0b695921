"""The proofs of bullets, clean, for every renderer that shows all of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.models import Briefing, Bullet
from bot.render.sanitize import clean, link


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that proves a bullet, the article that holds it, and its link if that is safe."""

    quote: str
    source: str
    title: str
    url: str | None


def proofs_of(briefing: Briefing) -> dict[int, list[Proof]]:
    """The proofs of each bullet, by its number."""
    return {number: of_bullet(each) for number, each in enumerate(briefing.bullets, 1)}


def of_bullet(bullet: Bullet) -> list[Proof]:
    """The proofs of a bullet, each sentence once for an outlet."""
    found = (
        Proof(
            clean(each.quote).strip(),
            clean(each.source).strip(),
            clean(each.title).strip(),
            link(each.url),
        )
        for each in bullet.citations
    )
    return list(dict.fromkeys(found))
