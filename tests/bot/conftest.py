"""Fixtures that tests of several packages of the bot share."""

from __future__ import annotations

import pytest

from bot.health import Health
from tests.support.clock import Seconds
from tests.support.source_room import hurried, room
from tests.support.store_desk import desk

__all__ = ["desk", "hurried", "room"]


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def health(seconds: Seconds) -> Health:
    return Health(seconds)
