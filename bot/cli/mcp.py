"""The MCP server for assistants: mcp."""

from __future__ import annotations

from functools import partial

from bot.cli import context
from bot.mcp.tools import Tools
from config.settings import Settings


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
    context.run(partial(_serve, settings))


async def _serve(settings: Settings) -> None:
    from bot.mcp.server import serving

    async with context.opened(settings) as services:
        tools = Tools(
            store=services.store,
            topics_by_name={topic.name: topic for topic in services.scorer.topics},
            builder=services.builder,
            clock=services.clock,
            zone=settings.timezone,
        )
        await serving(tools).run_stdio_async()
