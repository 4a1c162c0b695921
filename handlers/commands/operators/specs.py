"""The commands of operators, for the table of all commands."""

from __future__ import annotations

from handlers.command_spec import CommandSpec, always
from handlers.commands.operators import resend, withdraw

OPERATORS = (
    CommandSpec(
        name="resend",
        usage="/resend N, N arrived, or all",
        summary="operators: send the missing parts of digest N again",
        example=resend.EXAMPLE,
        handle=resend.handle,
        operates=always,
        menu=False,
    ),
    CommandSpec(
        name="withdraw",
        usage="/withdraw N [reason]",
        summary="operators: withdraw bullet N everywhere, and tell who got it",
        example=withdraw.EXAMPLE,
        handle=withdraw.handle,
        operates=always,
        menu=False,
    ),
)
