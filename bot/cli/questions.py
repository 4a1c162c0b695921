"""What chats can ask, on the command line: why, story, ask, trends."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from bot.cli import context
from bot.errors import UsageError
from bot.models import Command, Reply
from bot.platforms.terminal import ADDRESS, USER
from bot.render.text import reply_text
from config.terminal_style import colour, draws, width
from handlers.services import Services

Number = Annotated[int, typer.Argument(metavar="N", min=1, help="the number of a bullet")]
BriefingId = Annotated[
    str | None,
    typer.Option("--briefing", metavar="ID", help="the default is the latest one made here"),
]
Handle = Callable[[Command, Services], Awaitable[Reply]]


def why(number: Number, briefing: BriefingId = None) -> None:
    """Show the evidence of bullet N of the latest briefing."""
    from handlers.commands import why as command

    _print("why", str(number), command.handle, briefing)


def story(number: Number, briefing: BriefingId = None) -> None:
    """Show the story of bullet N in short and over time, with every source."""
    from handlers.commands import story as command

    _print("story", str(number), command.handle, briefing)


def withdraw(
    number: Number,
    reason: Annotated[
        list[str] | None, typer.Argument(metavar="REASON", help="what every reader is told")
    ] = None,
    briefing: BriefingId = None,
) -> None:
    """Withdraw bullet N; a running bot tells every chat that got it, once."""
    from handlers.commands.operators import withdraw as command

    _print("withdraw", " ".join([str(number), *(reason or [])]), command.handle, briefing)


def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="in plain words")],
) -> None:
    """Answer a question from the stored articles, with the sentences that support it."""
    from handlers.commands import ask as command

    _print("ask", " ".join(question), command.handle, None)


def trends(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="TOPIC|7d|30d", help="the default is all, 7d")
    ] = None,
) -> None:
    """Show what was covered and what rises, with the articles that prove it."""
    from handlers.commands.trends import command

    _print("trends", " ".join(words or ()), command.handle, None)


def _print(name: str, args: str, handle: Handle, briefing: str | None) -> None:
    settings = context.settings()

    async def work() -> Reply:
        async with context.opened(settings) as services:
            shown = briefing or (await services.store.briefings.newest_id(ADDRESS) or "")
            if briefing and await services.store.briefings.get(briefing) is None:
                raise UsageError(f"no briefing has the id {briefing!r}")
            return await handle(Command(name, args, ADDRESS, USER, reply_to=shown), services)

    reply = context.run(work)
    out = sys.stdout
    text = reply_text(reply, colour=colour(out), width=width(out), drawn=draws(out))
    typer.echo(context.typed_here(text))
