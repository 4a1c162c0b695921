"""Running the bot: run, chat, web, mcp."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.app import (
    App,
    alert_tickers,
    digests_for,
    source_polling_for,
    watching_for,
)
from bot.cli import context
from bot.digests.service import DigestLoops
from bot.health import Health
from bot.models import Command, Platform
from bot.platforms.terminal import ADDRESS, USER, TerminalChat
from bot.process_lock import only_process
from bot.render.text import reply_text
from bot.sources.files.samples import sample_articles
from bot.supervisor import run_until_stopped
from config.private_files import make_private
from config.settings import Settings, env_path, history_path
from handlers import dispatch
from handlers.completion import suggestions
from handlers.services import Services

DEMO = (
    "No chat platform is configured and nothing is stored yet, so this is a demo on invented "
    "articles.\nNothing that you type here is kept. "
    "README.md says how to add your own articles, Telegram and Slack.\n"
)


def run() -> None:
    """Start the bot on every configured chat platform; with none, open the terminal chat."""
    settings = context.settings()
    context.run(partial(_run, settings))


def chat(
    sample: Annotated[
        bool, typer.Option("--sample", help="use a temporary database of invented articles")
    ] = False,
) -> None:
    """Chat in the terminal, one command a line; also reads from a pipe."""
    settings = context.settings()
    context.run(partial(_chat, settings, sample=sample))


def web() -> None:
    """Serve the pages of digests, stories and topics, and the operator's page."""
    settings = context.settings()
    context.run(partial(_web, settings))


def mcp() -> None:
    """Serve assistants over MCP on standard input and output; it reads only.

    An assistant starts it by itself: docs/api.md has the lines for its settings.
    """
    settings = context.settings()
    try:
        import mcp  # noqa: F401 - an optional package
    except ImportError:
        context.fail(
            "`briefbot mcp` needs the package mcp: pip install 'mcp>=2.3,<3' beside briefbot "
            "(pipx inject briefbot 'mcp>=2.3,<3')",
            status=1,
        )
    context.run(partial(_mcp, settings))


async def _run(settings: Settings) -> None:
    make_private(env_path())
    async with context.ingesting(settings) as services:
        if settings.telegram_on or settings.slack_on or await _only_sends(services):
            app = App(services)
            with only_process(services.store.file):
                await run_until_stopped(app.start, app.stop)
            return
        if await services.store.articles.count():
            await _terminal(services, history_path())
            return
    typer.echo(DEMO, err=True)
    async with _sampled(settings) as services:
        reply = await dispatch.answer(services, Command("brief", "", ADDRESS, USER))
        if reply is not None:
            typer.echo(reply_text(reply))
        await _terminal(services)


async def _only_sends(services: Services) -> bool:
    """Whether there is something to run without a chat platform: mails or a webhook."""
    subscribed = await services.store.channels.subscribed()
    hooks = any(each.address.platform is Platform.WEBHOOK for each in subscribed)
    return services.settings.mail_on or hooks


async def _web(settings: Settings) -> None:
    from bot.web.server import Pages

    async with context.opened(settings) as services:
        topics = {topic.name: topic for topic in services.scorer.topics}
        pages = Pages(services.store, topics, settings, services.clock, Health())
        await run_until_stopped(pages.start, pages.stop)


async def _mcp(settings: Settings) -> None:
    from bot.mcp.server import serving
    from bot.mcp.tools import Tools

    async with context.opened(settings) as services:
        tools = Tools(
            store=services.store,
            topics_by_name={topic.name: topic for topic in services.scorer.topics},
            builder=services.builder,
            clock=services.clock,
            zone=settings.timezone,
        )
        await serving(tools).run_stdio_async()


async def _chat(settings: Settings, *, sample: bool) -> None:
    async with _sampled(settings) if sample else context.ingesting(settings) as services:
        await _terminal(services, None if sample else history_path())


async def _terminal(services: Services, history: Path | None = None) -> None:
    terminal = TerminalChat(
        partial(dispatch.answer, services),
        address=ADDRESS,
        user=USER,
        understand=dispatch.understand,
        suggest=partial(suggestions, services, ADDRESS),
        history=history,
    )
    here = {Platform.TERMINAL: terminal}
    digests = digests_for(services, here)
    seconds = services.settings.tick_seconds
    alerts = alert_tickers(watching_for(services, here, digests), seconds)
    loops = DigestLoops(digests, seconds, *alerts)
    polling = source_polling_for(services, digests)
    loops.start()
    polling.start()
    try:
        await terminal.run()
    finally:
        await polling.stop()
        await loops.stop()


@asynccontextmanager
async def _sampled(settings: Settings) -> AsyncIterator[Services]:
    """Services on a temporary database with the sample articles, dated back from now."""
    with tempfile.TemporaryDirectory(prefix="briefbot-") as folder:
        url = f"sqlite:///{Path(folder) / 'sample.db'}"
        async with context.ingesting(settings, url=url) as services:
            from bot.ingest.pipeline import IngestPipeline

            pipeline = IngestPipeline(services.store, services.scorer)
            at = services.clock()
            for article in sample_articles(at):
                await pipeline.add(article, source=None, now=at)
            yield services
