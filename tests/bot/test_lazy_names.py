"""Packages whose names are imported when they are first asked for."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from bot.store import Store


@pytest.mark.parametrize("package", ["bot.models", "bot.store"])
def test_every_name_that_a_package_offers_can_be_imported(package: str) -> None:
    module = importlib.import_module(package)
    assert module.__all__
    assert all(getattr(module, name) is not None for name in module.__all__)


@pytest.mark.parametrize("package", ["bot.models", "bot.store"])
def test_a_name_that_it_does_not_offer_is_an_attribute_error(package: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'Nothing'"):
        _ = importlib.import_module(package).Nothing


def test_every_part_of_the_store_is_made_once() -> None:
    store = Store.open("sqlite://")
    parts = [name for name in Store.__annotations__ if not name.startswith("_")]
    assert len(parts) > 30
    for name in parts:
        part = getattr(store, name)
        assert type(part).__name__ == Store.__annotations__[name]
        assert getattr(store, name) is part


def test_whoever_needs_the_mapper_of_sqlalchemy_still_gets_it() -> None:
    script = (
        "import bot.store, sqlalchemy.ext.asyncio as whole; "
        "from bot.store.db.async_engine import AsyncEngine; "
        "assert whole.AsyncEngine is AsyncEngine and whole.AsyncSession"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
