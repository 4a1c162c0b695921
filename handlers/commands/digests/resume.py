"""/resume: send digests again to a chat whose digests have stopped."""

from __future__ import annotations

from dataclasses import replace

from bot.languages import marked, tr
from bot.models import Channel, Command, Line, Place, Reply
from bot.render.buttons import digests_button
from bot.render.phrases import counted
from handlers.context import channel_of
from handlers.parsing.tokens import nothing_more
from handlers.reply_lines import code, line, sentence
from handlers.services import Services
from handlers.time_format import soonest_time

NOT_STOPPED = marked("The digests of this chat are not stopped.")


async def handle(command: Command, services: Services) -> Reply:
    """Enable the chat; its subscriptions continue with their next dates."""
    nothing_more(command.args, "/resume")
    channel = await channel_of(command, services)
    if channel.paused_until is not None:
        after = replace(channel, paused_until=None)
        await services.store.channels.change(channel, after)
    elif not channel.disabled:
        return Reply(lines=(line(tr(NOT_STOPPED)), *await _next(channel, services)))
    if channel.disabled:
        await services.store.channels.enable(channel.id)
    return Reply(
        title=tr("Digests resumed"),
        lines=await _next(channel, services),
        changed=True,
        buttons=((digests_button(),),),
        place=Place.EDIT,
        gets_digests=True,
    )


async def stopped_lines(command: Command, services: Services) -> tuple[Line, ...]:
    """Return what is stopped in this chat and how to resume; empty if nothing is."""
    channel = await services.store.channels.find(command.address)
    if channel is None or not channel.disabled:
        return ()
    known = await services.store.subscriptions.of_channel(channel.id)
    many, reason = counted(len(known), "digest"), tr(channel.disabled)
    if known:
        stopped = sentence(
            "The digests of this chat ({digests}) have stopped: {reason}.",
            digests=many,
            reason=reason,
        )
    else:
        stopped = sentence("The digests of this chat have stopped: {reason}.", reason=reason)
    return (
        stopped,
        sentence("To resume them: {command}", command=code("/resume")),
    )


async def _next(channel: Channel, services: Services) -> tuple[Line, ...]:
    known = await services.store.subscriptions.of_channel(channel.id)
    if not known:
        return (line(tr("This chat gets no digests.")),)
    when = soonest_time(known, channel, services.clock())
    return (line(tr("Next digest: {when}.", when=when)),)
