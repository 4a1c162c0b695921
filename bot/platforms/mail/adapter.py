"""E-mail: one mail for each part, one connection for each mail, nothing tried twice here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from email.errors import MessageError

from aiosmtplib import SMTP, SMTPDataError, SMTPException

from bot.errors import DeliveryError, PlatformError, StoreError
from bot.models import Address, Briefing, Delivery, Platform, Receipt
from bot.page_links import unsubscribe_address
from bot.platforms.interfaces import KeyOf
from bot.platforms.mail.errors import before_message, told
from bot.platforms.mail.message import Envelope, message_bytes, message_id
from bot.render.mail import digest_mail, notice_mail
from config.mail_settings import Sender, SmtpServer
from config.settings import Settings

BEFORE, AFTER, GOODBYE = 0.75, 0.7, 0.04
"""Parts of a request's time until the message is sent, until it is answered, and for the goodbye.

Together they are less than the time after which nobody waits for the answer any more, so that a
mail that was taken never counts as uncertain.
"""

LONGEST_GOODBYE = 0.5
"""Seconds."""

_UNWRITABLE = (StoreError, MessageError, ValueError, LookupError, TypeError)
"""What a lost database or a damaged payload raises while a mail is written."""


class MailPlatform:
    """Sends digests as mails, which end with a link to unsubscribe where the pages are public.

    Nobody can ask a mail server what became of a mail, so one without an answer is uncertain.
    """

    name = Platform.MAIL.value
    traceable = False
    shows_pictures = False

    def __init__(self, settings: Settings, key_of: KeyOf, clock: Callable[[], datetime]) -> None:
        assert settings.smtp_url is not None
        assert settings.mail_from is not None
        self._server = SmtpServer.parsed(settings.smtp_url.get_secret_value())
        self._sender = Sender.parsed(settings.mail_from)
        self._key_of = key_of
        self._clock = clock
        self._seconds = settings.request_seconds
        self._web_url = settings.web_url or ""

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        """Render a digest as one mail."""
        return (digest_mail(briefing, heading, page=page),)

    def notice(self, text: str) -> str:
        """Render a notice."""
        return notice_mail(text)

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        """Send one mail; raises DeliveryError, `permanent` if there is no such mailbox."""
        smtp = self._connection()
        try:
            async with self._before_message():
                mail = await self._written(address, delivery)
                await self._introduced(smtp, address.chat)
            await self._handed_over(smtp, mail)
            await self._left(smtp)
        finally:
            smtp.close()
        return Receipt(message_id(delivery, self._sender))

    async def find(
        self, address: Address, delivery: Delivery, since: datetime | None = None
    ) -> Receipt | None:
        """Never called: a mail server has no history."""
        raise DeliveryError("a mail server has no history to look up", uncertain=True)

    async def probe(self, workspace: str = "") -> None:
        """Ask whether the server takes mails of this sender; raises DeliveryError."""
        smtp = self._connection()
        try:
            async with self._before_message():
                await self._introduced(smtp)
            await self._left(smtp)
        finally:
            smtp.close()

    async def check(self) -> str:
        """Ask the server as `probe` does; returns what it takes, or raises PlatformError."""
        try:
            await self.probe()
        except DeliveryError as error:
            raise PlatformError(str(error)) from error
        return f"{self._server.name} takes mails from {self._sender.address}"

    async def diagnose(self, chats: Sequence[Address]) -> list[str]:
        """Nothing: only sending shows whether a mailbox exists."""
        return []

    async def start(self) -> None:
        """Nothing: each mail has its own connection, so a server that is down is no fault yet."""

    async def stop(self) -> None:
        """Nothing is kept open."""

    @asynccontextmanager
    async def _before_message(self) -> AsyncIterator[None]:
        """For all that comes before the message: an error here means that nothing was sent."""
        try:
            async with asyncio.timeout(BEFORE * self._seconds):
                yield
        except (SMTPException, OSError, TimeoutError) as error:
            raise before_message(error, self._server) from error
        except _UNWRITABLE as error:
            raise DeliveryError(f"the mail could not be written: {told(error)}") from error

    async def _written(self, address: Address, delivery: Delivery) -> bytes:
        link = ""
        if self._web_url and delivery.channel_id:
            key = await self._key_of(delivery.channel_id)
            link = unsubscribe_address(self._web_url, delivery.channel_id, key)
        envelope = Envelope(self._sender, address.chat, link)
        return message_bytes(delivery, envelope, self._clock())

    async def _introduced(self, smtp: SMTP, recipient: str | None = None) -> None:
        await smtp.connect()
        await smtp.mail(self._sender.address)
        if recipient is not None:
            await smtp.rcpt(recipient)

    async def _handed_over(self, smtp: SMTP, mail: bytes) -> None:
        """Send the message; without an answer it may have arrived."""
        try:
            async with asyncio.timeout(AFTER * self._seconds):
                await smtp.data(mail)
        except SMTPDataError as error:
            raise DeliveryError(f"{self._server.name}: {told(error)}") from error
        except (SMTPException, OSError, TimeoutError) as error:
            raise DeliveryError(
                f"{self._server.name} gave no answer to the mail: {told(error)}", uncertain=True
            ) from error

    async def _left(self, smtp: SMTP) -> None:
        """Say goodbye; what became of the mail is known by now."""
        with suppress(SMTPException, OSError):
            await smtp.quit(timeout=min(LONGEST_GOODBYE, GOODBYE * self._seconds))

    def _connection(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.tls,
            start_tls=server.starttls,
            local_hostname=self._sender.domain,
            timeout=self._seconds,
        )
