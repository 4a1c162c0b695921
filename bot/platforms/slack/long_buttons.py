"""Buttons whose command is longer than Slack takes: it is kept, and the value refers to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.models import Address
from bot.platforms.kept_commands import KeptCommands, reference
from bot.render.slack.actions import fitted


async def fitting(
    kept: KeptCommands, address: Address, message: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return a message or view whose buttons Slack takes; long commands are kept for its chat."""
    if "blocks" not in message:
        return message
    blocks, long = fitted(message["blocks"], reference)
    if not long:
        return message
    await kept.keep(address, long)
    return {**message, "blocks": blocks}
