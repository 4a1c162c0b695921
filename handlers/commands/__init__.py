"""COMMANDS is the table of contents: every chat, menu and /help reads it."""

from __future__ import annotations

from bot.models import Command, Reply
from handlers.command_spec import CommandSpec
from handlers.commands import (
    ask,
    brief,
    resend,
    search,
    settings,
    sources,
    status,
    story,
    subscribe,
    subscriptions,
    topics,
    unsubscribe,
    why,
)
from handlers.commands.help import help_reply, start_reply
from handlers.parsing import subscribe as subscribing
from handlers.parsing import topic_definition as own_topics
from handlers.services import Services

__all__ = ["COMMANDS", "CommandSpec"]


async def _start(_command: Command, _services: Services) -> Reply:
    return start_reply(COMMANDS)


async def _help(command: Command, _services: Services) -> Reply:
    return help_reply(COMMANDS, command.args)


COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(
        name="brief",
        usage="/brief [topic…] [24h|7d] [short|long]",
        summary="a briefing now",
        example="/brief energy 48h short",
        handle=brief.handle,
    ),
    CommandSpec(
        name="subscribe",
        usage="/subscribe topic… [at 07:30] [weekdays|daily|mon,thu] [in Asia/Karachi]",
        summary="a daily digest in this chat",
        example=subscribing.EXAMPLE,
        handle=subscribe.handle,
    ),
    CommandSpec(
        name="unsubscribe",
        usage="/unsubscribe [topic…|all]",
        summary="end digests",
        example="/unsubscribe energy",
        handle=unsubscribe.handle,
    ),
    CommandSpec(
        name="subscriptions",
        usage="/subscriptions",
        summary="what this chat gets, and when next",
        example="/subscriptions",
        handle=subscriptions.handle,
    ),
    CommandSpec(
        name="topics",
        usage="/topics [add name: words|remove name]",
        summary="topics and how much news they have; add your own",
        example=own_topics.EXAMPLE,
        handle=topics.handle,
    ),
    CommandSpec(
        name="why",
        usage="/why N",
        summary="what proves bullet N of the latest briefing",
        example="/why 2",
        handle=why.handle,
    ),
    CommandSpec(
        name="story",
        usage="/story N",
        summary="bullet N's story over time, with every source",
        example="/story 2",
        handle=story.handle,
    ),
    CommandSpec(
        name="search",
        usage="/search words",
        summary="find stored articles",
        example=search.EXAMPLE,
        handle=search.handle,
    ),
    CommandSpec(
        name="ask",
        usage="/ask QUESTION",
        summary="an answer from stored articles, with its proof",
        example=ask.EXAMPLE,
        handle=ask.handle,
    ),
    CommandSpec(
        name="sources",
        usage="/sources [add address]",
        summary="where the articles come from, and how each source does",
        example="/sources",
        handle=sources.handle,
    ),
    CommandSpec(
        name="settings",
        usage="/settings [time|zone|quiet|length|language|engine] [value]",
        summary="what this chat has chosen, and choosing",
        example=settings.EXAMPLE,
        handle=settings.handle,
    ),
    CommandSpec(
        name="status",
        usage="/status",
        summary="how fresh the news is, and what comes next",
        example="/status",
        handle=status.handle,
    ),
    CommandSpec(
        name="resend",
        usage="/resend N",
        summary="operators: send again what of digest N may be missing",
        example=resend.EXAMPLE,
        handle=resend.handle,
        menu=False,
    ),
    CommandSpec(
        name="help",
        usage="/help [command]",
        summary="the commands",
        example="/help",
        handle=_help,
    ),
    CommandSpec(
        name="start",
        usage="/start",
        summary="what this bot is",
        example="/start",
        handle=_start,
        menu=False,
    ),
)
