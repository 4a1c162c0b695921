"""Digests on the command line: preview, due, history, resend, link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli import context
from bot.digests.contents import Contents
from bot.digests.due import next_digest
from bot.errors import BriefbotError
from bot.models import Channel, Digest, Subscription
from bot.page_links import archive_address, new_token
from bot.render.phrases import counted
from bot.render.sanitize import clean
from bot.render.text import briefing_text
from handlers.services import Services

MAX_HOURS = 87_600
"""Ten years."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Daily digests: preview, due, history, resend, link.",
)


@app.command()
def preview(
    subscription: Annotated[int, typer.Argument(help="its number, as `digest due` prints it")],
) -> None:
    """Print the digest that a subscription would get now; sends and stores nothing."""
    settings = context.settings()

    async def work() -> str:
        async with context.opened(settings) as services:
            briefing = await _contents(services).preview(subscription, services.clock())
            if briefing is None:
                raise BriefbotError(f"no subscription has the number {subscription}")
            return briefing_text(briefing)

    typer.echo(context.run(work))


@app.command()
def due(
    hours: Annotated[
        float, typer.Option(min=0, max=MAX_HOURS, help="only digests due within this many hours")
    ] = 24.0,
) -> None:
    """List the subscriptions by the time of their next digest, after a pause of the chat."""
    settings = context.settings()

    async def work() -> list[str]:
        async with context.opened(settings) as services:
            now = services.clock()
            until = now + timedelta(hours=hours)
            found = []
            for each in await services.store.subscriptions.due(until):
                channel = await services.store.channels.get(each.channel_id)
                at = next_digest(each, channel, now) if channel else each.next_due
                if at <= until:
                    found.append((at, each.id, _due_line(each, channel, at)))
            return [said for *_, said in sorted(found)]

    _print(context.run(work), f"no digest is due within {hours:g} h")


@app.command()
def history(
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
) -> None:
    """List the latest digests with the state of each."""
    settings = context.settings()

    async def work() -> list[str]:
        async with context.opened(settings) as services:
            found = await services.store.digests.history(limit=limit)
            return [
                _history_line(each, await services.store.channels.get(each.channel_id))
                for each in found
            ]

    _print(context.run(work), "no digest has been due yet")


@app.command()
def resend(
    digest: Annotated[int, typer.Argument(help="its number, as `digest history` prints it")],
) -> None:
    """Queue again the parts of a digest that are not known to have arrived; the bot sends them."""
    settings = context.settings()

    async def work() -> int | None:
        async with context.opened(settings) as services:
            return await services.store.digests.send_again(digest, services.clock())

    parts = context.run(work)
    if parts is None:
        context.fail(
            f"digest {digest} was sent completely, is being sent, or does not exist", status=1
        )
    typer.echo(
        f"{parts} parts will be sent again" if parts else "the digest will be built and sent again"
    )


@app.command()
def link(
    subscription: Annotated[int, typer.Argument(help="its number, as `digest due` prints it")],
    end: Annotated[bool, typer.Option("--end", help="only end the links, make none")] = False,
) -> None:
    """End all links to pages of a subscription's channel, and print a new one to its archive."""
    settings = context.settings()

    async def work() -> str:
        async with context.opened(settings) as services:
            store = services.store
            found = await store.digest_requests.for_subscriptions([subscription])
            if subscription not in found:
                raise BriefbotError(f"no subscription has the number {subscription}")
            channel = found[subscription].channel
            if end:
                ended = await store.page_links.end(channel.id)
                return f"{counted(ended, 'link')} of {_where(channel)} ended"
            token = new_token()
            await store.page_links.renew(channel.id, token, services.clock())
            return archive_address(settings, token)

    typer.echo(context.run(work))


def _contents(services: Services) -> Contents:
    topics = {topic.name: topic for topic in services.scorer.topics}
    return Contents(services.store, services.builder, topics)


def _due_line(subscription: Subscription, channel: Channel | None, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(subscription.timezone))
    topics = ", ".join(subscription.topics)
    when = f"{local:%a %d %b %Y %H:%M} {subscription.timezone}"
    return f"{subscription.id:5}  {when}  {topics}  → {_where(channel)}"


def _history_line(digest: Digest, channel: Channel | None) -> str:
    late = ", late" if digest.late else ""
    reason = f": {clean(digest.reason)}" if digest.reason else ""
    return f"{digest.id:5}  {digest.local_date}  {digest.state}{late}{reason}  → {_where(channel)}"


def _where(channel: Channel | None) -> str:
    if channel is None:
        return "a deleted channel"
    address = channel.address
    thread = f" thread {address.thread}" if address.thread else ""
    title = f" ({clean(channel.title)})" if channel.title else ""
    return f"{address.platform} {address.chat}{thread}{title}"


def _print(lines: Sequence[str], nothing: str) -> None:
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo(nothing, err=True)
