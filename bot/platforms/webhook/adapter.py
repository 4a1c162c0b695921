"""Webhooks: one POST for each part; its Idempotency-Key lets the receiver drop a repeated one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.errors import DeliveryError, FetchError, StoreError
from bot.models import Address, Briefing, Delivery, Platform, Receipt
from bot.platforms.delivery_key import delivery_key
from bot.platforms.interfaces import KeyOf
from bot.platforms.webhook.signature import HEADER, signature
from bot.render.webhook import digest_event, event_body, notice_event

LONGEST_PAUSE = 3600.0
"""The longest pause in seconds that a receiver can ask for."""

_UNWRITABLE = (StoreError, ValueError, LookupError, TypeError)
"""What a lost database or a damaged payload raises while a request is written."""


class Answered(Protocol):
    """The answer to a POST; `retry_after` is in seconds."""

    @property
    def status(self) -> int: ...

    @property
    def retry_after(self) -> float | None: ...


class Poster(Protocol):
    """Posts to addresses that may be asked."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Post once; raises FetchError, `unanswered` where it may have arrived."""
        ...

    async def judge(self, url: str) -> None:
        """Raises FetchError if the address may not be asked."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


class WebhookPlatform:
    """Posts digests as signed JSON; a channel's chat is the address of its webhook.

    The key of a part is its delivery's number and content, and a repeated POST has the same one and
    the same body. So a part without an answer is posted again: a receiver that knows the key drops
    it.
    """

    name = Platform.WEBHOOK.value
    traceable = True
    shows_pictures = False

    def __init__(self, poster: Poster, key_of: KeyOf, clock: Callable[[], datetime]) -> None:
        self._poster = poster
        self._key_of = key_of
        self._clock = clock

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        """Render a digest as one JSON object."""
        return (digest_event(briefing, heading, page=page),)

    def notice(self, text: str) -> str:
        """Render a notice."""
        return notice_event(text)

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        """Post one part; raises DeliveryError, `permanent` if the receiver is gone (410)."""
        return await self._posted(address, delivery, *await self._written(delivery))

    async def find(
        self, address: Address, delivery: Delivery, since: datetime | None = None
    ) -> Receipt | None:
        """Post the part again with the same key: whoever has it answers as before.

        None where the receiver refused it: then it has not arrived. What cannot be written now
        stays in doubt.
        """
        try:
            body, headers = await self._written(delivery)
        except DeliveryError as error:
            raise DeliveryError(str(error), uncertain=True) from error
        try:
            return await self._posted(address, delivery, body, headers)
        except DeliveryError as error:
            if error.uncertain or error.permanent or error.retry_after is not None:
                raise
            return None

    async def check(self) -> str:
        """Return what this is; there is nobody to ask."""
        return "digests are posted as signed JSON"

    async def diagnose(self, chats: Sequence[Address]) -> list[str]:
        """A line for each of these addresses that may not be asked."""
        faults = []
        for each in chats:
            try:
                await self._poster.judge(each.chat)
            except FetchError as error:
                faults.append(str(error))
        await self._poster.close()
        return faults

    async def start(self) -> None:
        """Nothing: a connection is made for each part."""

    async def stop(self) -> None:
        """Close what is open."""
        await self._poster.close()

    async def _written(self, delivery: Delivery) -> tuple[bytes, dict[str, str]]:
        """The body and the headers; raises DeliveryError, for nothing was sent yet."""
        try:
            body = event_body(delivery)
            secret = await self._key_of(delivery.channel_id)
        except _UNWRITABLE as error:
            raise DeliveryError(f"the request could not be written: {error}") from error
        return body, {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": delivery_key(delivery),
            HEADER: signature(secret, body, self._clock()),
        }

    async def _posted(
        self, address: Address, delivery: Delivery, body: bytes, headers: Mapping[str, str]
    ) -> Receipt:
        try:
            answer = await self._poster.post(address.chat, body, headers)
        except FetchError as error:
            raise DeliveryError(str(error), uncertain=error.unanswered) from error
        if not 200 <= answer.status < 300:
            raise _refusal(address.workspace, answer)
        return Receipt(f"delivery {delivery.id}: HTTP {answer.status}")


def _refusal(host: str, answer: Answered) -> DeliveryError:
    if answer.status == 410:
        return DeliveryError(f"{host} says that the webhook is gone (HTTP 410)", permanent=True)
    if 300 <= answer.status < 400:
        return DeliveryError(f"{host} redirects (HTTP {answer.status}): name its final address")
    pause = answer.retry_after if answer.status in (429, 503) else None
    pause = None if pause is None else min(pause, LONGEST_PAUSE)
    return DeliveryError(f"{host} answered HTTP {answer.status}", retry_after=pause)
