"""The figures of a digest's day and what is ahead, from the articles of its stories."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.models import Briefing, Bullet, Withdrawal
from bot.render.sanitize import clean
from bot.store import TextPiece
from bot.web.passages import Passage
from bot.web.readers.article_days import day_of, days_of
from bot.web.visits import Visit
from summarizer.key_figures.gathering import Row, Told, gathered, leading
from summarizer.key_figures.kinds import INCIDENTS
from summarizer.key_figures.reading import figures_of
from summarizer.upcoming.reading import READ, Ahead, ahead_in

STORIES = 30
"""Stories of a digest whose articles are read."""

ARTICLES_EACH = 4
"""The newest articles of a story that are read."""

INCIDENT_ROWS, ENERGY_ROWS = 12, 6
"""Figures in the tables."""

AROUND = 170
"""Characters of a sentence shown on each side of its number."""

STRIP = range(3, 7)
"""How many figures the strip may have; with fewer there is none."""

DAYS_AHEAD = 12
"""Days to come that are listed, ..."""

AHEAD_EACH = 2
"""... of one story no more than these."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A day to come, with the article and the sentence that name it."""

    ahead: Ahead
    article: TextPiece

    @property
    def day(self) -> date:
        return self.ahead.coming.day

    @property
    def label(self) -> str:
        """The day as it is told: "by Friday 5 June 2026"."""
        bound = self.ahead.coming.bound.value
        day = f"{self.day:%A} {self.day.day} {self.day:%B %Y}"
        return day if bound == "on" else f"{bound} {day}"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in a table: its row, and the tellings that are quoted."""

    row: Row
    quoted: tuple[tuple[Told, Passage], ...]

    @property
    def where(self) -> str:
        """The country, or else the town of the dateline, or ""."""
        town = self.quoted[0][0].dateline
        return self.row.place or (f"reported from {town}" if town else "")

    @property
    def others(self) -> list[str]:
        """Further sources that give a number as well."""
        quoted = {each.source for each, _ in self.quoted}
        return sorted({each.source for each in self.row.tellings} - quoted)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a digest's page shows beside its bullets."""

    strip: tuple[Row, ...] = ()
    incidents: tuple[Line, ...] = ()
    markets: tuple[Line, ...] = ()
    ahead: tuple[Coming, ...] = ()


_READY = (
    "At least 24 people were killed and 60 injured in Sudan on Monday, and 4,000 homes were "
    "without power. Brent crude rose 1% to $80 a barrel. The parliament will vote on Friday. "
    "Power demand reached 20,000 MW. The attack that killed 12 people was filmed."
)


def make_ready() -> None:
    """Compile what finds figures and days, so that the first readers need not wait for it."""
    day = date(2026, 1, 6)
    figures_of("", _READY, "en", day)
    ahead_in(_READY, "en", day)


async def facts_of(
    visit: Visit, briefing: Briefing, withdrawn: Mapping[Bullet, Withdrawal]
) -> Facts:
    """The facts of a digest; a withdrawn bullet's story gives none."""
    taken_back = {each.story_id for each in withdrawn}
    told = dict.fromkeys(each.story_id for each in briefing.bullets)
    ids = [each for each in told if each not in taken_back][:STORIES]
    if not ids:
        return Facts()
    pieces = await visit.store.reading.openings(
        ids, briefing.window, each=ARTICLES_EACH, characters=READ
    )
    return await asyncio.to_thread(_read, pieces, briefing)


def _read(pieces: Sequence[TextPiece], briefing: Briefing) -> Facts:
    rows = gathered(told for piece in pieces for told in _figures(piece, briefing.timezone))
    strip = leading(rows, STRIP.stop - 1)
    incidents = [row for row in rows if row.kind in INCIDENTS][:INCIDENT_ROWS]
    markets = [row for row in rows if row.kind not in INCIDENTS][:ENERGY_ROWS]
    return Facts(
        strip=tuple(strip) if len(strip) in STRIP else (),
        incidents=_by_place_and_time(incidents),
        markets=_by_place_and_time(markets),
        ahead=tuple(_ahead(pieces, briefing)),
    )


def _by_place_and_time(rows: Sequence[Row]) -> tuple[Line, ...]:
    """The lines of a table: by country, those without one last; the newest of each first."""
    lines = [_line(row) for row in rows]
    lines.sort(key=lambda each: each.row.at, reverse=True)
    return tuple(sorted(lines, key=lambda each: (not each.row.place, each.row.place)))


def _line(row: Row) -> Line:
    ends = (row.tellings[0], row.tellings[-1]) if row.differs else (row.tellings[-1],)
    return Line(row, tuple((each, _around(each)) for each in ends))


def _around(told: Told) -> Passage:
    """The sentence with its number marked, cut at both ends where it is long."""
    said, start, end = told.sentence.text, told.figure.start, told.figure.end
    before, after = said[:start], said[end:]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return Passage(clean(before), clean(said[start:end]), clean(after))


def _figures(piece: TextPiece, zone: str) -> Iterator[Told]:
    for each in figures_of(piece.title, piece.text, piece.language, day_of(piece, zone)):
        yield Told(
            figure=each.figure,
            story=piece.story_id or piece.id,
            article_id=piece.id,
            source=piece.source,
            url=piece.url,
            language=piece.language,
            at=piece.published_at,
            sentence=each.sentence,
            country=each.country,
            dateline=each.dateline,
        )


def _ahead(pieces: Sequence[TextPiece], briefing: Briefing) -> list[Coming]:
    """The days to come, soonest first; one sentence a story and day, of the newest article."""
    today = briefing.created_at.astimezone(ZoneInfo(briefing.timezone)).date()
    found: dict[tuple[date, str], Coming] = {}
    sentences: set[str] = set()
    for piece in pieces:
        for each in ahead_in(piece.text, piece.language, *days_of(piece, briefing.timezone)):
            key = each.coming.day, piece.story_id or piece.id
            said = f"{each.coming.day} {each.sentence.text}"
            if each.coming.day >= today and key not in found and said not in sentences:
                sentences.add(said)
                found[key] = Coming(each, piece)
    soonest = sorted(found.items(), key=lambda each: each[0][0])
    of_story: Counter[str] = Counter()
    listed = []
    for (_, story), coming in soonest:
        of_story[story] += 1
        if of_story[story] <= AHEAD_EACH:
            listed.append(coming)
    return listed[:DAYS_AHEAD]
