"""The texts shared by all renderers, as data; each renderer escapes and arranges them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.models import Briefing, Bullet, BulletStatus, Section
from bot.render.sanitize import clean, link

OUTLETS_SHOWN = 2
"""Outlets named under a bullet; the others are counted."""

FAILING_SHOWN = 3
"""Failing sources named under a briefing; the others are counted."""

ICONS = {"security": "🛡️", "energy": "⚡"}
OTHER_ICON = "📰"

PROOF_COMMAND = "/why"
"""The command that shows the evidence of a bullet, followed by its number."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source's clean name and its address, if that is safe to link."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class NumberedBullet:
    """A bullet, its number in the whole briefing, and the texts around it.

    `mark` is "", "Ongoing, told on Monday" or "Updated, told on Monday: " and the change.
    `outlets` holds at most OUTLETS_SHOWN of the `sources`, `more` counts the others; `when` is in
    the briefing's zone.
    """

    number: int
    text: str
    status: BulletStatus
    mark: str
    outlets: tuple[Outlet, ...]
    more: int
    when: str
    sources: int


@dataclass(frozen=True, slots=True)
class Part:
    """A section; `empty` is the text shown when there are no bullets."""

    icon: str
    title: str
    bullets: tuple[NumberedBullet, ...]
    empty: str


def parts(briefing: Briefing) -> Iterator[Part]:
    """Return the briefing's sections with bullets numbered across them."""
    number = 0
    for section in briefing.sections:
        first = number + 1
        number += len(section.bullets)
        yield Part(
            icon=ICONS.get(section.topic, OTHER_ICON),
            title=clean(section.title).strip(),
            bullets=tuple(
                _numbered(n, bullet, briefing) for n, bullet in enumerate(section.bullets, first)
            ),
            empty=_nothing_new(section, briefing),
        )


def heading(briefing: Briefing, given: str | None = None) -> str:
    """Return the first line: the given one, or "Security and Energy"."""
    titles = [clean(section.title).strip() for section in briefing.sections]
    return clean(given or "").strip() or listed(titles) or "Briefing"


def span(briefing: Briefing) -> str:
    """Return its time span: "the last 24 hours", or two instants if it does not end now."""
    window = briefing.window
    if abs(briefing.created_at - window.until) > timedelta(hours=1):
        return f"{moment(window.since, briefing)} to {moment(window.until, briefing)}"
    hours = round((window.until - window.since) / timedelta(hours=1))
    if hours > 24 and hours % 24 == 0:
        return f"the last {hours // 24} days"
    return f"the last {hours} hours" if hours != 1 else "the last hour"


def during(briefing: Briefing) -> str:
    """Return its time span inside a sentence: "in the last 24 hours", "from 07:00 to 09:00"."""
    covered = span(briefing)
    return f"in {covered}" if covered.startswith("the ") else f"from {covered}"


def dateline(briefing: Briefing) -> str:
    """Return date, span and zone: "Mon 23 Nov 2026, 07:30 · the last 24 hours · Asia/Karachi"."""
    made = briefing.created_at.astimezone(ZoneInfo(briefing.timezone))
    return f"{made:%a} {made.day} {made:%b %Y, %H:%M} · {span(briefing)} · {briefing.timezone}"


def moment(instant: datetime, briefing: Briefing) -> str:
    """Return an instant in the briefing's zone, as short as possible: "07:10", "22 Nov, 07:10"."""
    zone = ZoneInfo(briefing.timezone)
    local, made = instant.astimezone(zone), briefing.created_at.astimezone(zone)
    if local.date() == made.date():
        return f"{local:%H:%M}"
    if local.year == made.year:
        return f"{local.day} {local:%b, %H:%M}"
    return f"{local.day} {local:%b} {local.year}, {local:%H:%M}"


def published(instant: datetime, briefing: Briefing) -> str:
    """Return when an article was published; midnight in UTC stands for a day without a time."""
    if instant.time() != time():
        return moment(instant, briefing)
    year = "" if instant.year == briefing.created_at.year else f" {instant.year}"
    return f"{instant.day} {instant:%b}{year}"


def coverage(briefing: Briefing) -> str:
    """Return what it was made from and by: "From 9 of 412 articles, 14 sources; not reached: …"."""
    return "; ".join(filter(None, [_made_from(briefing), wording(briefing)]))


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
        return "written by the local engine: the language model gave no usable answer"
    said = f"written by {clean(briefing.engine.model).strip()}"
    if local:
        said += f", {listed(local)} by the local engine"
    if briefing.engine.language:
        said += "; of a translation only figures, names and quotations are checked"
    return said


def _made_from(briefing: Briefing) -> str:
    found = briefing.coverage
    if not found.articles_considered:
        said = f"No articles {during(briefing)}"
    else:
        articles = counted(found.articles_considered, "article")
        said = f"From {found.articles_used:,} of {articles}, {counted(found.sources, 'source')}"
    failing = [clean(name).strip() for name in found.sources_failing]
    if not failing:
        return said
    hidden = len(failing) - FAILING_SHOWN
    named = failing[:FAILING_SHOWN] + ([f"{hidden} more"] if hidden > 0 else [])
    return f"{said}; not reached: {listed(named)}"


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: "1 source", "1,204 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(names: list[str]) -> str:
    """Join names: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _numbered(number: int, bullet: Bullet, briefing: Briefing) -> NumberedBullet:
    outlets = _outlets(bullet)
    shown = outlets[:OUTLETS_SHOWN]
    total = max(bullet.sources_count, len(outlets))
    return NumberedBullet(
        number=number,
        text=clean(bullet.text).strip(),
        status=bullet.status,
        mark=_mark(bullet, briefing),
        outlets=shown,
        more=total - len(shown),
        when=published(bullet.published_at, briefing),
        sources=total,
    )


def _outlets(bullet: Bullet) -> tuple[Outlet, ...]:
    found: dict[str, Outlet] = {}
    for citation in bullet.citations:
        name = clean(citation.source).strip() or "unnamed source"
        if name not in found or not found[name].url:
            found[name] = Outlet(name, link(citation.url))
    return tuple(found.values())


def _mark(bullet: Bullet, briefing: Briefing) -> str:
    if bullet.status is BulletStatus.NEW:
        return ""
    word = bullet.status.value.capitalize()
    if bullet.told_at is not None:
        word += f", told {_told_on(bullet.told_at, briefing)}"
    change = clean(bullet.change or "").strip()
    return f"{word}: {change}" if change else word


def _told_on(instant: datetime, briefing: Briefing) -> str:
    """Return the day of an earlier digest: "today", "yesterday", "on Monday", "on 9 Nov"."""
    zone = ZoneInfo(briefing.timezone)
    told, made = instant.astimezone(zone), briefing.created_at.astimezone(zone)
    days = (made.date() - told.date()).days
    if days < 2:
        return "today" if days < 1 else "yesterday"
    if days < 7:
        return f"on {told:%A}"
    year = "" if told.year == made.year else f" {told.year}"
    return f"on {told.day} {told:%b}{year}"


def _nothing_new(section: Section, briefing: Briefing) -> str:
    return f"Nothing new on {clean(section.title).strip()} {during(briefing)}."
