"""The single entry point of the command core: takes a command and returns a reply."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import structlog

from bot.errors import BriefbotError, UsageError
from bot.models import Command, Reply
from bot.platforms.admission import Admission
from handlers.command_spec import CommandSpec
from handlers.commands import COMMANDS
from handlers.commands.help import unknown_command
from handlers.reply_lines import code, line
from handlers.services import Services

log = structlog.get_logger(__name__)

HINT = Reply(
    lines=(
        line(
            "I answer commands. Try ", code("/brief"), ", or ", code("/help"), " for all of them."
        ),
    )
)

LONGEST_ARGS = 4000
"""Characters that a command may have after its name; a longer one is refused unread."""

TOO_LONG = Reply.saying(
    f"That is too long for me: please write at most {LONGEST_ARGS:,} characters."
)

_BY_NAME = {spec.name: spec for spec in COMMANDS}


async def answer(services: Services, command: Command) -> Reply | None:
    """Answer a command; errors are reported in the reply. None means no answer.

    A command without a name is plain text that names no command.
    """
    admission = admit(services, command)
    return await carry_out(services, command) if admission.admitted else admission.reply


def admit(services: Services, command: Command) -> Admission:
    """Decide whether to carry a command out, by the sender's limit and its length; counts it."""
    asked = _normalized(command)
    if not (asked.name or asked.args):
        return Admission(admitted=False)
    now = services.clock()
    if services.rate_limiter.exceeded(asked, now):
        return Admission(admitted=False, reply=services.rate_limiter.refusal(asked, now))
    if len(asked.args) > LONGEST_ARGS:
        return Admission(admitted=False, reply=TOO_LONG)
    return Admission(admitted=True)


async def carry_out(services: Services, command: Command) -> Reply | None:
    """Answer a command that was admitted; errors are reported in the reply."""
    asked = _normalized(command)
    return await _execute(asked, services) if asked.name else HINT


async def _execute(asked: Command, services: Services) -> Reply:
    spec = _BY_NAME.get(asked.name)
    if spec is None:
        return _usage(unknown_command(asked.name, COMMANDS), spec)
    try:
        return await spec.handle(asked, services)
    except UsageError as error:
        return _usage(error, spec)
    except BriefbotError as error:
        log.warning("command failed", command=asked.name, error=str(error))
        return Reply(lines=(line(f"That did not work: {error}"),))
    except Exception:
        reference = uuid4().hex[:8]
        log.exception("command crashed", command=asked.name, reference=reference)
        return _apology(reference)


def _normalized(command: Command) -> Command:
    """Return the command without slash, capitals and the @name that group chats append."""
    name = command.name.strip().lstrip("/").partition("@")[0].lower()
    return replace(command, name=name, args=command.args.strip())


def _usage(error: UsageError, spec: CommandSpec | None) -> Reply:
    example = error.example or (spec.example if spec else "/help")
    return Reply(lines=(line(str(error)), line("Try ", code(example))))


def _apology(reference: str) -> Reply:
    return Reply(
        lines=(
            line("Sorry, something went wrong here. It is in the log as ", code(reference), "."),
            line("Please try again in a moment."),
        )
    )
