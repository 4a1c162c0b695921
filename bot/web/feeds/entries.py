"""What a feed holds: the bullets that a channel's digests told on a topic, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote
from uuid import UUID, uuid5

from bot.models import Briefing, Bullet, Topic
from bot.models.corrections import bullet_mark
from bot.render.proofs import Proof, of_bullet
from bot.render.sanitize import clean
from bot.web.layout import language
from bot.web.visits import ALWAYS, NotThere, Visit

ENTRIES = 50
"""Entries of a feed."""

DIGESTS = 60
"""Digests that are read for a feed."""

_OURS = UUID("7f0a4f0c-3f0e-5d6b-9a51-2c1f3d6a8e42")
"""The name space of our ids, chosen at random once: with another one every entry is new."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A proved bullet; `id` is the same for the same statement in every feed.

    `page` is the path of its story, `link` the address of the first article that proves it.
    """

    id: str
    title: str
    proofs: tuple[Proof, ...]
    told_at: datetime
    page: str
    link: str | None
    language: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The outlets that prove it, each once."""
        return tuple(dict.fromkeys(each.source for each in self.proofs if each.source))

    @property
    def html(self) -> str:
        """The bullet with each quotation and its link; everything of a source is escaped."""
        return f"<p>{escape(self.title)}</p>" + "".join(map(_quoted, self.proofs))

    @property
    def text(self) -> str:
        """The same as plain text."""
        quotes = (f"“{each.quote}” {each.source} {each.url or ''}".strip() for each in self.proofs)
        return "\n\n".join([self.title, *quotes])


@dataclass(frozen=True, slots=True)
class TopicFeed:
    """The feed of a topic; `path` is where its formats lie, `page` the path of its page."""

    id: str
    title: str
    description: str
    path: str
    page: str
    entries: tuple[FeedEntry, ...]
    updated_at: datetime


async def topic_feed(visit: Visit) -> TopicFeed:
    """The feed of the topic that the path names; raises NotThere for a topic that is none here.

    A topic of the channel's own has one too: its bullets stand in the channel's digests.
    """
    name = visit.path["topic"]
    topic = await _topic(visit, name)
    past = await visit.store.archive.of_channel(visit.channel.id, start=0, limit=DIGESTS)
    found = [
        (bullet, each.briefing) for each in reversed(past) for bullet in _on(name, each.briefing)
    ]
    withdrawn = await visit.store.withdrawals.among([bullet for bullet, _ in found])
    told: dict[str, FeedEntry] = {}
    for bullet, briefing in found:
        if bullet not in withdrawn:
            entry = _entry(bullet, briefing, visit.root)
            told.setdefault(entry.id, entry)
    entries = sorted(told.values(), key=lambda each: each.told_at, reverse=True)[:ENTRIES]
    made = max((each.briefing.created_at for each in past), default=ALWAYS)
    place = clean(visit.channel.title).strip()
    path = f"{visit.root}/topics/{quote(name, safe='')}"
    return TopicFeed(
        id=_id(f"feed {visit.channel.id} {name}"),
        title=" – ".join(filter(None, [topic.title, place or "briefbot"])),
        description=topic.description,
        path=path,
        page=path if topic.channel_id is None else visit.root,
        entries=tuple(entries),
        updated_at=made,
    )


async def _topic(visit: Visit, name: str) -> Topic:
    if found := visit.topics.get(name):
        return found
    for own in await visit.store.topics.of_channel(visit.channel.id):
        if own.name == name:
            return own
    raise NotThere


def _on(topic: str, briefing: Briefing) -> Iterator[Bullet]:
    return (each for part in briefing.sections if part.topic == topic for each in part.bullets)


def _entry(bullet: Bullet, briefing: Briefing, root: str) -> FeedEntry:
    proofs = tuple(of_bullet(bullet))
    return FeedEntry(
        id=_id(f"bullet {bullet_mark(bullet.story_id, bullet.text)}"),
        title=clean(bullet.text).strip(),
        proofs=proofs,
        told_at=briefing.created_at,
        page=f"{root}/stories/{bullet.story_id}",
        link=next((each.url for each in proofs if each.url), None),
        language=language(bullet.language),
    )


def _id(name: str) -> str:
    return uuid5(_OURS, name).urn


def _quoted(proof: Proof) -> str:
    said = escape(f"{proof.source}: {proof.title}")
    source = f'<a href="{escape(proof.url)}">{said}</a>' if proof.url else said
    return f"<blockquote><p>{escape(proof.quote)}</p><p>{source}</p></blockquote>"
