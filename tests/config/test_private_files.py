"""The database, `.env` and secrets are made and kept for the bot's user alone."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import Store
from config.private_files import make_private, open_to_others
from config.settings import private_paths


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def used(path: Path) -> Store:
    store = Store.open(f"sqlite:///{path}")
    await store.migrate()
    await store.spending.forget_shares(datetime.now(UTC))
    return store


async def test_fault_70_the_database_and_its_folder_are_made_for_us_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "data" / "briefbot.db"
    store = await used(path)
    try:
        assert [mode(each) for each in (path.parent.parent, path.parent)] == [0o700, 0o700]
        assert {each.name: mode(each) for each in path.parent.iterdir()} == {
            "briefbot.db": 0o600,
            "briefbot.db-wal": 0o600,
            "briefbot.db-shm": 0o600,
        }
        assert open_to_others(store.files) == []
    finally:
        await store.close()


async def test_fault_70_a_database_that_others_may_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    await (await used(path)).close()
    path.chmod(0o644)
    store = await used(path)
    try:
        assert {mode(each) for each in store.files[1:] if each.exists()} == {0o600}
    finally:
        await store.close()


def test_fault_70_what_others_may_use_is_named_with_the_remedy(tmp_path: Path) -> None:
    env, secret = tmp_path / ".env", tmp_path / "token"
    env.write_text(f"TELEGRAM_BOT_TOKEN_FILE={secret}\n")
    secret.write_text("123:abc")
    env.chmod(0o644)
    secret.chmod(0o600)
    paths = private_paths({"PATH": "/bin"}, tmp_path)
    assert paths == (env, secret)
    assert open_to_others(paths) == [f"{env} may be used by others (0644): chmod 600 {env}"]
    make_private(env)
    assert mode(env) == 0o600
    assert open_to_others(paths) == []


@pytest.mark.parametrize("name", ["missing", "folder", "link"])
def test_only_files_of_ours_are_changed(name: str, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("x")
    target.chmod(0o644)
    (tmp_path / "folder").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(target)
    make_private(tmp_path / name)
    assert mode(target) == 0o644
    assert mode(tmp_path / "folder") == 0o755
