"""One Slack workspace: who the bot is there, and what asks and answers with its token."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Command, Reply, Role
from bot.platforms.interfaces import Answer, ChatEvents, LanguageOf, ManagedChat, ReadsOnly
from bot.platforms.kept_commands import NOTHING_KEPT, KeptCommands
from bot.platforms.own_replies import failed, spoken
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.commands import Identity, SlackInput
from bot.platforms.slack.conversations import Conversations
from bot.platforms.slack.managed_channels import find_channel
from bot.platforms.slack.members import ChatMembers
from bot.platforms.slack.replies import Replies
from bot.platforms.slack.views import Views

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CommandCore:
    """What answers commands, the same for all workspaces.

    `slash` is the app's slash command, `language_of` tells what is spoken in a chat, `kept` stores
    what is too long for a button.
    """

    answer: Answer
    events: ChatEvents
    reads_only: ReadsOnly
    slash: str
    language_of: LanguageOf
    kept: KeptCommands = NOTHING_KEPT


class Workspace:
    """One workspace; `me` is the bot there. What it has looked up is cached for it alone."""

    def __init__(self, me: Identity, api: SlackApi, core: CommandCore) -> None:
        self.me = me
        self.api = api
        self._core = core
        self._members = ChatMembers(api)
        self._places = Conversations(api)
        self._replies = Replies(api, core.events, core.slash, core.kept)
        self._views = Views(api, core.answer, self._members, self.say, core.slash, core.kept)

    async def role_of(self, command: Command) -> Role:
        """Return the sender's role in the channel, by users.info and conversations.info."""
        return await self._members.role_of(command)

    async def find_chat(self, command: Command, name: str) -> ManagedChat | None:
        """Find a channel that is named in a direct message; None if unknown."""
        return await find_channel(self.api, self._members, command, name)

    def forget_person(self, person: str) -> None:
        """Drop what is cached about a person whose account has changed."""
        self._members.changed(person)

    async def open_form(self, typed: SlackInput, line: Command) -> None:
        """Open a form, for which Slack allows three seconds."""
        await self._views.open_form(typed, line)

    async def show_home(self, typed: SlackInput, line: Command) -> None:
        """Publish the App Home of a person."""
        await self._views.show_home(typed, line)

    async def serve(self, typed: SlackInput, line: Command) -> None:
        """Answer one input; errors are logged and reported to the user."""
        await self.say(typed, line, await self._reply(typed, line))

    async def say(self, typed: SlackInput, line: Command, reply: Reply | None) -> None:
        """Send a reply; a failure is logged."""
        if reply is None:
            return
        try:
            again = self._core.reads_only(line.name, line.args)
            await self._replies.send(typed, line, reply, again=again)
        except DeliveryError as error:
            log.warning("Slack reply not sent", command=line.name, error=str(error))

    async def _reply(self, typed: SlackInput, line: Command) -> Reply | None:
        try:
            line = replace(line, channel_title=await self._places.title(typed))
            line = await self._views.profiled(typed, line)
            reply = await self._core.answer(line)
            if reply is not None and reply.gets_digests:
                reply = await self._places.entered(typed, reply, self.me.name)
        except Exception:
            log.exception("Slack input not answered", command=line.name)
            return spoken(failed, line, self._core.language_of)
        return reply
