"""One request of a reader whose link is good, and what it may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.models import Briefing, Channel, Topic
from bot.store import Store

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class NotThere(Exception):
    """There is no such page, or the link does not open it; both look the same."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request. `root` is the path of the link; pages below it are opened by the same link.

    With `briefing_id` the link is that of one digest: it opens its stories, their articles and its
    topics. Without it opens all that the channel's chat can ask for.
    """

    store: Store
    topics: Mapping[str, Topic]
    now: datetime
    root: str
    channel: Channel
    briefing_id: str | None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the link is that of the channel's archive."""
        return self.briefing_id is None

    def number(self, name: str, most: int = 1_000_000) -> int:
        """A number in the query; 0 if it is missing or no number."""
        return asked_number(self.query, name, most)

    async def briefing(self) -> Briefing:
        """The digest that the link is for; raises NotThere."""
        found = await self.store.briefings.get(self.briefing_id) if self.briefing_id else None
        if found is None:
            raise NotThere
        return found


async def opened(
    kind: str,
    token: str,
    store: Store,
    topics: Mapping[str, Topic],
    now: datetime,
    link_days: int,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
) -> Visit | None:
    """The visit of a good link: of `kind` d, a digest's, or c, an archive's; None for any other."""
    scope = await store.page_links.open(token, oldest_link(link_days, now))
    if scope is None or (scope.briefing_id is None) != (kind == "c"):
        return None
    channel = await store.channels.get(scope.channel_id)
    if channel is None:
        return None
    return Visit(
        store=store,
        topics=topics,
        now=now,
        root=f"/{kind}/{token}",
        channel=channel,
        briefing_id=scope.briefing_id,
        path=path or {},
        query=query or {},
    )


def asked_number(query: Mapping[str, str], name: str, most: int) -> int:
    """A number in a query, at most `most`; 0 if it is missing or no number."""
    given = query.get(name, "")[:12]
    return min(int(given), most) if given.isascii() and given.isdecimal() else 0


def number_of(given: str) -> int:
    """The number of a row that a path names; raises NotThere where a database holds no such one."""
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise NotThere
    return int(given)


def stories_of(briefing: Briefing) -> frozenset[str]:
    """The stories that a briefing names."""
    told = {bullet.story_id for bullet in briefing.bullets}
    going_on = {each.story_id for section in briefing.sections for each in section.going_on}
    return frozenset(told | going_on)


def oldest_link(days: int, now: datetime) -> datetime:
    """When the oldest link was made that still opens a page; 0 days is for ever."""
    return now - timedelta(days=days) if days else ALWAYS
