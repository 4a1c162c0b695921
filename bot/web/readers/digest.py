"""A digest: each bullet opens to its sentence, marked in its article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from bot.models import Briefing, Bullet, Chart, Citation, Window, Withdrawal, without
from bot.render import wording as words
from bot.render.bullets import NumberedBullet
from bot.render.charts.words import chart_of_days
from bot.render.day_line import day_line
from bot.render.times import dateline, moment
from bot.store import PieceWish, TextPiece
from bot.web.layout import fitted
from bot.web.passages import Passage, passage, wish
from bot.web.readers.facts import Facts, facts_of
from bot.web.visits import NotThere, Visit, number_of

PROOFS = 4
"""Sentences shown under a bullet; the others are counted."""

LINE_DAYS = 14
"""Days in the small chart beside a topic's name."""

UNTIL = "on the day of the digest before it was made"

AROUND = 260
"""Characters shown on each side of a sentence, ..."""

AROUND_IN_ALL = 16_000
"""... or fewer, so that those of the whole page are not many more than this."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A cited sentence in its article; `at` is None where the article is not stored any more."""

    citation: Citation
    passage: Passage
    at: datetime | None
    when: str
    language: str | None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A bullet with its proofs and what stands above it: its topic and its group, if they begin."""

    bullet: NumberedBullet
    story_id: str
    language: str | None
    proofs: tuple[Proof, ...]
    more: int
    label: str
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What a page shows of a section: its rows, and its notes where its last row stands there."""

    topic: str
    title: str
    rows: tuple[Row, ...]
    empty: str
    notes: tuple[object, ...]
    linked: bool


async def of_link(visit: Visit) -> str:
    """The digest that the link is for."""
    return await shown(visit, await visit.briefing(), visit.root)


async def of_archive(visit: Visit) -> str:
    """A digest of the channel."""
    number = number_of(visit.path["digest"])
    found = await visit.store.archive.briefing_of(visit.channel.id, number)
    if found is None:
        raise NotThere
    return await shown(visit, found, f"{visit.root}/digests/{number}")


async def shown(visit: Visit, briefing: Briefing, here: str) -> str:
    """A briefing as a page; `here` is its path."""
    start = min(visit.number("from"), len(briefing.bullets))
    wishes = wishes_of(briefing, start)
    pieces = await visit.store.reading.pieces(list(wishes.values()))
    withdrawn = await visit.store.withdrawals.among(briefing.bullets)
    told = tuple(words.parts(briefing))
    rows = _rows(told, briefing, wishes, pieces, withdrawn, start)
    facts = await facts_of(visit, briefing, withdrawn) if start == 0 else Facts()
    return fitted(
        "digest.html",
        rows,
        start=start,
        visit=visit,
        here=here,
        heading=words.heading(briefing),
        dateline=dateline(briefing),
        day=day_line(without(briefing, withdrawn)),
        coverage=words.coverage(briefing),
        parts=_Parts(told, briefing, visit),
        facts=facts,
        lines=await _lines(visit, briefing) if start == 0 else {},
        zone=briefing.timezone,
    )


async def _lines(visit: Visit, briefing: Briefing) -> dict[str, Chart]:
    """The stories a day on each topic that has a page, up to the day of the digest."""
    topics = [each.topic for each in briefing.sections if each.topic in visit.topics]
    until = briefing.window.until
    today = datetime.combine(until.astimezone(UTC).date(), time(), UTC)
    window = Window(today - timedelta(days=LINE_DAYS - 1), until)
    counted = await visit.store.reading.stories_a_day(topics, window)
    return {topic: chart_of_days(days, UNTIL) for topic, days in counted.items()}


def wishes_of(briefing: Briefing, start: int) -> dict[Citation, PieceWish]:
    """Which pieces of articles its bullets need, from the one after `start` on."""
    cited = [
        citation for bullet in briefing.bullets[start:] for citation in bullet.citations[:PROOFS]
    ]
    around = min(AROUND, AROUND_IN_ALL // (2 * len(cited) or 1))
    return {each: wish(each, around) for each in cited}


def _rows(
    told: Sequence[words.Part],
    briefing: Briefing,
    wishes: Mapping[Citation, PieceWish],
    pieces: Mapping[PieceWish, TextPiece],
    withdrawn: Mapping[Bullet, Withdrawal],
    start: int,
) -> list[Row]:
    numbered = {
        bullet.number: (bullet, group.label if bullet is group.bullets[0] else "")
        for part in told
        for group in part.groups
        for bullet in group.bullets
    }
    return [
        replace(
            _row(*numbered[number], bullet, briefing, wishes, pieces),
            withdrawn=withdrawn.get(bullet),
        )
        for number, bullet in enumerate(briefing.bullets, 1)
        if number > start
    ]


def _row(
    shown_as: NumberedBullet,
    label: str,
    bullet: Bullet,
    briefing: Briefing,
    wishes: Mapping[Citation, PieceWish],
    pieces: Mapping[PieceWish, TextPiece],
) -> Row:
    proofs = tuple(
        _proof(each, pieces.get(wishes[each]), briefing) for each in bullet.citations[:PROOFS]
    )
    more = len(bullet.citations) - len(proofs)
    return Row(shown_as, bullet.story_id, bullet.language, proofs, more, label)


def _proof(citation: Citation, piece: TextPiece | None, briefing: Briefing) -> Proof:
    at = piece.published_at if piece else None
    return Proof(
        citation=citation,
        passage=passage(citation, piece),
        at=at,
        when=moment(at, briefing) if at else "",
        language=piece.language if piece else None,
    )


class _Parts:
    """Divides the bullets of a page into the sections of its briefing."""

    def __init__(self, told: Sequence[words.Part], briefing: Briefing, visit: Visit) -> None:
        self._told = told
        self._briefing = briefing
        self._visit = visit

    def __call__(self, rows: Sequence[Row], *, last: bool) -> list[Part]:
        """The sections with these rows; those without bullets go where they stand between them."""
        shown = {row.bullet.number: row for row in rows}
        first = min(shown, default=0)
        found, number = [], 1
        for section, part in zip(self._briefing.sections, self._told, strict=True):
            numbers = range(number, number + len(section.bullets))
            number += len(section.bullets)
            mine = tuple(shown[each] for each in numbers if each in shown)
            ends = numbers.stop - 1 in shown
            here = ends if numbers else _stands_here(numbers.start, first, shown, last=last)
            if mine or here:
                found.append(
                    Part(
                        topic=section.topic,
                        title=part.title,
                        rows=mine,
                        empty="" if mine else part.empty,
                        notes=part.notes if here else (),
                        linked=section.topic in self._visit.topics,
                    )
                )
        return found


def _stands_here(before: int, first: int, shown: Mapping[int, Row], *, last: bool) -> bool:
    """Whether a section without bullets, before bullet `before`, belongs to this page."""
    if not shown:
        return True
    return first <= before <= max(shown) or (last and before > max(shown))
