"""A chat platform that does what a test tells it to, and keeps what it was sent."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from bot.models import Address, Briefing, Delivery, Receipt


class ScriptedMessenger:
    """Takes every part, unless `faults` holds an error: then that one comes first.

    None in `faults` stands for a part that is taken.

    `found` holds the receipts that a look-up answers with, by delivery.
    """

    shows_pictures = False

    def __init__(self, *, parts: int = 1, traceable: bool = False) -> None:
        self.traceable = traceable
        self.sent: list[tuple[str, str]] = []
        self.tried: list[str] = []
        self.faults: deque[Exception | None] = deque()
        self.found: dict[int, Receipt] = {}
        self._parts = parts

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        bullets = " / ".join(bullet.text for bullet in briefing.bullets) or "nothing new"
        return tuple(f"{heading}: {bullets} ({n + 1})" for n in range(self._parts))

    def notice(self, text: str) -> str:
        return text

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        self.tried.append(address.chat)
        if self.faults and (fault := self.faults.popleft()):
            raise fault
        self.sent.append((address.chat, delivery.payload))
        return Receipt(f"m{len(self.sent)}")

    async def find(
        self, address: Address, delivery: Delivery, since: datetime | None = None
    ) -> Receipt | None:
        return self.found.get(delivery.id)
