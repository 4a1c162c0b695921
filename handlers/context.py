"""The channel that a command came from, with its topics and its latest briefing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.errors import UsageError
from bot.models import Bullet, Channel, Command, Topic
from bot.render.wording import listed
from handlers.parsing.bullet_number import parse_number
from handlers.services import Services


async def channel_of(command: Command, services: Services) -> Channel:
    """Return the channel of a command; a new channel gets the default time zone."""
    return await services.store.channels.ensure(
        command.address, title=command.channel_title, timezone=services.settings.timezone
    )


async def topics_of(channel: Channel, services: Services) -> tuple[Topic, ...]:
    """Return the topics of a channel: the built-in ones, then its own."""
    own = await services.store.topics.of_channel(channel.id)
    return (*services.scorer.topics, *own)


async def bullet_asked_for(
    command: Command, channel: Channel, services: Services
) -> tuple[int, Bullet]:
    """Return the bullet of the channel's latest briefing that /why N or /story N names."""
    briefing = await services.store.briefings.latest(channel.id)
    if briefing is None:
        raise UsageError("There is no briefing in this chat yet: ask for one first.", "/brief")
    if not briefing.bullets:
        raise UsageError("The latest briefing here was empty: ask for a longer span.", "/brief 7d")
    number = parse_number(command.args, command.name, len(briefing.bullets))
    return number, briefing.bullets[number - 1]


def titles(names: Iterable[str], topics: Sequence[Topic]) -> str:
    """Return the titles of topics, joined by commas and "and"; a removed topic keeps its name."""
    known = {topic.name: topic.title for topic in topics}
    return listed([known.get(name, name) for name in names])
