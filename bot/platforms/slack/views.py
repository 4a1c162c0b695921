"""Forms and the App Home: Slack's views, made by the command core."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.errors import DeliveryError
from bot.languages import offered, speaking, tr
from bot.log import get_logger
from bot.models import Command, Reply
from bot.platforms.interfaces import Answer
from bot.platforms.kept_commands import NOTHING_KEPT, KeptCommands
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.commands import SlackInput
from bot.platforms.slack.long_buttons import fitting
from bot.platforms.slack.members import ChatMembers
from bot.render.slack.forms import form_view, home_view
from bot.render.slack.messages import SLASH

FORM, HOME = "form", "home"
"""The commands by which the core makes a form and the App Home."""

ZONED = frozenset({FORM, "setup"})
"""What offers the time zone of the asker's profile; a typed line means the chat's zone."""

Say = Callable[[SlackInput, Command, Reply | None], Awaitable[None]]

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Views:
    """Opens forms and publishes App Homes."""

    api: SlackApi
    answer: Answer
    members: ChatMembers
    say: Say
    slash: str = SLASH
    kept: KeptCommands = NOTHING_KEPT

    async def open_form(self, typed: SlackInput, line: Command) -> None:
        """Open a form, for which Slack allows three seconds; else say what to type."""
        reply = await self.answer(await self.profiled(typed, line))
        if reply is None or reply.form is None or not typed.trigger:
            await self.say(typed, line, reply)
            return
        try:
            view = form_view(reply.form, typed.chat, reply.language)
            await self.api.post("views.open", {"trigger_id": typed.trigger, "view": view})
        except DeliveryError as error:
            log.warning("form not opened", error=str(error))
            with speaking(reply.language):
                said = tr("The form could not be opened. Please try again.")
            await self.say(typed, line, replace(Reply.saying(said), language=reply.language))

    async def show_home(self, typed: SlackInput, line: Command) -> None:
        """Publish the App Home of a person."""
        reply = await self.answer(await self.profiled(typed, line))
        if reply is None:
            return
        try:
            page = home_view(reply, typed.chat, self.slash)
            view = await fitting(self.kept, line.address, page)
            await self.api.post("views.publish", {"user_id": typed.user, "view": view})
        except DeliveryError as error:
            log.warning("App Home not published", error=str(error))

    async def profiled(self, typed: SlackInput, line: Command) -> Command:
        """Return the command with what matters of the asker's profile.

        The language does in the asker's own conversation with the bot.
        """
        if not (typed.direct or line.name in ZONED):
            return line
        known = await self.members.profile(typed.user)
        zone = known.timezone if line.name in ZONED else ""
        language = offered(known.locale) if typed.direct else ""
        return replace(line, user=replace(line.user, timezone=zone, language=language))
