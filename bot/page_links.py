"""The links to pages: short, random, and never stored as they are.

A link is all that a reader needs, so its token has 128 random bits, and the database holds only its
fingerprint: who reads a copy of the `page_links` table can open no page.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the reading process has no settings, and they take memory
    from config.settings import Settings

TOKEN_BYTES = 16

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)


def new_token() -> str:
    """A new random token of 22 letters, digits, `-` and `_`, which no format has to escape."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Whether a text has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def fingerprint(token: str) -> str:
    """What is stored of a token: its SHA-256, which needs no salt, for tokens are random."""
    return hashlib.sha256(token.encode()).hexdigest()


def digest_address(web_url: str, token: str) -> str:
    """The address of one digest's page."""
    return f"{web_url}/d/{token}"


def archive_address(settings: Settings, token: str) -> str:
    """The address of a channel's archive."""
    return f"{pages_address(settings)}/c/{token}"


def pages_address(settings: Settings) -> str:
    """The address of the pages; on this machine, if they have no public one."""
    return settings.web_url or f"http://{settings.pages_host}:{settings.pages_port}"


def unsubscribe_address(web_url: str, channel_id: int, key: str) -> str:
    """The address at which a channel ends its digests; `key` is the channel's own secret."""
    return f"{web_url}/unsubscribe/{channel_id}/{unsubscribe_mark(channel_id, key)}"


def unsubscribe_mark(channel_id: int, key: str) -> str:
    """What proves that a link to end a channel's digests is ours: 128 bits, 32 hex digits."""
    said = f"unsubscribe {channel_id}".encode()
    return hmac.new(key.encode(), said, hashlib.sha256).hexdigest()[:32]
