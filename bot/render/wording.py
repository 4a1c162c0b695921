"""The texts shared by all renderers, as data; each renderer escapes and arranges them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.languages import listed, marked, number, plural, tr
from bot.models import Briefing, BulletStatus, Line, Section
from bot.render.bullets import NumberedBullet, numbered
from bot.render.phrases import and_more
from bot.render.sanitize import clean
from bot.render.silence import empty_text, notes, section_title
from bot.render.times import during

FAILING_SHOWN = 3
"""Failing sources named under a briefing; the others are counted."""

ICONS = {"security": "🛡️", "energy": "⚡"}
OTHER_ICON = "📰"

PROOF_COMMAND = "/why"
"""The command that shows the evidence of a bullet, followed by its number."""

BOTH = 2
"""Bullets of which the first and the last one are all."""


@dataclass(frozen=True, slots=True)
class Group:
    """Bullets under one label: "New", "Changed", "Still going", or "" where it needs none."""

    label: str
    bullets: tuple[NumberedBullet, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section; `empty` is shown when there are no bullets, `notes` below them or it."""

    icon: str
    title: str
    groups: tuple[Group, ...]
    empty: str
    notes: tuple[Line, ...]

    @property
    def bullets(self) -> tuple[NumberedBullet, ...]:
        """Those of all groups."""
        return tuple(bullet for group in self.groups for bullet in group.bullets)


def page_label() -> str:
    """Return the words of the link to a digest's page."""
    return tr("Open as a page")


def _label(status: BulletStatus) -> str:
    match status:
        case BulletStatus.NEW:
            return tr("New")
        case BulletStatus.UPDATED:
            return tr("Changed")
        case BulletStatus.ONGOING:
            return tr("Still going")


def parts(briefing: Briefing) -> Iterator[Part]:
    """Return the briefing's sections with bullets numbered across them."""
    number = 1
    for section in briefing.sections:
        bullets = [numbered(n, each, briefing) for n, each in enumerate(section.bullets, number)]
        number += len(bullets)
        yield Part(
            icon=ICONS.get(section.topic, OTHER_ICON),
            title=section_title(section),
            groups=tuple(_groups(bullets, section, parted=briefing.news_only)),
            empty=empty_text(section, briefing),
            notes=notes(section, briefing),
        )


def heading(briefing: Briefing, given: str | None = None) -> str:
    """Return the first line: the given one, or "Security and Energy"."""
    titles = [section_title(section) for section in briefing.sections]
    return clean(given or "").strip() or listed(titles) or tr("Briefing")


def coverage(briefing: Briefing) -> str:
    """Return what it was made from and by: "Read: 412 articles from 14 sources; used: 9; …"."""
    return "; ".join(filter(None, [_made_from(briefing), wording(briefing)]))


def proofs(count: int) -> str:
    """Return which commands show the proofs of several bullets, to be translated and filled."""
    if count == BOTH:
        return marked("{first} and {last}: the proof of each bullet")
    return marked("{first} to {last}: the proof of each bullet")


def wording(briefing: Briefing) -> str:
    """Return which bullets a language model wrote; empty if none was used."""
    if not briefing.calls:
        return ""
    local = [
        str(number)
        for number, bullet in enumerate(briefing.bullets, 1)
        if bullet.engine != briefing.engine.name
    ]
    if not briefing.engine.model:
        return tr("written by the local engine: the language model gave no usable answer")
    said = tr("written by {model}", model=clean(briefing.engine.model).strip())
    if local:
        numbers = listed(local)
        said += plural(
            len(local),
            "; bullet {numbers} by the local engine",
            "; bullets {numbers} by the local engine",
            numbers=numbers,
        )
    if briefing.engine.language:
        said += tr("; of a translation only figures, names and quotations are checked")
    return said


def _groups(bullets: list[NumberedBullet], section: Section, *, parted: bool) -> Iterator[Group]:
    """The bullets by what they are to the reader; all together outside a digest."""
    mixed = bool(section.going_on) or any(
        each.status is not BulletStatus.NEW for each in section.bullets
    )
    if not parted:
        yield from [Group("", tuple(bullets))] if bullets else []
        return
    for status, some in groupby(bullets, key=lambda bullet: bullet.status):
        yield Group(_label(status) if mixed else "", tuple(some))


def _made_from(briefing: Briefing) -> str:
    found = briefing.coverage
    if not found.articles_considered:
        said = tr("No articles {when}", when=during(briefing))
    else:
        said = tr(
            "{read} {sources}; used: {used}",
            read=plural(
                found.articles_considered, "Read: {count} article", "Read: {count} articles"
            ),
            sources=plural(found.sources, "from {count} source", "from {count} sources"),
            used=number(found.articles_used),
        )
    failing = [clean(name).strip() for name in found.sources_failing]
    if not failing:
        return said
    hidden = len(failing) - FAILING_SHOWN
    named = failing[:FAILING_SHOWN] + ([and_more(hidden)] if hidden > 0 else [])
    return tr("{said}; not reached: {names}", said=said, names=listed(named))
