"""The single entry point of the command core: takes a command and returns a reply."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from uuid import uuid4

from bot.errors import BriefbotError, PlatformError, SettingsError, StoreError, UsageError
from bot.languages import ENGLISH, marked, number, speaking, tr
from bot.languages import code as language_code
from bot.log import get_logger
from bot.model_budget import paid_by
from bot.models import Address, Button, Change, Command, Place, Platform, Reply
from bot.platforms.admission import Admission
from bot.platforms.own_replies import stale
from handlers.choices import brief_button
from handlers.command_spec import CommandSpec
from handlers.commands import COMMANDS
from handlers.commands.help import unknown_command
from handlers.context import channel_of, stored_channel, topics_of
from handlers.elsewhere import Chats, elsewhere, is_private, named_chat
from handlers.intent.commands import understood
from handlers.intent.plain_words import meant
from handlers.parsing.time_window import Spans
from handlers.permissions import (
    Roles,
    allowed,
    not_allowed,
    operators_only,
    refusal,
    role_of,
)
from handlers.reply_lines import code, line, sentence
from handlers.services import Services

log = get_logger(__name__)

LONGEST_ARGS = 4000
"""Characters that a command may have after its name; a longer one is refused unread."""

REMEMBERED = 10_000
"""Chats whose language is kept in memory."""

SORRY = marked("Sorry, that did not work. Please try again in a few minutes.")
NO_ROLES: Roles = MappingProxyType({})
NO_CHATS: Chats = MappingProxyType({})

_EARLIER = re.compile("[~^][0-9a-z]{5,12}")
"""What stood on long buttons of earlier versions in the place of words, which nobody knows now."""

_BY_NAME = {spec.name: spec for spec in COMMANDS}


def hint() -> Reply:
    """Return what the bot can do, as the answer to small talk."""
    return Reply(
        lines=(
            sentence(
                "Ask me about the news, or for a briefing: {command}.", command=code("/brief")
            ),
            sentence("All that I can do: {command}", command=code("/help")),
        ),
        buttons=((brief_button(), Button(tr("Help: all commands"), "help")),),
        private=True,
    )


def too_long() -> Reply:
    """Return the answer to a command with too many words."""
    return Reply.saying(
        tr(
            "That is too long for me: please write at most {count} characters.",
            count=number(LONGEST_ARGS),
        )
    )


def understand(text: str) -> tuple[str, str]:
    """Read a typed line as a command's name and arguments; no name for plain words."""
    return understood(text, _BY_NAME)


async def answer(
    services: Services, command: Command, roles: Roles = NO_ROLES, chats: Chats = NO_CHATS
) -> Reply | None:
    """Answer a command; errors are reported in the reply. None means no answer.

    A command without a name is plain words.
    """
    admission = admit(services, command)
    if not admission.admitted:
        return admission.reply
    return await carry_out(services, command, roles, chats)


def admit(services: Services, command: Command) -> Admission:
    """Decide whether to carry a command out, by the sender's limit and its length; counts it."""
    asked = _normalized(command)
    if not (asked.name or asked.args):
        return Admission(admitted=False)
    with speaking(language_of(services, asked.address, asked.user.language)):
        found = _admitted(asked, services)
        spoken = found.reply and replace(found.reply, language=language_code())
        return replace(found, reply=spoken)


def _admitted(asked: Command, services: Services) -> Admission:
    now = services.clock()
    if services.rate_limiter.exceeded(asked, now):
        return Admission(admitted=False, reply=services.rate_limiter.refusal(asked, now))
    if len(asked.args) > LONGEST_ARGS:
        return Admission(admitted=False, reply=too_long())
    if not allowed(asked.address, services.settings) and not asked.user.admin:
        log.info("chat not allowed", platform=asked.address.platform, chat=asked.address.chat)
        return Admission(admitted=False, reply=not_allowed(asked.address, services.settings))
    return Admission(admitted=True)


async def carry_out(
    services: Services, command: Command, roles: Roles = NO_ROLES, chats: Chats = NO_CHATS
) -> Reply | None:
    """Answer a command that was admitted; errors are reported in the reply.

    `roles` asks the platforms for the sender's role, `chats` for another chat that it names.
    """
    asked = _normalized(command)
    with paid_by(asked), speaking(await _language(asked, services)):
        _remember(asked.address, language_code(), services)
        with speaking(ENGLISH if _operates(asked) else ""):
            reply = await _execute(asked, services, roles, chats)
            return reply if reply.language else replace(reply, language=language_code())


async def fault_of(services: Services, command: Command, language: str) -> str:
    """Return why a command will be refused for its words, in this language; "" if it will not.

    Changes nothing and asks no platform: it leaves out what depends on the sender's role or on
    another chat that the words name. Raises StoreError.
    """
    asked = _normalized(command)
    spec = _BY_NAME.get(asked.name)
    if spec is None or spec.check is None or named_chat(asked)[0]:
        return ""
    with speaking(language or language_of(services, asked.address, asked.user.language)):
        try:
            await spec.check(asked.args, await stored_channel(asked, services), services)
        except UsageError as error:
            return str(error)
    return ""


def language_of(services: Services, address: Address, person: str) -> str:
    """Return the language last spoken in a chat, else the person's, else the usual one."""
    return services.languages.get(address) or person or services.settings.language


def _remember(address: Address, language: str, services: Services) -> None:
    if len(services.languages) >= REMEMBERED:
        services.languages.clear()
    services.languages[address] = language


