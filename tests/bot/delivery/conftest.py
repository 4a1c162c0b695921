"""A Slack workspace at the ledger's clock."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.slack import FakeSlack
from tests.support.ledger import DUE


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock=DUE.timestamp) as server:
        yield server
