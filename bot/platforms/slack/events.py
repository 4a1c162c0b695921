"""Slack requests, by socket or HTTP: verified, acknowledged, passed on as SlackInput."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot.log import get_logger
from bot.platforms.slack.api import SDK_LOG
from bot.platforms.slack.commands import SlackInput, from_event, from_slash
from bot.platforms.slack.interactions import from_action, from_form, from_shortcut
from bot.platforms.slack.workspace import Workspace

MAX_BODY = 1_000_000
"""Maximum size of an HTTP request in bytes."""

ANYTHING = re.compile(r".+", re.DOTALL)

log = get_logger(__name__)


WORKSPACE = "workspace"
"""The name under which a request's context holds its workspace."""

Find = Callable[[str], Awaitable[Workspace | None]]
Accept = Callable[[Workspace, SlackInput], Awaitable[Mapping[str, str]]]
"""Takes an input; the faults of a form that is to stay open, by the ids of its fields."""
Notice = Callable[[Workspace | None, Mapping[str, Any]], Awaitable[None]]


def bolt_app(
    base_url: str, secret: str | None, find: Find, accept: Accept, notice: Notice, missing: str
) -> AsyncApp:
    """Return a Bolt app; it verifies signatures if there is a secret.

    An input is acknowledged when it was accepted.
    `accept` takes commands, `notice` all other events. `find` asks Slack nothing, so no request to
    Slack precedes an acknowledgement. `missing` answers a command where no workspace is found.
    """

    async def authorize(context: AsyncBoltContext, team_id: str | None) -> AuthorizeResult:
        context[WORKSPACE] = found = await find(team_id or "")
        if found is None:
            log.warning("Slack input of a workspace without the app", workspace=team_id)
            return AuthorizeResult(enterprise_id=None, team_id=team_id)
        me = found.me
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_user_id=me.user, bot_id=me.bot
        )

    app = AsyncApp(
        name="briefbot",
        logger=SDK_LOG,
        client=AsyncWebClient(base_url=base_url, logger=SDK_LOG, retry_handlers=[]),
        signing_secret=secret or "",
        request_verification_enabled=secret is not None,
        authorize=authorize,
        process_before_response=True,
    )

    async def on_slash(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        if context[WORKSPACE] is None:
            await ack(missing)
            return
        await accept(context[WORKSPACE], from_slash(body))
        await ack()

    async def on_event(body: dict[str, Any], context: AsyncBoltContext) -> None:
        workspace: Workspace | None = context.get(WORKSPACE)
        typed = from_event(body, workspace.me) if workspace else None
        if workspace is not None and typed is not None:
            await accept(workspace, typed)
        else:
            await notice(workspace, body)

    async def on_action(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await take(ack, context, from_action(body))

    async def on_shortcut(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await take(ack, context, from_shortcut(body))

    async def on_form(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        if faults := await accepted(context, from_form(body)):
            await ack(response_action="errors", errors=dict(faults))
        else:
            await ack()

    async def take(ack: AsyncAck, context: AsyncBoltContext, typed: SlackInput | None) -> None:
        await accepted(context, typed)
        await ack()

    async def accepted(context: AsyncBoltContext, typed: SlackInput | None) -> Mapping[str, str]:
        workspace: Workspace | None = context[WORKSPACE]
        return {} if typed is None or workspace is None else await accept(workspace, typed)

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
