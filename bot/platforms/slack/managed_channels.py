"""A channel that is named in a direct message, with the rights of the asker there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.errors import DeliveryError
from bot.models import Address, Command, Platform, Role
from bot.platforms.interfaces import ManagedChat
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.members import ChatMembers

LOOK_UP_SECONDS = 10.0
"""Timeout of a lookup while a person waits for the answer."""

PAGE, PAGES = 200, 20
"""Channels or people of a page, and pages that are read to find one."""


async def find_channel(
    api: SlackApi, members: ChatMembers, command: Command, name: str
) -> ManagedChat | None:
    """Look for a channel among those that the bot is in, by "#name" or "#C0123ABC".

    A private channel is unknown to people who are not in it, save the bot's operators. Raises
    DeliveryError where Slack does not answer.
    """
    who = command.user
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            channel = await _among_mine(api, name.removeprefix("#"))
            if channel is None:
                return None
            id_, hidden = str(channel["id"]), bool(channel.get("is_private"))
            if hidden and not who.admin and not await _holds(api, id_, who.id):
                return None
    except TimeoutError:
        raise DeliveryError("Slack did not answer in time") from None
    team, title = command.address.workspace, str(channel.get("name") or name)
    role = Role.OPERATOR if who.admin else await members.role_now(team, id_, who)
    return ManagedChat(
        Address(Platform.SLACK, team, id_), f"#{id_}", f"#{title}", role, hidden=hidden
    )


async def _among_mine(api: SlackApi, wanted: str) -> Mapping[str, Any] | None:
    kinds = {"types": "public_channel,private_channel", "exclude_archived": "true"}
    async for page in _pages(api, "users.conversations", kinds):
        for channel in page.get("channels") or ():
            if wanted in {channel.get("id"), channel.get("name")}:
                return dict(channel)
    return None


async def _holds(api: SlackApi, channel: str, person: str) -> bool:
    """Return whether a person is in a channel; an admin or its creator need not be."""
    async for page in _pages(api, "conversations.members", {"channel": channel}):
        if person in (page.get("members") or ()):
            return True
    return False


async def _pages(
    api: SlackApi, method: str, about: Mapping[str, str]
) -> AsyncIterator[Mapping[str, Any]]:
    params: dict[str, str | int] = {**about, "limit": PAGE}
    for _ in range(PAGES):
        page = await api.ask(method, **params)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        params["cursor"] = str(cursor)
