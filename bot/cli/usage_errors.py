"""Errors of the command-line parser, in the words of this bot and with the remedy."""

from __future__ import annotations

import re
from difflib import get_close_matches

from typer._click.exceptions import ClickException, NoArgsIsHelpError, NoSuchOption, UsageError

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


def asks_for_help(error: ClickException) -> bool:
    """Whether a group of commands was typed alone."""
    return isinstance(error, NoArgsIsHelpError)


def told(error: ClickException) -> list[str]:
    """The message, and the command that explains more."""
    said = " ".join(error.format_message().split())
    for pattern, ours in WORDINGS:
        if re.fullmatch(pattern, said, re.DOTALL):
            said = re.sub(pattern, ours, said, count=1, flags=re.DOTALL).replace("'-", "-")
            break
    if not isinstance(error, UsageError):
        return [said]
    if meant := _meant(error):
        return [f"{said}: did you mean {meant}?"]
    where = error.ctx.command_path if error.ctx else "briefbot"
    return [said, f"`{where} --help` says more"]


def _meant(error: UsageError) -> str | None:
    """The option or command that was probably meant."""
    if isinstance(error, NoSuchOption) and error.ctx is not None:
        options = [name for each in error.ctx.command.params for name in each.opts]
        found = get_close_matches(error.option_name, options, n=1)
        return found[0] if found else None
    suggested = re.search(r"Did you mean '?([\w -]+?)'?\?", error.format_message())
    return f"'{suggested[1]}'" if suggested else None
