"""Fixtures that tests of several packages of the bot share."""

from __future__ import annotations

from tests.support.source_room import hurried, room
from tests.support.store_desk import desk

__all__ = ["desk", "hurried", "room"]
