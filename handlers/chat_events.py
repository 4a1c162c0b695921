"""What happens in chats beside commands: messages sent, the bot removed, the app uninstalled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.delivery.operator_notices import operators
from bot.errors import StoreError
from bot.log import get_logger
from bot.models import Address, Channel, Platform
from bot.store import OperatorNotice
from handlers.commands.forget import erased_text
from handlers.services import Services

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class StoredChatEvents:
    """Writes the events to the store; the operators hear of those that matter to them."""

    services: Services

    async def shown(
        self,
        address: Address,
        message_id: str,
        briefing_id: str,
        thread: str = "",
        *,
        new_chat: bool = False,
    ) -> None:
        """Store which briefing a sent message shows; the message is out in any case."""
        store, zone = self.services.store, self.services.settings.timezone
        try:
            if new_chat:
                await store.channels.ensure(address, title="", timezone=zone)
            await store.briefing_messages.add(
                address, message_id, briefing_id, thread=thread, now=self.services.clock()
            )
        except StoreError as error:
            log.warning("message not stored", briefing=briefing_id, error=str(error))

    async def left(self, address: Address, reason: str) -> None:
        """Stop the digests of all threads of the chat; its settings stay, for `/resume`."""
        for channel in await self.services.store.channels.of_chat(address):
            await self._stop(channel, reason)

    async def installed(self, platform: Platform, workspace: str, title: str) -> None:
        """Tell the operators of a workspace that was added."""
        log.info("app installed", platform=platform, workspace=workspace, title=title)
        kind = platform.value.capitalize()
        await self._tell(
            self._operators(), f"The {kind} workspace {title or workspace} installed the app."
        )

    async def uninstalled(self, platform: Platform, workspace: str) -> None:
        """Erase all about the workspace and tell the operators how much that was."""
        erased = await self.services.store.erasure.erase_workspace(platform, workspace)
        text = erased_text(erased) or "nothing was stored"
        log.warning("app uninstalled, data erased", platform=platform, erased=text)
        others = self._operators_outside(platform, workspace)
        title = platform.value.capitalize()
        await self._tell(others, f"A {title} workspace uninstalled the app. Erased: {text}.")

    async def revoked(self, platform: Platform, workspace: str) -> None:
        """Tell the operators; nothing is disabled, as the token may be replaced."""
        log.warning("token revoked", platform=platform, workspace=workspace)
        others = self._operators_outside(platform, workspace)
        title = platform.value.capitalize()
        await self._tell(
            others,
            f"{title} has revoked the bot's token: digests wait until the app is installed again.",
        )

    async def _stop(self, channel: Channel, reason: str) -> None:
        store, now = self.services.store, self.services.clock()
        name = f"{channel.address.platform} {channel.title or channel.address.chat}"
        text = f"Digests to {name} have stopped: {reason}"
        wanted = await store.subscriptions.of_channel(channel.id)
        told = [OperatorNotice(each, text, channel.id) for each in self._operators() if wanted]
        if await store.channels.disable(channel.id, reason, now=now, notices=told):
            log.info("channel disabled", channel=channel.id, reason=reason)
            await store.digests.abandon(channel.id, reason, now=now)

    def _operators(self) -> tuple[Address, ...]:
        return operators(self.services.settings.admins)

    def _operators_outside(self, platform: Platform, workspace: str) -> list[Address]:
        """The operators who can be reached without the bot's token of a workspace."""
        inside = {"", workspace}
        return [
            each
            for each in self._operators()
            if each.platform is not platform or each.workspace not in inside
        ]

    async def _tell(self, told: Sequence[Address], text: str) -> None:
        notices = [OperatorNotice(each, text) for each in told]
        await self.services.store.notices.add(notices, self.services.clock())
