"""What Slack says about scopes, the app token and channels, for `briefbot doctor`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from importlib.resources import files

import yaml

from bot.errors import DeliveryError
from bot.platforms.slack.api import Refused, SlackApi

FILES = "files:write"
"""The scope without which only pictures are missing."""


async def diagnose(
    api: SlackApi, chats: Iterable[str], refused: str = "copy the bot token again"
) -> AsyncIterator[str]:
    """A line with the remedy for each fault of the app in a workspace and of its channels.

    `refused` is the remedy where Slack refuses the token.
    """
    try:
        granted = await api.scopes()
    except DeliveryError as error:
        remedy = f": {refused}" if error.installation else ""
        yield f"Slack says nothing of the scopes: {error}{remedy}"
        return
    lacked = wanted_scopes() - granted if granted else frozenset()
    if FILES in lacked:
        yield (
            f"the app lacks the scope {FILES}, so that charts come in words: add it under OAuth & "
            "Permissions (or paste `briefbot slack manifest`) and install the app again"
        )
    if missing := sorted(lacked - {FILES}):
        yield (
            f"the app lacks the scopes {', '.join(missing)}: add them under OAuth & Permissions "
            "(or paste `briefbot slack manifest`) and install the app again"
        )
    for chat in chats:
        if fault := await _rights(api, chat):
            yield f"channel {chat}: {fault}"


def wanted_scopes() -> frozenset[str]:
    """The scopes in the manifest."""
    text = files("config").joinpath("slack_manifest.yaml").read_text(encoding="utf-8")
    return frozenset(yaml.safe_load(text)["oauth_config"]["scopes"]["bot"])


async def socket_fault(opener: SlackApi) -> str | None:
    """What keeps the bot from opening a socket, with the remedy; `opener` uses the app token."""
    try:
        await opener.post("apps.connections.open", {})
    except Refused as refusal:
        return (
            f"SLACK_APP_TOKEN was refused ({refusal.code}): make an app-level token (xapp-…) with "
            "connections:write and switch Socket Mode on"
        )
    except DeliveryError as error:
        return f"Slack's Socket Mode cannot be reached: {error}"
    return None


async def _rights(api: SlackApi, chat: str) -> str | None:
    """What keeps the bot from writing to a channel."""
    if chat.startswith(("D", "U")):
        return None
    try:
        channel = (await api.ask("conversations.info", channel=chat)).get("channel") or {}
    except Refused as refusal:
        return f"{refusal.code}: invite the bot again, or end the digests with /brief unsubscribe"
    except DeliveryError as error:
        return str(error)
    if channel.get("is_archived"):
        return "it is archived: unarchive it, or end its digests"
    if not channel.get("is_member", True):
        return "the bot is not in it: type /invite @briefbot there"
    return None
