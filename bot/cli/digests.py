"""Digests on the command line: what would go out, what is due, what went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli import context as common
from bot.digests.contents import Contents
from bot.errors import BriefbotError
from bot.models import Channel, Digest, Subscription
from bot.render.sanitize import clean
from bot.render.text import briefing_text
from handlers.services import Services

MOST_HOURS = 87_600
"""Ten years."""

app = typer.Typer(no_args_is_help=True, help="Daily digests: preview, due, history, resend.")


@app.command()
def preview(
    subscription: Annotated[int, typer.Argument(help="its number, as `digest due` prints it")],
) -> None:
    """Print the digest that a subscription would get now; nothing is sent or remembered."""
    settings = common.settings()

    async def work() -> str:
        async with common.opened(settings) as services:
            briefing = await _contents(services).preview(subscription, services.clock())
            if briefing is None:
                raise BriefbotError(f"there is no subscription {subscription}")
            return briefing_text(briefing)

    typer.echo(common.run(work))


@app.command()
def due(
    hours: Annotated[
        float, typer.Option(min=0, max=MOST_HOURS, help="only those due within this time")
    ] = 24.0,
) -> None:
    """List the subscriptions by the time of their next digest."""
    settings = common.settings()

    async def work() -> list[str]:
        async with common.opened(settings) as services:
            until = services.clock() + timedelta(hours=hours)
            found = await services.store.subscriptions.due(until)
            return [
                _due_line(each, await services.store.channels.get(each.channel_id))
                for each in found
            ]

    _print(common.run(work), f"no digest is due within {hours:g} h")


@app.command()
def history(
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
) -> None:
    """List the latest digests with what became of each."""
    settings = common.settings()

    async def work() -> list[str]:
        async with common.opened(settings) as services:
            found = await services.store.digests.history(limit=limit)
            return [
                _history_line(each, await services.store.channels.get(each.channel_id))
                for each in found
            ]

    _print(common.run(work), "no digest has been due yet")


@app.command()
def resend(
    digest: Annotated[int, typer.Argument(help="its number, as `digest history` prints it")],
) -> None:
    """Let go again what of a digest is not known to have arrived; the running bot sends it."""
    settings = common.settings()

    async def work() -> int | None:
        async with common.opened(settings) as services:
            return await services.store.digests.send_again(digest, services.clock())

    parts = common.run(work)
    if parts is None:
        common.fail(f"digest {digest} has arrived whole, is under way, or does not exist", status=1)
    typer.echo(f"{parts} to be sent again" if parts else "to be built and sent anew")


def _contents(services: Services) -> Contents:
    topics = {topic.name: topic for topic in services.scorer.topics}
    return Contents(services.store, services.builder, topics)


def _due_line(subscription: Subscription, channel: Channel | None) -> str:
    local = subscription.next_due.astimezone(ZoneInfo(subscription.timezone))
    topics = ", ".join(subscription.topics)
    when = f"{local:%a %d %b %Y %H:%M} {subscription.timezone}"
    return f"{subscription.id:5}  {when}  {topics}  → {_where(channel)}"


def _history_line(digest: Digest, channel: Channel | None) -> str:
    late = ", late" if digest.late else ""
    reason = f": {clean(digest.reason)}" if digest.reason else ""
    return f"{digest.id:5}  {digest.local_date}  {digest.state}{late}{reason}  → {_where(channel)}"


def _where(channel: Channel | None) -> str:
    if channel is None:
        return "a channel that is gone"
    address = channel.address
    thread = f" thread {address.thread}" if address.thread else ""
    title = f" ({clean(channel.title)})" if channel.title else ""
    return f"{address.platform} {address.chat}{thread}{title}"


def _print(lines: Sequence[str], nothing: str) -> None:
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo(nothing, err=True)
