"""What comes from Slack: admitted, stored, queued; it may be acknowledged when it was accepted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.errors import BriefbotError
from bot.log import get_logger
from bot.models import Address, Command, Platform, Reply
from bot.platforms.admission import Admit
from bot.platforms.command_queue import CommandQueue, Work
from bot.platforms.interfaces import FaultOf, Inbox, LanguageOf, ReadsOnly, Understand
from bot.platforms.kept_commands import KeptCommands
from bot.platforms.own_replies import not_saved, spoken
from bot.platforms.sent_form import SentForm, faults_of
from bot.platforms.slack.commands import SlackInput, command, inbox_id
from bot.platforms.slack.views import FORM, HOME
from bot.platforms.slack.workspace import Workspace
from bot.platforms.slack.workspaces import Workspaces
from bot.platforms.unstored_updates import UnstoredUpdates

STORE_SECONDS = 2.0
"""The time that the database has to store an input; Slack waits 3 s for an acknowledgement."""

LOOKUP_SECONDS = 0.8
"""The time that it has before, to tell what a pressed button stands for, or a form's faults."""

log = get_logger(__name__)


class Intake:
    """Takes inputs and events of all workspaces; `names` are those a line may begin with."""

    def __init__(
        self,
        workspaces: Workspaces,
        inbox: Inbox,
        names: Collection[str],
        *,
        admins: Collection[str],
        slash: str,
        language_of: LanguageOf,
        fault_of: FaultOf,
        admit: Admit,
        reads_only: ReadsOnly,
        understand: Understand,
        kept: KeptCommands,
    ) -> None:
        self._workspaces = workspaces
        self._inbox = inbox
        self._names = frozenset(names)
        self._admins = admins
        self._slash = slash
        self._language_of = language_of
        self._fault_of = fault_of
        self._admit = admit
        self._reads_only = reads_only
        self._understand = understand
        self._kept = kept
        self._unstored = UnstoredUpdates()
        self._queue = CommandQueue()

    async def stop(self, seconds: float) -> None:
        """Finish the answers in progress, within this time."""
        await self._queue.stop(seconds)

    async def accept(self, workspace: Workspace, typed: SlackInput) -> Mapping[str, str]:
        """Admit, store and queue an input; when this returns it may be acknowledged.

        Inputs of two workspaces are never the same, whatever ids Slack gives them. A form with
        faults is neither stored nor queued: it stays open, and these are returned by its fields.
        """
        kind, _, id_ = typed.update_id.partition(":")
        typed = replace(typed, update_id=inbox_id(kind, f"{workspace.me.team}:{id_}"))
        line = self._line(workspace, typed, self._names)
        admission = self._admit(line)
        if not admission.admitted:
            self._put(line, partial(workspace.say, typed, line, admission.reply))
            return {}
        if typed.form is not None and (faults := await self._faults(workspace, typed, typed.form)):
            return faults
        typed, problem = await self._meant(workspace, typed)
        line = self._line(workspace, typed, self._names)
        if problem is not None:
            said = spoken(problem, line, self._language_of)
            self._put(line, partial(workspace.say, typed, line, said))
        elif line.name == FORM:
            place = (FORM, workspace.me.team, typed.user)
            self._queue.put(place, typed.user, partial(workspace.open_form, typed, line))
        elif not self._queue.has_room(line.address):
            log.warning("too many commands wait in a channel", channel=typed.chat)
        elif await self._taken(workspace, typed, line):
            self._put(line, partial(self._serve, workspace, typed, line))
        return {}

    async def on_event(self, workspace: Workspace | None, body: Mapping[str, Any]) -> None:
        """Handle what Slack reports about accounts and about the app itself.

        Only what ends an installation is heard of a workspace that has none.
        """
        event: Mapping[str, Any] = body.get("event") or {}
        team = str(body.get("team_id") or "")
        try:
            at = datetime.fromtimestamp(float(body.get("event_time") or 0), UTC)
            match event.get("type"):
                case "app_uninstalled":
                    await self._workspaces.uninstalled(team, at)
                case "tokens_revoked" if (event.get("tokens") or {}).get("bot"):
                    await self._workspaces.revoked(team, at)
                case _ if workspace is not None:
                    await self._heard(workspace, body, event)
        except Exception:
            log.exception("Slack event not handled", event_type=event.get("type"))

    async def _heard(
        self, workspace: Workspace, body: Mapping[str, Any], event: Mapping[str, Any]
    ) -> None:
        match event.get("type"):
            case "app_home_opened" if event.get("tab") == HOME:
                self._show_home(workspace, event)
            case "member_joined_channel" if event.get("user") == workspace.me.user:
                await self._greet(workspace, body, event)
            case "user_change":
                workspace.forget_person(str((event.get("user") or {}).get("id") or ""))

    async def _faults(
        self, workspace: Workspace, typed: SlackInput, form: SentForm
    ) -> Mapping[str, str]:
        """Return the faults of a form; none where the database does not tell them in time."""

        async def fault(text: str) -> str:
            line = self._line(workspace, replace(typed, text=text), self._names)
            return await self._fault_of(line, form.language)

        try:
            async with asyncio.timeout(LOOKUP_SECONDS):
                return await faults_of(form, fault)
        except (BriefbotError, TimeoutError) as error:
            log.warning("a form was not checked", command=form.command, error=repr(error))
        except Exception:
            log.exception("a form was not checked", command=form.command)
        return {}

    async def _meant(
        self, workspace: Workspace, typed: SlackInput
    ) -> tuple[SlackInput, Callable[[], Reply] | None]:
        """Return an input with the whole command of its button, and why that is not known."""
        if not typed.pressed:
            return typed, None
        address = Address(Platform.SLACK, workspace.me.team, typed.chat)
        patience = asyncio.timeout(LOOKUP_SECONDS)
        found = await self._kept.pressed(address, typed.text.removeprefix("/"), patience)
        return replace(typed, text=f"/{found.line}"), found.problem

    def _line(self, workspace: Workspace, typed: SlackInput, names: Collection[str]) -> Command:
        """Return an input as a command; `names` are those that it may begin with."""
        team = workspace.me.team
        return command(typed, team, names, self._admins, self._understand, self._slash)

    def _show_home(self, workspace: Workspace, event: Mapping[str, Any]) -> None:
        user, chat = str(event.get("user") or ""), str(event.get("channel") or "")
        typed = SlackInput("", f"/{HOME}", chat, "", user)
        line = self._line(workspace, typed, {HOME})
        place = (HOME, workspace.me.team, user)
        self._queue.put(place, user, partial(workspace.show_home, typed, line))

    async def _greet(
        self, workspace: Workspace, body: Mapping[str, Any], event: Mapping[str, Any]
    ) -> None:
        """Introduce the bot in a channel that it was added to."""
        joined = inbox_id("joined", body.get("event_id"))
        asker, chat = str(event.get("inviter") or workspace.me.user), str(event.get("channel"))
        await self.accept(workspace, SlackInput(joined, "/start", chat, "", asker))

    def _put(self, line: Command, work: Work) -> None:
        self._queue.put(line.address, line.user.id, work)

    async def _taken(self, workspace: Workspace, typed: SlackInput, line: Command) -> bool:
        """Store an input; False if it is a repetition, or changes something unstored.

        A command that only reads is answered even where the database cannot write.
        """
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return await self._inbox.claim(typed.update_id, line.address, line.name)
        except (BriefbotError, TimeoutError) as error:
            log.warning("Slack input not stored", command=line.name, error=repr(error))
        except Exception:
            log.exception("Slack input not stored", command=line.name)
        if not self._unstored.is_new(typed.update_id):
            return False
        if self._reads_only(line.name, line.args):
            return True
        said = spoken(not_saved, line, self._language_of)
        self._put(line, partial(workspace.say, typed, line, said))
        return False

    async def _serve(self, workspace: Workspace, typed: SlackInput, line: Command) -> None:
        await workspace.serve(typed, line)
        await self._inbox.answered(typed.update_id)
