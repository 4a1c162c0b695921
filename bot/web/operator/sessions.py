"""Who is signed in: a signed cookie, and a token in each form that only this session knows.

No session is stored. The key comes from the password and from random bytes of this process, so a
new password or a restart ends every session.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

LASTS = timedelta(hours=12)

COOKIE = "briefbot_operator"


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is signed in until then."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and reads sessions for one password."""

    password: str = field(repr=False)
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def is_password(self, given: str) -> bool:
        """Compare in a time that says nothing about the password."""
        ours, theirs = (hashlib.sha256(each.encode()).digest() for each in (self.password, given))
        return hmac.compare_digest(ours, theirs)

    def begin(self, now: datetime) -> str:
        """The cookie of a new session."""
        stated = f"{secrets.token_urlsafe(16)}.{int((now + LASTS).timestamp())}"
        return f"{stated}.{self._signature('session', stated)}"

    def read(self, cookie: str, now: datetime) -> Session | None:
        """The session of a cookie; None if it is not ours or has ended."""
        stated, _, signature = cookie[:300].rpartition(".")
        ours = self._signature("session", stated)
        if not hmac.compare_digest(ours.encode(), signature.encode()):
            return None
        name, _, ends = stated.partition(".")
        until = datetime.fromtimestamp(int(ends), UTC)
        return Session(name, until) if now < until else None

    def form_token(self, session: Session) -> str:
        """What the forms of a session carry."""
        return self._signature("form", session.name)

    def is_form_token(self, session: Session, given: str) -> bool:
        """Whether a form comes from a page of this session."""
        return hmac.compare_digest(self.form_token(session).encode(), given.encode())

    def _signature(self, purpose: str, text: str) -> str:
        key = hashlib.sha256(self._salt + self.password.encode()).digest()
        return hmac.new(key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
