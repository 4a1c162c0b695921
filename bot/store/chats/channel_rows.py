"""Conversion of channel rows."""

from __future__ import annotations

from sqlalchemy import (
    RowMapping,
)

from bot.models import Address, Channel, Platform
from bot.store.db.schema import channels

ADDRESS = ("platform", "workspace", "chat", "thread")


def channel_of(row: RowMapping, prefix: str = "") -> Channel:
    value = {name: row[prefix + name] for name in channels.columns.keys()}  # noqa: SIM118 - no dict
    where = {name: value.pop(name) for name in ADDRESS}
    return Channel(address=Address(**where | {"platform": Platform(where["platform"])}), **value)
