"""The texts around a bullet: its mark, whose account it is, its outlets and how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.models import Briefing, Bullet, BulletStatus
from bot.render.phrases import counted
from bot.render.sanitize import clean, link
from bot.render.times import published, told_on

OUTLETS_SHOWN = 2
"""Outlets named under a bullet; the others are counted."""

SINGLE, COPIES = "single source", "copies of one report"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source's clean name and its address, if that is safe to link."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class NumberedBullet:
    """A bullet, its number in the whole briefing, and the texts around it.

    `mark` is "" or, joined by " · ", what became of the story ("Ongoing, told on Monday",
    "Updated, told on Monday: " and the change) and whose account it is.
    `outlets` holds at most OUTLETS_SHOWN of the story's, `more` counts the others; `trust` says how
    many of them are independent; `when` is in the briefing's zone.
    """

    number: int
    text: str
    status: BulletStatus
    mark: str
    outlets: tuple[Outlet, ...]
    more: int
    trust: str
    when: str

    @property
    def about(self) -> str:
        """What stands behind the outlets' names: "+1 · 3 independent outlets · 15:00"."""
        more = f"+{self.more:,}" if self.more else ""
        return " · ".join(filter(None, [more, self.trust, self.when]))


def numbered(number: int, bullet: Bullet, briefing: Briefing) -> NumberedBullet:
    """Return the bullet with the texts around it."""
    outlets = _outlets(bullet)
    shown = outlets[:OUTLETS_SHOWN]
    total = max(bullet.sources_count, len(outlets))
    account = clean(bullet.attribution or "").strip()
    return NumberedBullet(
        number=number,
        text=clean(bullet.text).strip(),
        status=bullet.status,
        mark=" · ".join(filter(None, [_standing(bullet, briefing), account])),
        outlets=shown,
        more=total - len(shown),
        trust=_trust(bullet, total),
        when=published(bullet.published_at, briefing),
    )


def _outlets(bullet: Bullet) -> tuple[Outlet, ...]:
    found: dict[str, Outlet] = {}
    for citation in bullet.citations:
        name = clean(citation.source).strip() or "unnamed source"
        if citation.affiliation:
            name += f" ({clean(citation.affiliation)})"
        if name not in found or not found[name].url:
            found[name] = Outlet(name, link(citation.url))
    return tuple(found.values())


def _trust(bullet: Bullet, outlets: int) -> str:
    """Return how many outlets report by themselves; copies of one text are one report."""
    if outlets < 2:
        return SINGLE if outlets else ""
    own = bullet.independent_sources
    if own is None:
        return counted(outlets, "outlet")
    return f"{own:,} independent outlets" if own > 1 else COPIES


def _standing(bullet: Bullet, briefing: Briefing) -> str:
    if bullet.status is BulletStatus.NEW:
        return ""
    told = f"told {told_on(bullet.told_at, briefing)}" if bullet.told_at else ""
    change = clean(bullet.change or "").strip()
    if briefing.news_only and told:  # its part of the digest says already that it changed
        word = f"T{told[1:]}"
    else:
        word = ", ".join(filter(None, [bullet.status.value.capitalize(), told]))
    return f"{word}: {change}" if change else word
