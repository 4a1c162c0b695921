"""Bullets for a person to send elsewhere: a briefing that is stored nowhere, without a model."""

from __future__ import annotations

from dataclasses import replace

from bot.models import Channel, Command, Reply
from handlers.commands import brief
from handlers.services import Services
from summarizer.extractive.engine import NAME as EXTRACTIVE


async def handle(command: Command, services: Services) -> Reply:
    """Build the requested bullets as the asker's own chat would get them.

    Who types the command in a chat gets an ordinary briefing, of which /why knows the numbers.
    """
    if command.message_id:
        return await brief.handle(command, services)
    known = await services.store.channels.find(command.address)
    channel = known or Channel(0, command.address, "", services.settings.timezone)
    request = await brief.request_for(command, channel, services)
    local = replace(request, engine=EXTRACTIVE, language=None)
    briefing = await services.builder.make(local, channel_id=channel.id, now=services.clock())
    return Reply(briefing=briefing)
