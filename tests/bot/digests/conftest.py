"""The ledger's own fixtures, for tests of what moves it."""

from __future__ import annotations

from tests.bot.store.conftest import desk

__all__ = ["desk"]
