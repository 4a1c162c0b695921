"""Replies that an adapter makes itself, where the command core makes none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.languages import speaking, tr
from bot.models import Command, Reply
from bot.platforms.interfaces import LanguageOf


def not_saved() -> Reply:
    """Return the answer to a command that would change something while nothing can be stored."""
    return Reply.saying(
        tr(
            "Sorry, I cannot save anything right now, so nothing was changed. "
            "Please try again in a few minutes."
        )
    )


def failed() -> Reply:
    """Return the answer to a command on which the core broke down."""
    return Reply.saying(tr("Sorry, something went wrong. Please try again in a minute."))


def spoken(reply: Callable[[], Reply], command: Command, language_of: LanguageOf) -> Reply:
    """Return such a reply in the language of the chat."""
    language = language_of(command.address, command.user.language)
    with speaking(language):
        return replace(reply(), language=language)
