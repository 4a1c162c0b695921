"""The ledger's own fixtures, for tests of what moves it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.digests.ledger import DUE
from tests.bot.store.conftest import desk
from tests.fakes.slack import FakeSlack

__all__ = ["desk"]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock=DUE.timestamp) as server:
        yield server
