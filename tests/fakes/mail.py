"""A mail server on a real socket: it keeps what it takes, and refuses or breaks off as told."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that the server took."""

    recipient: str
    message: EmailMessage
    raw: bytes

    def header(self, name: str) -> str:
        """A header as it came, unfolded but not decoded: as mail programs read some of them."""
        lines = self.raw.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n ", " ")
        (found,) = [each for each in lines.split("\r\n") if each.startswith(f"{name}: ")]
        return found.partition(": ")[2]

    def part(self, kind: str) -> str:
        """The text of one form of the mail, "plain" or "html"."""
        body = self.message.get_body((kind,))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")

    @property
    def text(self) -> str:
        """The plain text without the last lines, which every mail has."""
        return self.part("plain").partition("\n\n-- \n")[0].strip()


class FakeMail:
    """Takes every mail, but those that `refused` names: an answer for each recipient.

    `answers` holds what comes after the next messages: an answer, or "" for none, where the server
    takes the mail and the connection breaks. While it is `down` it takes no mail. `unanswered`
    counts the mails that it took without an answer, or with a late one.
    """

    def __init__(self) -> None:
        self.sent: list[SentMail] = []
        self.refused: dict[str, str] = {}
        self.senders_refused = ""
        self.answers: deque[str] = deque()
        self.down = False
        self.unanswered = 0
        self.port = 0
        self._server: asyncio.Server | None = None

    @property
    def environ(self) -> dict[str, str]:
        return {
            "BRIEFBOT_SMTP_URL": f"smtp+plain://127.0.0.1:{self.port}",
            "BRIEFBOT_MAIL_FROM": "Morning brief <news@briefs.example>",
        }

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()

    def _protocol(self) -> SMTP:
        return SMTP(self, hostname="mail.example", loop=asyncio.get_running_loop())

    async def handle_MAIL(  # noqa: N802 - named by the library
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.senders_refused:
            return self.senders_refused
        if self.down:
            return "421 4.3.2 Closing"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.refused.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.popleft() if self.answers else "250 OK"
        return await self.taken(server, envelope, answer)

    async def taken(self, server: SMTP, envelope: Envelope, answer: str) -> str:
        """Keep a mail unless the answer refuses it; close the connection where there is none."""
        if not answer or answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            found = message_from_bytes(envelope.content, policy=policy.default)
            self.sent.append(SentMail(envelope.rcpt_tos[0], found, envelope.content))
        if not answer:
            self.unanswered += 1
            transport: Any = server.transport
            transport.abort()
        return answer


class LateMail(FakeMail):
    """Loses some answers, and takes some mails after the sender's time-out."""

    def __init__(self, seed: int, late_seconds: float) -> None:
        super().__init__()
        self._chance = random.Random(seed)
        self._late = late_seconds

    async def taken(self, server: SMTP, envelope: Envelope, answer: str) -> str:
        kind = self._chance.random()
        if kind < 0.04:
            self.unanswered += 1
            await asyncio.sleep(self._chance.uniform(0, self._late))
        return await super().taken(server, envelope, "" if 0.04 <= kind < 0.08 else answer)
