"""A channel that is named in a direct message, with the rights of the asker there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.errors import DeliveryError, UsageError
from bot.models import Address, Command, Platform, Role
from bot.platforms.interfaces import ManagedChat
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.members import ChatMembers

LOOK_UP_SECONDS = 10.0
"""Timeout of a lookup while a person waits for the answer."""

PAGE, PAGES = 200, 20
"""Channels of a page, and pages that are read to find one by its name."""


async def find_channel(
    api: SlackApi, members: ChatMembers, command: Command, name: str
) -> ManagedChat:
    """Look for a channel among those that the bot is in, by "#name" or "#C0123ABC".

    A private channel is as good as unknown to people who may not change it. Raises UsageError with
    the remedy.
    """
    again = f"/{command.name} {name} {command.args}".strip()
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            channel = await _among_mine(api, name.removeprefix("#"))
    except (DeliveryError, TimeoutError):
        raise _unanswered(name, again) from None
    if channel is None:
        raise _unknown(name, again)
    id_, title = str(channel["id"]), str(channel.get("name") or name)
    team = command.address.workspace
    role = Role.OPERATOR if command.user.admin else await members.role_now(team, id_, command.user)
    if role is Role.UNKNOWN:
        raise _unanswered(name, again)
    if role is Role.MEMBER and channel.get("is_private"):
        raise _unknown(name, again)
    if role is Role.MEMBER:
        raise UsageError(
            f"Only workspace admins and the creator of #{title} can change what it gets."
        )
    return ManagedChat(Address(Platform.SLACK, team, id_), f"#{id_}", f"#{title}", role)


async def _among_mine(api: SlackApi, wanted: str) -> Mapping[str, Any] | None:
    params: dict[str, str | int] = {
        "types": "public_channel,private_channel",
        "exclude_archived": "true",
        "limit": PAGE,
    }
    for _ in range(PAGES):
        page = await api.ask("users.conversations", **params)
        for channel in page.get("channels") or ():
            if wanted in {channel.get("id"), channel.get("name")}:
                return dict(channel)
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
        params["cursor"] = str(cursor)
    return None


def _unknown(name: str, again: str) -> UsageError:
    return UsageError(f"I am in no channel {name}: invite me there, then try again.", again)


def _unanswered(name: str, again: str) -> UsageError:
    return UsageError(
        f"I cannot check right now who may do what in {name}. Please try again in a minute.", again
    )
