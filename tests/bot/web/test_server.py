"""`briefbot web` as an operator starts it: a process of its own on the bot's database."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from pathlib import Path

import aiohttp

from tests.support.page_room import PASSWORD, PageRoom
from tests.support.waiting import PATIENCE, eventually


async def test_it_serves_beside_the_bot_and_ends_when_asked(
    furnished_file: tuple[Path, PageRoom], tmp_path: Path
) -> None:
    file, room = furnished_file
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = {
        "DATABASE_URL": f"sqlite:///{file}",
        "BRIEFBOT_PAGES_PORT": str(port),
        "BRIEFBOT_PAGES_PASSWORD": PASSWORD,
        "BRIEFBOT_PAGES_DAYS": "0",
        "PATH": "/usr/bin:/bin",
    }
    command = [sys.executable, "-m", "bot", "web"]
    process = await asyncio.create_subprocess_exec(
        *command, env=settings, cwd=tmp_path, stderr=asyncio.subprocess.PIPE
    )

    async def answers() -> bool:
        assert process.returncode is None
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        await eventually(answers)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            for path, status in (
                (f"/d/{room.digest}", 200),
                (f"/c/{room.archive}", 200),
                ("/operator/login", 200),
                ("/healthz", 200),
                ("/metrics", 404),
            ):
                answer = await session.get(path)
                assert answer.status == status, path
        second = await asyncio.create_subprocess_exec(
            *command, env=settings, cwd=tmp_path, stderr=asyncio.subprocess.PIPE
        )
        _, refused = await asyncio.wait_for(second.communicate(), PATIENCE)
        assert second.returncode == 1
        assert b"change BRIEFBOT_PAGES_HOST or BRIEFBOT_PAGES_PORT" in refused
        process.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode == 0
        assert room.digest.encode() not in said
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
