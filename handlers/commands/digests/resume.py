"""/resume: send digests again to a chat whose digests have stopped."""

from __future__ import annotations

from dataclasses import replace

from bot.models import Button, Channel, Command, Line, Place, Reply
from bot.render.phrases import counted
from handlers.context import channel_of
from handlers.parsing.tokens import nothing_more
from handlers.reply_lines import code, line
from handlers.services import Services
from handlers.time_format import next_time

NOT_STOPPED = "Digests to this chat are not stopped."


async def handle(command: Command, services: Services) -> Reply:
    """Enable the chat; its subscriptions continue with their next dates."""
    nothing_more(command.args, "/resume")
    channel = await channel_of(command, services)
    if channel.paused_until is not None:
        after = replace(channel, paused_until=None)
        await services.store.channels.change(channel, after)
    elif not channel.disabled:
        return Reply(lines=(line(NOT_STOPPED), *await _next(channel, services)))
    if channel.disabled:
        await services.store.channels.enable(channel.id)
    return Reply(
        title="Digests resumed",
        lines=await _next(channel, services),
        changed=True,
        buttons=((Button("My digests", "subscriptions"),),),
        place=Place.EDIT,
        gets_digests=True,
    )


async def stopped_lines(command: Command, services: Services) -> tuple[Line, ...]:
    """Return what is stopped in this chat and how to resume; empty if nothing is."""
    channel = await services.store.channels.find(command.address)
    if channel is None or not channel.disabled:
        return ()
    known = await services.store.subscriptions.of_channel(channel.id)
    what = f" ({counted(len(known), 'subscription')})" if known else ""
    return (
        line(f"Digests to this chat{what} have stopped: {channel.disabled}."),
        line("To resume them: ", code("/resume")),
    )


async def _next(channel: Channel, services: Services) -> tuple[Line, ...]:
    known = await services.store.subscriptions.of_channel(channel.id)
    if not known:
        return (line("This chat has no subscriptions."),)
    soonest = min(known, key=lambda each: each.next_due)
    return (line(f"Next digest: {next_time(soonest, services.clock())}."),)