async def _language(asked: Command, services: Services) -> str:
    """Return the language in which to answer: the chat's, else the person's, else the usual one."""
    person, usual = asked.user.language, services.settings.language
    try:
        channel = await services.store.channels.find(asked.address)
    except StoreError:
        return language_of(services, asked.address, person)
    if channel is None:
        return person or usual
    return channel.interface or person or channel.speaks(usual)


def _operates(asked: Command) -> bool:
    """Return whether an operator operates the bot, which is answered in English."""
    spec = _BY_NAME.get(asked.name)
    return asked.user.admin and spec is not None and spec.operates(asked.args)


def reads_only(name: str, args: str) -> bool:
    """Return whether a command changes nothing, so that its answer may be sent twice."""
    spec = _BY_NAME.get(name)
    return spec is None or not (spec.changes(args) or spec.operates(args))


async def _execute(asked: Command, services: Services, roles: Roles, chats: Chats) -> Reply:
    spec = _BY_NAME.get(asked.name)
    if asked.pressed and any(map(_EARLIER.fullmatch, asked.args.split())):
        return Reply(lines=(line(stale()),), place=Place.TOAST, private=True)
    try:
        if not asked.name:
            asked = await _in_context(asked, services)
            spec = _BY_NAME.get(asked.name)
        if spec is None:
            return _usage(unknown_command(asked.name, COMMANDS), spec) if asked.name else hint()
        return await _placed(asked, spec, services, roles, chats)
    except UsageError as error:
        return _usage(error, spec)
    except BriefbotError as error:
        log.warning("command failed", command=asked.name, error=str(error))
        return _failed(asked, error)
    except Exception:
        reference = uuid4().hex[:8]
        log.exception("command crashed", command=asked.name, reference=reference)
        return _apology(reference)


async def _in_context(asked: Command, services: Services) -> Command:
    """Return the command that plain words stand for in their chat; no name for small talk."""
    channel = await channel_of(asked, services)
    topics = await topics_of(channel, services)
    name, args = meant(asked.args, topics, Spans(services.clock(), channel.timezone))
    return replace(asked, name=name, args=args)


async def _placed(
    asked: Command, spec: CommandSpec, services: Services, roles: Roles, chats: Chats
) -> Reply:
    """Execute a command where it was typed, or for the other chat that it names."""
    away = await elsewhere(asked, services, chats)
    if away is None:
        return await _permitted(asked, spec, services, roles)
    if isinstance(away, Reply):
        return away
    try:
        reply = await _permitted(away.asked, spec, services, away.roles)
    except UsageError as error:
        reply = _usage(error, spec)
    return away.readdressed(reply)


async def _permitted(asked: Command, spec: CommandSpec, services: Services, roles: Roles) -> Reply:
    """Execute a command of a sender who may do so; a change is written to the audit log."""
    changes = spec.changes(asked.args)
    if changes or spec.shows_role:
        role = await role_of(asked, services.settings, roles)
        asked = replace(asked, user=replace(asked.user, role=role))
    refused = None
    if spec.operates(asked.args) and not asked.user.admin:
        refused = operators_only()
    elif changes:
        refused = await refusal(asked, services, admins_only=spec.admins_only)
    if refused is not None:
        log.info("command refused", command=asked.name, **_sender(asked))
        return refused
    reply = await spec.handle(asked, services)
    if reply.changed:
        await _audit(asked, services)
    return reply


async def _audit(asked: Command, services: Services) -> None:
    """Log a change; one that cannot be stored as well is still in the log."""
    who = asked.user
    if asked.address.platform is not Platform.TERMINAL:
        log.info("channel changed", command=asked.name, args=asked.args, **_sender(asked))
    try:
        channel = await channel_of(asked, services)
        await services.store.changes.add(
            Change(
                channel_id=channel.id,
                at=services.clock(),
                user_id=who.id,
                user_name=who.name,
                role=who.role,
                command=asked.name,
                args=asked.args,
            )
        )
    except StoreError as error:
        log.warning("change not stored in the audit log", command=asked.name, error=str(error))


def _sender(asked: Command) -> dict[str, str]:
    address, who = asked.address, asked.user
    return {
        "platform": address.platform,
        "chat": address.chat,
        "user": who.id,
        "role": who.role,
    }


def _normalized(command: Command) -> Command:
    """Return the command without slash, capitals and the @name that group chats append."""
    name = command.name.strip().lstrip("/").partition("@")[0].lower()
    return replace(command, name=name, args=command.args.strip())


def _usage(error: UsageError, spec: CommandSpec | None) -> Reply:
    example = error.example or (spec.example if spec else "/help")
    tried = example.removeprefix("/")
    button = ((Button(tried, tried),),) if reads_only(*understand(example)) else ()
    return Reply(
        lines=(line(str(error)), sentence("Try {example}", example=code(example))),
        buttons=button,
        private=True,
    )


def _failed(asked: Command, error: BriefbotError) -> Reply:
    """Return one plain sentence; only operators see the details.

    Details of the installation, such as paths, are shown to them in a private chat only.
    """
    address = asked.address
    private = address.platform is Platform.TERMINAL or is_private(address, asked.user.id)
    installation = isinstance(error, StoreError | SettingsError | PlatformError)
    if asked.user.admin and (private or not installation):
        return Reply(lines=(line(tr("That did not work: {error}", error=error)),), private=True)
    return Reply(lines=(line(tr(SORRY)),), private=True)


def _apology(reference: str) -> Reply:
    return Reply(
        lines=(
            sentence(
                "Sorry, something went wrong. The operator finds it in the log as {reference}.",
                reference=code(reference),
            ),
            line(tr("Please try again in a moment.")),
        ),
        private=True,
    )
