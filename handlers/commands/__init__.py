"""COMMANDS is the table of all chat commands, used by chats, menus and /help."""

from __future__ import annotations

from bot.languages import marked
from bot.models import Command, Reply
from bot.platforms.interfaces import MenuEntry, MenuReader
from handlers.command_spec import CommandSpec, Purpose, always, with_words
from handlers.commands import (
    ask,
    brief,
    bullets,
    feedback,
    forget,
    form,
    home,
    more,
    mute,
    search,
    settings,
    sources,
    status,
    story,
    topics,
    why,
)
from handlers.commands.alerts.specs import ALERTS
from handlers.commands.digests import (
    pause,
    resume,
    setup,
    stop,
    subscribe,
    subscriptions,
    trial,
    unsubscribe,
)
from handlers.commands.help import help_reply, start_reply
from handlers.commands.operators.specs import OPERATORS
from handlers.commands.trends.specs import TRENDS
from handlers.elsewhere import is_private
from handlers.parsing import muted_words
from handlers.parsing import subscribe as subscribing
from handlers.parsing import topic_definition as own_topics
from handlers.permissions import refusal
from handlers.services import Services

__all__ = ["COMMANDS", "CommandSpec"]


async def _start(command: Command, services: Services) -> Reply:
    stopped = await resume.stopped_lines(command, services)
    alone = is_private(command.address, command.user.id)
    return start_reply(services.scorer.topics, stopped, alone=alone)


async def _help(command: Command, services: Services) -> Reply:
    return help_reply(await _usable(command, services), command.args)


async def _usable(command: Command, services: Services) -> tuple[CommandSpec, ...]:
    """The commands that the sender may use here."""
    operates = command.user.admin
    found = tuple(each for each in COMMANDS if operates or each.operates is not always)
    if await refusal(command, services, admins_only=True) is None:
        return found
    found = tuple(each for each in found if not each.admins_only)
    if await refusal(command, services, admins_only=False) is None:
        return found
    return tuple(each for each in found if each.changes is not always)


def menu() -> tuple[MenuEntry, ...]:
    """The commands for the platforms' menus, each for those who may use it."""
    shown = [each for each in COMMANDS if each.listed and (each.menu or each.operates is always)]
    return tuple(MenuEntry(each.name, each.summary, _reader(each)) for each in shown)


def _reader(spec: CommandSpec) -> MenuReader:
    if spec.operates is always:
        return MenuReader.OPERATOR
    return MenuReader.ADMIN if spec.changes is always or spec.admins_only else MenuReader.MEMBER


COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(
        name="brief",
        usage='/brief [topic…] [country] ["words"] [-word] [24h|7d] [short|long]',
        summary=marked("a briefing now"),
        example="/brief energy 48h short",
        handle=brief.handle,
        purpose=Purpose.READ,
    ),
    CommandSpec(
        name="subscribe",
        usage='/subscribe topic… [country] ["words"] [at 07:30] [weekdays|mon,thu] [in Karachi]',
        summary=marked("a daily digest in this chat"),
        example=subscribing.EXAMPLE,
        handle=subscribe.handle,
        check=subscribe.check,
        purpose=Purpose.DIGESTS,
        changes=always,
    ),
    CommandSpec(
        name="setup",
        usage="/setup",
        summary=marked("a daily digest by choosing: topic, time, time zone"),
        example="/setup",
        handle=setup.handle,
        purpose=Purpose.DIGESTS,
        changes=with_words,
    ),
    CommandSpec(
        name="try",
        usage="/try [topic…]",
        summary=marked("this chat's digest now, as a test"),
        example="/try",
        handle=trial.handle,
        purpose=Purpose.DIGESTS,
    ),
    CommandSpec(
        name="pause",
        usage="/pause [until Monday|7d|until 5 Dec]",
        summary=marked("hold the digests of this chat for a while"),
        example="/pause until Monday",
        handle=pause.handle,
        purpose=Purpose.DIGESTS,
        changes=with_words,
    ),
    CommandSpec(
        name="unsubscribe",
        usage="/unsubscribe [topic…|all]",
        summary=marked("end digests"),
        example="/unsubscribe energy",
        handle=unsubscribe.handle,
        purpose=Purpose.DIGESTS,
        changes=always,
    ),
    CommandSpec(
        name="stop",
        usage="/stop",
        summary=marked("end all digests, after a question"),
        example="/stop",
        handle=stop.handle,
        purpose=Purpose.DIGESTS,
        menu=False,
    ),
    CommandSpec(
        name="subscriptions",
        usage="/subscriptions",
        summary=marked("the digests of this chat, with the next dates"),
        example="/subscriptions",
        handle=subscriptions.handle,
        purpose=Purpose.DIGESTS,
    ),
    *ALERTS,
    CommandSpec(
        name="topics",
        usage="/topics [add name: words|remove name]",
        summary=marked("topics with article counts; add your own"),
        example=own_topics.EXAMPLE,
        handle=topics.handle,
        check=topics.check,
        purpose=Purpose.CHOOSE,
        changes=own_topics.changes_topics,
    ),
    CommandSpec(
        name="why",
        usage="/why N",
        summary=marked("the evidence for bullet N of a briefing"),
        example="/why 2",
        handle=why.handle,
        purpose=Purpose.CHECK,
    ),
    CommandSpec(
        name="story",
        usage="/story N",
        summary=marked("bullet N's story over time, with every source"),
        example="/story 2",
        handle=story.handle,
        purpose=Purpose.CHECK,
    ),
    CommandSpec(
        name="more",
        usage="/more",
        summary=marked("the stories that a briefing left out, and why"),
        example="/more",
        handle=more.handle,
        purpose=Purpose.CHECK,
        menu=False,
    ),
    CommandSpec(
        name="like",
        usage="/like N",
        summary=marked("more stories like bullet N"),
        example="/like 2",
        handle=feedback.like,
        purpose=Purpose.CHOOSE,
        menu=False,
    ),
    CommandSpec(
        name="dislike",
        usage="/dislike N",
        summary=marked("fewer stories like bullet N"),
        example="/dislike 2",
        handle=feedback.dislike,
        purpose=Purpose.CHOOSE,
        menu=False,
    ),
    CommandSpec(
        name="buttons",
        usage="/buttons",
        summary=marked("the buttons of a briefing again"),
        example="/buttons",
        handle=feedback.keyboard,
        menu=False,
        listed=False,
    ),
    CommandSpec(
        name="form",
        usage="/form subscribe|watch|topic|settings",
        summary=marked("a form to fill in"),
        example="/form subscribe",
        handle=form.handle,
        menu=False,
        listed=False,
    ),
    CommandSpec(
        name="bullets",
        usage="/bullets [topic…]",
        summary=marked("bullets to send elsewhere"),
        example="/bullets energy",
        handle=bullets.handle,
        menu=False,
        listed=False,
    ),
    CommandSpec(
        name="home",
        usage="/home",
        summary=marked("what this chat gets, on one page"),
        example="/home",
        handle=home.handle,
        menu=False,
        listed=False,
    ),
    CommandSpec(
        name="search",
        usage="/search words",
        summary=marked("find stored articles"),
        example=search.EXAMPLE,
        handle=search.handle,
        purpose=Purpose.READ,
    ),
    CommandSpec(
        name="ask",
        usage="/ask QUESTION",
        summary=marked("an answer from stored articles, with quotations"),
        example=ask.EXAMPLE,
        handle=ask.handle,
        purpose=Purpose.READ,
    ),
    *TRENDS,
    CommandSpec(
        name="sources",
        usage="/sources [add address]",
        summary=marked("the sources of the articles, and their health"),
        example="/sources",
        handle=sources.handle,
        purpose=Purpose.CHECK,
        operates=sources.adds,
    ),
    CommandSpec(
        name="settings",
        usage="/settings [time|zone|quiet|length|details|pictures|language|engine|who] [value]",
        summary=marked("show or change the settings of this chat"),
        example=settings.EXAMPLE,
        handle=settings.handle,
        check=settings.check,
        purpose=Purpose.CHOOSE,
        changes=settings.changes,
    ),
    CommandSpec(
        name="mute",
        usage='/mute word… "a phrase", or alerts [3h]',
        summary=marked("leave stories with these words out; or no alerts for some hours"),
        example=muted_words.EXAMPLE,
        handle=mute.mute,
        purpose=Purpose.CHOOSE,
        changes=with_words,
    ),
    CommandSpec(
        name="unmute",
        usage="/unmute [word…|all|alerts]",
        summary=marked("show stories with these words again; or alerts"),
        example="/unmute football",
        handle=mute.unmute,
        purpose=Purpose.CHOOSE,
        changes=with_words,
        menu=False,
    ),
    CommandSpec(
        name="resume",
        usage="/resume",
        summary=marked("start digests again that have stopped"),
        example="/resume",
        handle=resume.handle,
        purpose=Purpose.DIGESTS,
        changes=always,
        menu=False,
    ),
    CommandSpec(
        name="status",
        usage="/status",
        summary=marked("the age of the news and the next digest"),
        example="/status",
        handle=status.handle,
        shows_role=True,
    ),
    *OPERATORS,
    CommandSpec(
        name="forget",
        usage="/forget",
        summary=marked("erase all data of this chat, after a question"),
        example="/forget",
        handle=forget.handle,
        changes=always,
        admins_only=True,
    ),
    CommandSpec(
        name="help",
        usage="/help [command]",
        summary=marked("the commands"),
        example="/help",
        handle=_help,
        shows_role=True,
    ),
    CommandSpec(
        name="start",
        usage="/start",
        summary=marked("what this bot is"),
        example="/start",
        handle=_start,
        menu=False,
    ),
)
