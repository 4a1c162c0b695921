"""Only what every engine can keep goes in."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.store import Store
from bot.store.db.types import storable


@given(st.text())
def test_storable_text_is_utf8_without_nul(text: str) -> None:
    kept = storable(text)

    assert "\x00" not in kept.encode("utf-8").decode("utf-8")
    assert storable(kept) == kept
    assert kept == "".join(each for each in text if each in kept)


async def test_it_refuses_an_instant_without_a_zone(store: Store) -> None:
    with pytest.raises(StoreError, match="no time zone"):
        await store.subscriptions.due(datetime(2026, 11, 23))  # noqa: DTZ001
