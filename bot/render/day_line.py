"""The first line of a briefing: what the day was."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.languages import plural, tr
from bot.models import Briefing, Bullet, BulletStatus, UntoldReason
from bot.render.bullets import account_text
from bot.render.sanitize import clean
from bot.render.silence import shortened

FEW = 2
"""Bullets among which the leading one is seen at once, without a line that says it again."""

LEAD_SHOWN = 110
"""Characters of the leading event."""

_ASKS = ("?", "…", "...", "]")
"""The ends of titles that tell no event."""


@dataclass(frozen=True, slots=True)
class Day:
    """How many stories are new, changed, and going on without news; and the leading event."""

    new: int
    changed: int
    going_on: int
    lead: str

    @classmethod
    def of(cls, briefing: Briefing) -> Day:
        """Count what a briefing tells; `lead` is "" where nothing is new or changed.

        Told in two sections or by several bullets from one article, an event counts once; two
        events of one stored story count twice.
        """
        most: Counter[tuple[str, BulletStatus]] = Counter()
        for section in briefing.sections:
            events = {(each.story_id, each.status, _article(each)) for each in section.bullets}
            most |= Counter((story, status) for story, status, _ in events)
        counts = dict.fromkeys(BulletStatus, 0)
        for (_, status), times in most.items():
            counts[status] += times
        known = {each.story_id for each in briefing.bullets}
        told = {story.story_id for section in briefing.sections for story in section.going_on}
        return cls(
            counts[BulletStatus.NEW],
            counts[BulletStatus.UPDATED],
            counts[BulletStatus.ONGOING] + len(told - known),
            _lead(briefing),
        )


def _article(bullet: Bullet) -> str:
    return bullet.citations[0].article_id if bullet.citations else ""


def opening_line(briefing: Briefing) -> str:
    """Return the line above the bullets of a briefing; what leads a few is seen right below it."""
    return day_line(briefing, lead=len(briefing.bullets) > FEW or bool(briefing.lead))


def day_line(briefing: Briefing, *, lead: bool = True) -> str:
    """Return one line: "3 new stories, 1 changed. Leading: Storm cuts power to the coast"."""
    day = Day.of(briefing)
    if not day.new and not day.changed:
        return _quiet(briefing, day.going_on)
    said: list[str] = []
    if day.new:
        said.append(plural(day.new, "{count} new story", "{count} new stories"))
    if day.changed and not said:
        said.append(plural(day.changed, "{count} changed story", "{count} changed stories"))
    elif day.changed:
        said.append(plural(day.changed, "{count} changed", "{count} changed"))
    if day.going_on:
        said.append(plural(day.going_on, "{count} still going", "{count} still going"))
    stories = tr(", ").join(said)
    return (
        tr("{stories}. Leading: {lead}", stories=stories, lead=day.lead) if lead else f"{stories}."
    )


def _quiet(briefing: Briefing, going_on: int) -> str:
    nothing = _nothing(briefing, bool(going_on))
    if not going_on:
        return f"{nothing}."
    going = plural(going_on, "{count} story still going", "{count} stories still going")
    return tr("{nothing}; {going}.", nothing=nothing, going=going)


def _nothing(briefing: Briefing, going: bool) -> str:
    left = sum(
        each.stories
        for section in briefing.sections
        for each in section.left_out
        if each.reason is not UntoldReason.OFF_TOPIC
    )
    if going or not left:
        return tr("Nothing new")
    return plural(
        left,
        "Nothing worth telling among {count} story",
        "Nothing worth telling among {count} stories",
    )


def _lead(briefing: Briefing) -> str:
    """A model's line, else the leading bullet of the section whose one is told by most outlets."""
    firsts = briefing.leading
    if not firsts:
        return ""
    line = briefing.lead
    chosen = next((each for each in firsts if line and each.story_id == line.story_id), None)
    best = chosen or max(firsts, key=lambda each: each.independent_sources or each.sources_count)
    told = shortened(line.text, LEAD_SHOWN) if line and chosen else _short(best)
    account = account_text(clean(best.attribution or "").strip())
    return f"{told} ({account})" if account else told


def _short(bullet: Bullet) -> str:
    """The bullet, or its article's title where only that is short and tells an event."""
    text = clean(bullet.text).strip()
    title = clean(bullet.citations[0].title).strip() if bullet.citations else ""
    plain = title and len(title) <= LEAD_SHOWN and not title.endswith(_ASKS) and not bullet.language
    if len(text) > LEAD_SHOWN and plain and bullet.engine == "extractive":
        return title
    return shortened(text, LEAD_SHOWN)
