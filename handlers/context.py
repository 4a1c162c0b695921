"""The channel that a command came from, with its topics and its latest briefing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import StoreError, UsageError
from bot.languages import listed, topic_text, tr
from bot.log import get_logger
from bot.models import Briefing, Bullet, Channel, Command, Line, Platform, Subscription, Topic
from bot.render.wording import heading
from handlers.parsing.bullet_number import parse_number
from handlers.reply_lines import line
from handlers.services import Services
from handlers.time_format import appointed

log = get_logger(__name__)


async def channel_of(command: Command, services: Services) -> Channel:
    """Return the channel of a command; a new channel gets the default time zone.

    Where the database cannot write, a new channel is not stored and has the id 0.
    """
    store, title, zone = services.store, command.channel_title, services.settings.timezone
    known = await store.channels.find(command.address)
    language = command.user.language
    same = known is not None and language in ("", known.profile_language)
    if known is not None and same and title in ("", known.title):
        return known
    try:
        found = await store.channels.ensure(command.address, title=title, timezone=zone)
        return await _with_profile(found, language, services)
    except StoreError as error:
        log.warning("channel not stored", error=str(error))
        return known or Channel(0, command.address, title, zone)


async def stored_channel(command: Command, services: Services) -> Channel:
    """Return the channel of a command, or what it would be if it is new; stores nothing."""
    known = await services.store.channels.find(command.address)
    return known or Channel(0, command.address, "", services.settings.timezone)


async def _with_profile(channel: Channel, language: str, services: Services) -> Channel:
    """Store the language of the person whose private chat it is: digests speak it too."""
    if language in ("", channel.profile_language):
        return channel
    after = replace(channel, profile_language=language)
    await services.store.channels.change(channel, after)
    return after


async def topics_of(channel: Channel, services: Services) -> tuple[Topic, ...]:
    """Return the topics of a channel: the built-in ones, then its own."""
    own = await services.store.topics.of_channel(channel.id)
    return (*services.scorer.topics, *own)


@dataclass(frozen=True, slots=True)
class NumberedBullet:
    """Bullet `number` of a briefing."""

    number: int
    bullet: Bullet
    briefing: Briefing

    def line(self, channel: Channel, now: datetime) -> Line:
        """Name the briefing: "This is bullet 2 of the briefing of Mon 23 Nov, 07:30, on Energy"."""
        made = appointed(self.briefing.created_at, channel.timezone, now)
        topics = heading(self.briefing)
        return line(
            tr(
                "This is bullet {number} of the briefing of {made}, on {topics}.",
                number=self.number,
                made=made,
                topics=topics,
            )
        )


async def bullet_asked_for(
    command: Command, channel: Channel, services: Services
) -> NumberedBullet:
    """Return the bullet that /why N or /story N names.

    N counts in the briefing that the command replies to, else in the latest one of the channel.
    """
    briefing = await _replied_to(command, channel, services)
    that = briefing is not None
    briefing = briefing or await services.store.briefings.latest(channel.id)
    if briefing is None:
        raise UsageError(tr("There is no briefing in this chat yet: ask for one first."), "/brief")
    if not briefing.bullets:
        empty = tr("That briefing was empty: ask for a longer span.")
        if not that:
            empty = tr("The latest briefing here was empty: ask for a longer span.")
        raise UsageError(empty, "/brief 7d")
    number = parse_number(command.args, command.name, len(briefing.bullets), that=that)
    return NumberedBullet(number, briefing.bullets[number - 1], briefing)


async def briefing_asked_for(
    command: Command, channel: Channel, services: Services
) -> Briefing | None:
    """Return the briefing that a command replies to, else the latest one of the channel."""
    found = await _replied_to(command, channel, services)
    return found or await services.store.briefings.latest(channel.id)


async def _replied_to(command: Command, channel: Channel, services: Services) -> Briefing | None:
    if not command.reply_to:
        return None
    if command.address.platform is Platform.TERMINAL:
        return await services.store.briefings.get(command.reply_to)
    found = await services.store.briefing_messages.find(channel.id, command.reply_to)
    return await services.store.briefings.get(found) if found else None


def digest_title(subscription: Subscription, topics: Sequence[Topic]) -> str:
    """Return what a digest is about: "Energy (Iran, without oil)"."""
    return subscription.filter.after(titles(subscription.topics, topics))


def typed_digest(subscription: Subscription) -> str:
    """Return what a digest is about as it can be typed: "energy Iran -oil"."""
    return " ".join(filter(None, (*subscription.topics, subscription.filter.typed)))


def typed_end(subscription: Subscription, known: Sequence[Subscription]) -> str:
    """Return what names a digest among those of its channel, as it can be typed."""
    said = typed_digest(subscription)
    if len([each for each in known if typed_digest(each) == said]) == 1:
        return said
    return timed_digest(subscription)


def timed_digest(subscription: Subscription) -> str:
    """Return what names one digest, whatever others there are: "energy Iran -oil at 07:30"."""
    said = typed_digest(subscription)
    return f"{said} weekly" if subscription.weekly else f"{said} at {subscription.at:%H:%M}"


def titles(names: Iterable[str], topics: Sequence[Topic]) -> str:
    """Return the titles of topics, joined by commas and "and"; a removed topic keeps its name."""
    known = {topic.name: topic_text(topic.title) for topic in topics}
    return listed([known.get(name, name) for name in names])
