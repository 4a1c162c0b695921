"""The real `local-slack` program: a workspace with Socket Mode, signed HTTP and response_url.

It listens on every interface, keeps no message metadata, ignores cursors and takes any token.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp

from tests.fakes.node_parts import node_part

PATIENCE = 15.0
BOT_USER = "U0BOT"
SECRET = "local-signing-secret"


def binary() -> Path:
    """The program; skips the test, visibly, where it is not installed."""
    return node_part("local-slack-linux-x64/bin/local-slack")


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class LocalSlack:
    """One running program. With a `request_url` it posts there, otherwise it uses the socket."""

    directory: Path
    request_url: str | None = None
    port: int = field(default_factory=free_port)
    _process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> LocalSlack:
        config = self.directory / "local-slack.json"
        config.write_text(json.dumps(self._config()), encoding="utf-8")
        command = [str(binary()), "--config", str(config), "--port", str(self.port)]
        command += ["--base-host", "127.0.0.1", "--files-dir", str(self.directory)]
        with (self.directory / "local-slack.log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
        await self._until_up()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a bot for this workspace, over the socket or over HTTP."""
        environ = {"SLACK_BOT_TOKEN": "xoxb-local", "SLACK_API_URL": f"{self.base}/api/"}
        if self.request_url:
            return environ | {"SLACK_SIGNING_SECRET": SECRET}
        return environ | {"SLACK_APP_TOKEN": "xapp-local"}

    async def slash(self, text: str, channel: str = "C1", user: str = "U1") -> None:
        body = {"channel": channel, "user": user, "command": "/brief", "text": text}
        await self._control("command", body)

    async def write(self, text: str, channel: str = "C1", user: str = "U1", **more: str) -> str:
        """Post a message as a person; returns its ts. "@briefbot" mentions the bot."""
        text = text.replace("@briefbot", f"<@{BOT_USER}>")
        body = {"channel": channel, "user": user, "text": text, **more}
        answer = await self._control("message", body)
        return str(answer["message"]["ts"])

    async def from_bot(self, channel: str, count: int) -> Sequence[Mapping[str, Any]]:
        """Wait until the bot has posted so many messages in a channel, and return them."""
        async with asyncio.timeout(PATIENCE):
            while len(found := await self._posted(channel)) < count:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.05)
        return found

    def _config(self) -> dict[str, Any]:
        app = {
            "appId": "A1",
            "botUserId": BOT_USER,
            "botName": "briefbot",
            "botToken": "xoxb-local",
            "appToken": "xapp-local",
            "signingSecret": SECRET,
            "mode": "events" if self.request_url else "socket",
        }
        if self.request_url:
            app["requestUrl"] = self.request_url
        return {
            "workspace": {"name": "Local", "domain": "local", "teamId": "T1"},
            "app": app,
            "users": [{"id": "U1", "name": "ada", "real_name": "Ada"}],
            "channels": [
                {"id": "C1", "name": "energy", "members": ["U1", BOT_USER]},
                {"id": "D1", "name": "ada", "is_im": True, "members": ["U1", BOT_USER]},
            ],
        }

    async def _posted(self, channel: str) -> list[Mapping[str, Any]]:
        answer = await self._get(f"_control/messages/{channel}")
        return [each for each in answer["messages"] if each.get("user") == BOT_USER]

    async def _until_up(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await self._get("_control/state")
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.05)
                else:
                    return

    async def _get(self, path: str) -> Mapping[str, Any]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.base}/{path}") as answer,
        ):
            return dict(await answer.json())

    async def _control(self, what: str, body: Mapping[str, str]) -> Mapping[str, Any]:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.base}/_control/{what}", json=body) as answer,
        ):
            return dict(await answer.json())
