"""What the two processes load: what one of them does not need would take memory all the time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.ingest.worker.__main__ import has_own_hashes

READERS = ("lxml", "trafilatura", "feedparser", "charset_normalizer", "ftfy")
SELDOM = ("alembic", "jinja2", "openai", "telegram", "slack_sdk", "httpx", "sqlalchemy.orm")
PARENTS = ("pydantic", "bot.store.delivery", "bot.models.chats")
CHAT = ("aiohttp", "typer", "structlog", "rich", "sentencex", "rapidfuzz")

LOADED = """
import asyncio, json, sys
from {module} import {name}
from bot.store import Store
store = Store.open("sqlite:///" + sys.argv[1])
asyncio.run(store.migrate())
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize(
    ("module", "name", "needless"),
    [
        ("bot.cli.run", "run", (*READERS, *SELDOM)),
        (
            "bot.ingest.worker.main",
            "serve",
            ("trafilatura", "feedparser", *PARENTS, *SELDOM, *CHAT),
        ),
    ],
)
def test_a_process_loads_only_what_it_needs(
    module: str, name: str, needless: tuple[str, ...], tmp_path: Path
) -> None:
    script = LOADED.format(module=module, name=name)
    command = [sys.executable, "-c", script, str(tmp_path / "briefbot.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not {*needless} & {*json.loads(done.stdout)}


HASHES = {"_md5", "_sha1", "_sha2", "_sha3", "_blake2"}


@pytest.mark.parametrize("missing", sorted(HASHES))
def test_openssl_stays_where_python_lacks_a_hash(missing: str) -> None:
    assert has_own_hashes(lambda name: name in HASHES)
    assert has_own_hashes(lambda name: name in HASHES - {"_sha2"} | {"_sha256", "_sha512"})
    assert not has_own_hashes(lambda name: name in HASHES - {missing})


@pytest.mark.skipif(not has_own_hashes(), reason="this Python has some hashes of OpenSSL alone")
def test_the_worker_runs_without_openssl() -> None:
    script = """
import json, sys
from bot.ingest.worker import __main__ as worker
worker.main()
print(json.dumps([each for each in worker.OPENSSL if sys.modules.get(each)]), file=sys.stderr)
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, input="", capture_output=True, text=True, check=True)
    assert json.loads(done.stderr) == []
