"""The texts around a bullet: its mark, whose account it is, its outlets and how far to trust it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.languages import isolated, marked, number, plural, tr
from bot.models import Briefing, Bullet, BulletStatus
from bot.render.sanitize import clean, link
from bot.render.times import published, told_on

_ONE_SIDE = re.compile(r"one side’s account(?: \((.+)\))?")

_RISE = re.compile(r"(.+) rises to (\S+) from (\S+)")

AFFILIATIONS = (marked("state media"), marked("party media"))
"""What an outlet of a side is, as it is stored."""

OUTLETS_SHOWN = 2
"""Outlets named under a bullet; the others are counted."""


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
        """What stands behind the outlets' names: "+1 · 3 independent outlets · published 15:00"."""
        more = f"+{number(self.more)}" if self.more else ""
        return " · ".join(filter(None, [more, self.trust, self.when]))


def numbered(number: int, bullet: Bullet, briefing: Briefing) -> NumberedBullet:
    """Return the bullet with the texts around it."""
    outlets = _outlets(bullet)
    shown = outlets[:OUTLETS_SHOWN]
    total = max(bullet.sources_count, len(outlets))
    account = account_text(clean(bullet.attribution or "").strip())
    return NumberedBullet(
        number=number,
        text=clean(bullet.text).strip(),
        status=bullet.status,
        mark=" · ".join(filter(None, [_standing(bullet, briefing), account])),
        outlets=shown,
        more=total - len(shown),
        trust=trust_text(total, bullet.independent_sources),
        when=tr("published {when}", when=published(bullet.published_at, briefing)),
    )


def account_text(account: str) -> str:
    """Return whose account a bullet is, as it is stored in English, in the language of the chat."""
    named = _ONE_SIDE.fullmatch(account)
    if named is None:
        return account
    if named[1]:
        return tr("one side’s account ({name})", name=named[1])
    return tr("one side’s account")


def _outlets(bullet: Bullet) -> tuple[Outlet, ...]:
    found: dict[str, Outlet] = {}
    for citation in bullet.citations:
        name = clean(citation.source).strip() or tr("unnamed source")
        if citation.affiliation:
            name += f" ({tr(clean(citation.affiliation))})"
        if name not in found or not found[name].url:
            found[name] = Outlet(name, link(citation.url))
    return tuple(found.values())


def trust_text(outlets: int, independent: int | None) -> str:
    """Return how many of some outlets report by themselves; copies of one text are one report."""
    if outlets < 2:
        return tr("single source") if outlets else ""
    if independent is None:
        return plural(outlets, "{count} outlet", "{count} outlets")
    if independent < 2:
        return tr("copies of one report")
    return plural(independent, "{count} independent outlet", "{count} independent outlets")


def _standing(bullet: Bullet, briefing: Briefing) -> str:
    if bullet.status is BulletStatus.NEW:
        return ""
    word = _word(bullet, briefing)
    change = clean(bullet.change or "").strip()
    return f"{word}: {_change(change)}" if change else word


def _change(change: str) -> str:
    """Return what changed, as it is stored in English, in the language of the chat."""
    rise = _RISE.fullmatch(change)
    if rise is None:
        return isolated(change)
    name, new, old = rise.groups()
    return tr("{name} rises to {new} from {old}", name=tr(name), new=new, old=old)


def _word(bullet: Bullet, briefing: Briefing) -> str:
    updated = bullet.status is BulletStatus.UPDATED
    if not bullet.told_at:
        return tr("Updated") if updated else tr("Ongoing")
    told = told_on(bullet.told_at, briefing)
    if briefing.news_only:  # its part of the digest says already that it changed
        return tr("Told {day}", day=told)
    return tr("Updated, told {day}", day=told) if updated else tr("Ongoing, told {day}", day=told)
