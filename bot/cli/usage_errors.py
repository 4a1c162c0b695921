"""Errors of the command-line parser, in the words of this bot and with the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

import typer

USAGE = 2
"""The exit status after a command that was typed wrongly."""

_VALUE = r"Invalid value for '(.*?)'(?: / '.*?')*:"

WORDINGS = (
    (r"No such option: (\S+).*", r"there is no option \1"),
    (r"No such command '(.*?)'\.?.*", r"there is no command '\1'"),
    (r"Missing argument '(.*?)'\.?", r"\1 is missing"),
    (r"Missing option '(.*?)'\.?", r"the option \1 is missing"),
    (r"Missing command\.?", "a command is missing"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", r"'\1' is one word too many"),
    (r"Option '(\S+)' requires an argument\.?", r"\1 needs a value"),
    (r"Option '(\S+)' does not take a value\.?", r"\1 takes no value"),
    (rf"{_VALUE} Input should be greater than or equal to (.+)", r"\1: write \2 or more"),
    (rf"{_VALUE} Input should be less than or equal to (.+)", r"\1: write \2 or less"),
    (rf"{_VALUE} Input should be a valid integer.*", r"\1: write a whole number"),
    (rf"{_VALUE} Input should be a valid number.*", r"\1: write a number"),
    (rf"{_VALUE} (?:Value error, )?('.*') is not one of (.+?)\.?", r"\1: \2 is not one of \3"),
    (rf"{_VALUE} (.+)", r"\1: \2"),
    (r"Invalid value: (.+)", r"\1"),
)
"""How messages of click read, and how we say the same."""


def asks_for_help(error: typer.TyperException) -> bool:
    """Whether a group of commands was typed alone; the parser does not export its class."""
    return type(error).__name__ == "NoArgsIsHelpError"


def told(error: typer.TyperException) -> list[str]:
    """The message, and the command that explains more."""
    said = " ".join(error.format_message().split())
    for pattern, ours in WORDINGS:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            said = found.expand(ours).replace("'-", "-")
            break
    if error.exit_code != USAGE:
        return [said]
    context: typer.Context | None = getattr(error, "ctx", None)
    if context is not None and (meant := _meant(said, context)):
        return [f"{said}: did you mean {meant}?"]
    where = context.command_path if context else "briefbot"
    return [said, f"`{where} --help` says more"]


def _meant(said: str, context: typer.Context) -> str | None:
    """The option, command or choice that was probably meant."""
    if option := re.fullmatch(r"there is no option (\S+)", said):
        return _nearest(option[1], [name for each in context.command.params for name in each.opts])
    if command := re.fullmatch("there is no command '(.*)'", said):
        return _quoted(_nearest(command[1], getattr(context.command, "commands", ())))
    if choice := re.fullmatch(r"(?:.*: )?'(.*)' is not one of (.*)", said):
        return _quoted(_nearest(choice[1], re.findall("'(.*?)'", choice[2])))
    return None


def _nearest(typed: str, known: Iterable[str]) -> str | None:
    found = get_close_matches(typed.lower(), list(known), n=1)
    return found[0] if found else None


def _quoted(word: str | None) -> str | None:
    return f"'{word}'" if word else None
