"""Slack requests, by socket or HTTP: verified, acknowledged, passed on as SlackInput."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot.platforms.slack.api import SDK_LOG, SlackApi
from bot.platforms.slack.commands import Identity, SlackInput, from_event, from_slash
from bot.platforms.slack.interactions import from_action, from_form, from_shortcut

MAX_BODY = 1_000_000
"""Maximum size of an HTTP request in bytes."""

ANYTHING = re.compile(r".+", re.DOTALL)


def bolt_app(
    api: SlackApi,
    secret: str | None,
    me: Identity,
    accept: Callable[[SlackInput], Awaitable[None]],
    notice: Callable[[Mapping[str, Any]], Awaitable[None]],
) -> AsyncApp:
    """Return a Bolt app; it verifies signatures if there is a secret.

    An input is acknowledged when it was accepted.
    `accept` takes commands, `notice` all other events. The bot's identity is already known, so no
    request to Slack precedes an acknowledgement.
    """

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=me.team,
            bot_user_id=me.user,
            bot_id=me.bot,
            bot_token=api.token,
        )

    app = AsyncApp(
        name="briefbot",
        logger=SDK_LOG,
        client=AsyncWebClient(base_url=api.base_url, logger=SDK_LOG, retry_handlers=[]),
        signing_secret=secret or "",
        request_verification_enabled=secret is not None,
        authorize=authorize,
        process_before_response=True,
    )

    async def on_slash(ack: AsyncAck, body: dict[str, Any]) -> None:
        await accept(from_slash(body))
        await ack()

    async def on_event(body: dict[str, Any]) -> None:
        typed = from_event(body, me)
        if typed is not None:
            await accept(typed)
        else:
            await notice(body)

    async def on_action(ack: AsyncAck, body: dict[str, Any]) -> None:
        await take(ack, from_action(body))

    async def on_shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        await take(ack, from_shortcut(body))

    async def on_form(ack: AsyncAck, body: dict[str, Any]) -> None:
        await take(ack, from_form(body))

    async def take(ack: AsyncAck, typed: SlackInput | None) -> None:
        if typed is not None:
            await accept(typed)
        await ack()

    app.action(ANYTHING)(on_action)
    app.shortcut(ANYTHING)(on_shortcut)
    app.view(ANYTHING)(on_form)
    app.command(ANYTHING)(on_slash)
    app.event(ANYTHING)(on_event)
    return app


async def over_http(app: AsyncApp | None, request: Request) -> Response:
    """Answer one HTTP request; 401 if it is forged or stale, 503 before the bot is ready."""
    if app is None:
        return PlainTextResponse("not ready", status_code=503)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return PlainTextResponse("too large", status_code=413)
        text = body.decode("utf-8")
    except (ClientDisconnect, UnicodeDecodeError):
        return PlainTextResponse("not a Slack request", status_code=400)
    if not request.headers.get("x-slack-request-timestamp", "").isdecimal():
        return PlainTextResponse("no timestamp", status_code=401)
    answer = await app.async_dispatch(to_async_bolt_request(request, text.encode()))
    return to_starlette_response(answer)
