"""Who may use the bot, and who may change a chat's settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.languages import marked, tr
from bot.models import OPERATORS_OWN, Address, Command, Platform, Reply, Role
from config.settings import Settings
from handlers.parsing.setting_values import EVERYONE
from handlers.reply_lines import line
from handlers.services import Services

FindRole = Callable[[Command], Awaitable[Role]]
"""Asks a chat platform for the sender's role in the chat: MEMBER, ADMIN or UNKNOWN."""

Roles = Mapping[Platform, FindRole]

MAY_CHANGE = frozenset({Role.ADMIN, Role.EDITOR, Role.OPERATOR})

_ADMINS_ONLY = {
    Platform.TELEGRAM: marked("Sorry, only admins of this chat can do that."),
    Platform.SLACK: marked(
        "Sorry, only workspace admins and the creator of this channel can do that."
    ),
}


ONLY_ADMINS = marked("Sorry, only admins can do that.")


async def role_of(command: Command, settings: Settings, roles: Roles) -> Role:
    """Return the sender's role: from the settings, else from the platform."""
    platform = command.address.platform
    if command.user.admin:
        return Role.OPERATOR
    if not command.address.names_of(command.user.id).isdisjoint(settings.editors):
        return Role.EDITOR
    if platform is Platform.TERMINAL:
        return Role.ADMIN
    find = roles.get(platform)
    return await find(command) if find else Role.UNKNOWN


def operators_only() -> Reply:
    """Return the answer to a sender who is not an operator."""
    return _saying(tr("Sorry, only operators of this bot can do that."))


async def refusal(command: Command, services: Services, *, admins_only: bool) -> Reply | None:
    """Return the answer to a sender who may not change the channel; None for one who may.

    With `admins_only`, it makes no difference that the channel is open to everyone.
    """
    role = command.user.role
    if role in MAY_CHANGE:
        return None
    channel = await services.store.channels.find(command.address)
    if not admins_only and channel is not None and channel.who == EVERYONE:
        return None
    if role is Role.UNKNOWN:
        return _saying(
            tr("Sorry, I cannot check right now whether you are an admin here."), again=True
        )
    return _saying(tr(_ADMINS_ONLY.get(command.address.platform, ONLY_ADMINS)))


def allowed(address: Address, settings: Settings) -> bool:
    """Return whether a chat may use the bot: all may, unless chats are listed in the settings.

    What only the operator can make needs no leave.
    """
    names = {*address.names_of(address.chat), f"{address.platform}:{address.workspace}"}
    own = address.platform in OPERATORS_OWN
    return not settings.chats or own or not names.isdisjoint(settings.chats)


def not_allowed(address: Address, settings: Settings) -> Reply:
    """Return the answer to a chat that may not use the bot, with the name to be allowed."""
    within = f"{address.workspace}/" if settings.slack_oauth and address.workspace else ""
    name = f"{address.platform}:{within}{address.chat}"
    return Reply(
        lines=(
            line(tr("Sorry, this bot is not open to this chat.")),
            line(
                tr(
                    "Its operator can allow it by this name: {name}",
                    name=name,
                )
            ),
        ),
        private=True,
    )


def _saying(text: str, *, again: bool = False) -> Reply:
    more = (line(tr("Please try again in a minute.")),) if again else ()
    return Reply(lines=(line(text), *more), private=True)
