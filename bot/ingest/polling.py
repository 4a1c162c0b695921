"""Polling of sources from start to stop."""

from __future__ import annotations

from bot.health import Health
from bot.ingest.poller import CLAIM_SECONDS, Poller
from bot.scheduler import Ticker

POLLING = "source polling"


def polling_patience(tick_seconds: float) -> float:
    """Seconds after which a poller that has said nothing counts as stalled."""
    return 2.5 * max(tick_seconds, CLAIM_SECONDS)


class SourcePolling:
    """Polls the sources from start to stop; does nothing if BRIEFBOT_REFRESH is off."""

    def __init__(self, poller: Poller | None, seconds: float, health: Health | None = None) -> None:
        self._poller = poller
        patience = polling_patience(seconds)
        self._ticker = Ticker(self._tick, seconds, POLLING, health, patience=patience)

    def start(self) -> None:
        """Start polling; needs a running event loop."""
        if self._poller:
            self._ticker.start()

    async def stop(self) -> None:
        """Stop polling; running polls are finished soon or released."""
        if self._poller:
            await self._poller.stop()
            await self._ticker.stop()

    async def _tick(self) -> None:
        assert self._poller is not None
        await self._poller.poll_due()
