"""The mail server and the sender of mails, as the settings name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
_MAILBOX = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
_LONGEST = 254
"""Characters of an address (RFC 5321)."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The server that takes mails: encrypted from the start (`tls`), by STARTTLS, or not at all."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The server without its password: "smtp.example.org:587"."""
        return f"{self.host}:{self.port}"

    @classmethod
    def parsed(cls, url: str) -> SmtpServer:
        """Read smtp://user:password@host:587; raises ValueError with the forms that are known."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
            raise ValueError(
                "must be smtp://user:password@host:587 (STARTTLS), smtps://…:465 (TLS), or "
                "smtp+plain://host:25 for a relay of your own without encryption"
            )
        try:
            port = parts.port or _PORTS[parts.scheme]
        except ValueError:
            raise ValueError("must name a port from 1 to 65535") from None
        if bool(parts.username) != bool(parts.password):
            raise ValueError("must name a user and a password, or neither: smtp://user:password@…")
        if parts.password and parts.scheme == "smtp+plain":
            raise ValueError(
                "would send the password unencrypted: write smtp:// (STARTTLS) or smtps:// (TLS)"
            )
        return cls(
            host=parts.hostname,
            port=port,
            tls=parts.scheme == "smtps",
            starttls=parts.scheme == "smtp",
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom mails come from: a name, perhaps empty, and an address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The part of the address after the @."""
        return self.address.rpartition("@")[2]

    @classmethod
    def parsed(cls, text: str) -> Sender:
        """Read "Morning brief <news@example.org>" or an address alone; raises ValueError."""
        name, address = parseaddr(text)
        try:
            return cls(name, mailbox(address))
        except ValueError:
            raise ValueError(
                "must be an address such as news@example.org or Morning brief <news@example.org>"
            ) from None


def mailbox(address: str) -> str:
    """The one spelling of a mail address; raises ValueError for what is none.

    Letters count as small ones, so that one person is not written to twice.
    """
    found = address.strip().lower()
    if len(found) > _LONGEST or not _MAILBOX.fullmatch(found):
        raise ValueError(f"{address.strip()[:80]!r} is no mail address: write ana@example.org")
    return found
