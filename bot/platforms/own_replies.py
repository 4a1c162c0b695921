"""Replies that an adapter makes itself, where the command core makes none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.languages import speaking, tr
from bot.models import Command, Line, Place, Reply, Span, Style
from bot.platforms.interfaces import LanguageOf
from bot.render.phrases import spans


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


def stale() -> str:
    """Return the answer to a button that was made for another chat, or long ago."""
    return tr("This button no longer works here. Please type what you want, or /help.")


def forgotten(name: str) -> Reply:
    """Return the answer to a button whose command, which has this name, is stored no more."""
    typed = Span(f"/{name}", Style.CODE)
    said = spans(
        "This button is too old: I no longer know all that it stands for. Please type {command} "
        "and what you want, or {help}.",
        command=typed,
        help=Span("/help", Style.CODE),
    )
    return Reply(lines=(Line(said),), place=Place.TOAST, private=True)


def spoken(reply: Callable[[], Reply], command: Command, language_of: LanguageOf) -> Reply:
    """Return such a reply in the language of the chat."""
    language = language_of(command.address, command.user.language)
    with speaking(language):
        return replace(reply(), language=language)
