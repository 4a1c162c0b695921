"""COMMANDS is the table of all chat commands, used by chats, menus and /help."""

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
        summary="the digests of this chat, with the next dates",
        example="/subscriptions",
        handle=subscriptions.handle,
    ),
    CommandSpec(
        name="topics",
        usage="/topics [add name: words|remove name]",
        summary="topics with article counts; add your own",
        example=own_topics.EXAMPLE,
        handle=topics.handle,
    ),
    CommandSpec(
        name="why",
        usage="/why N",
        summary="the evidence for bullet N of a briefing",
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
        summary="an answer from stored articles, with quotations",
        example=ask.EXAMPLE,
        handle=ask.handle,
    ),
    CommandSpec(
        name="sources",
        usage="/sources [add address]",
        summary="the sources of the articles, and their health",
        example="/sources",
        handle=sources.handle,
    ),
    CommandSpec(
        name="settings",
        usage="/settings [time|zone|quiet|length|language|engine] [value]",
        summary="show or change the settings of this chat",
        example=settings.EXAMPLE,
        handle=settings.handle,
    ),
    CommandSpec(
        name="status",
        usage="/status",
        summary="the age of the news and the next digest",
        example="/status",
        handle=status.handle,
    ),
    CommandSpec(
        name="resend",
        usage="/resend N",
        summary="operators: send the missing parts of digest N again",
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
