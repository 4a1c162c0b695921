"""Socket Mode with a watchdog: the SDK's reconnect can leave an open but silent socket.

https://github.com/slackapi/bolt-python/issues/1529, …/python-slack-sdk/issues/1701
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientWebSocketResponse
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError
from bot.health import Health
from bot.log import get_logger
from bot.platforms.slack.api import SDK_LOG, SlackApi
from bot.platforms.slack.proxied import http_proxy, route_socket
from bot.supervisor import keep_running

NAME = "Slack socket"
STALLED_CHECKS = 2.5
"""The socket counts as dead if no check has succeeded for this many intervals."""

log = get_logger(__name__)


class SlackSocket:
    """One connection, checked regularly and replaced when it is dead or silent.

    `opener` calls Slack with the app token. `check_token` is called at each check; it reports what
    it finds and raises nothing.
    """

    def __init__(
        self,
        app: AsyncApp,
        opener: SlackApi,
        watch_seconds: float,
        *,
        health: Health,
        check_token: Callable[[], Awaitable[None]],
    ) -> None:
        self._app = app
        self._opener = opener
        self._watch_seconds = watch_seconds
        self._health = health
        self._check_token = check_token
        self._handler: AsyncSocketModeHandler | None = None
        self._hello_from: ClientWebSocketResponse | None = None
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect; raises DeliveryError, or `Refused` if the app token is not accepted."""
        await self._connect()
        self._watch = asyncio.create_task(keep_running(NAME, self._watch_connection, self._health))

    async def close(self) -> None:
        """Stop the watchdog and disconnect; Slack redelivers what was not acknowledged."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        self._health.remove(NAME)
        await self._disconnect()

    async def _connect(self) -> None:
        opened = await self._opener.post("apps.connections.open", {})
        opener = self._opener
        seconds = math.ceil(opener.seconds)
        client = AsyncWebClient(opener.token, opener.base_url, seconds, logger=SDK_LOG)
        handler = AsyncSocketModeHandler(self._app, opener.token, SDK_LOG, client)
        handler.client.wss_uri = str(opened["url"])
        client.proxy = http_proxy(opener.proxies, opener.base_url)
        await route_socket(handler.client, opener.proxies)
        handler.client.message_listeners.append(self._on_message)
        self._handler = handler
        try:
            async with asyncio.timeout(opener.seconds):
                await handler.connect_async()  # type: ignore[no-untyped-call]  # bare in the SDK
        except TimeoutError as error:
            await self._disconnect()
            raise DeliveryError("Slack's Socket Mode cannot be reached") from error

    async def _disconnect(self) -> None:
        handler, self._handler = self._handler, None
        if handler is not None:
            await handler.close_async()  # type: ignore[no-untyped-call]  # bare in the SDK

    async def _on_message(self, client: Any, message: dict[str, Any], raw: str | None) -> None:
        if message.get("type") == "hello":
            self._hello_from = client.current_session

    async def _watch_connection(self) -> None:
        """Replace the connection after two failed checks in a row."""
        failures = 0
        while True:
            await asyncio.sleep(self._watch_seconds)
            failures = 0 if await self._healthy() else failures + 1
            if not failures:
                self._health.working(NAME, within=STALLED_CHECKS * self._watch_seconds)
            if failures < 2:
                continue
            self._health.failed(NAME, "the socket is silent or closed; it is opened again")
            try:
                await self._disconnect()
                await self._connect()
            except DeliveryError as error:
                log.warning("Slack cannot be reached", error=str(error))

    async def _healthy(self) -> bool:
        """Return whether the connection works, having checked the bot's token."""
        await self._check_token()
        if self._handler is None:
            return False
        client = self._handler.client
        session = getattr(client, "current_session", None)
        receiver = getattr(client, "message_receiver", None)
        alive = receiver is not None and not receiver.done()
        return alive and await client.is_connected() and self._hello_from is session
