"""Calls of Slack's Web API; every failure is raised as DeliveryError.

A call is never retried after a lost response: the SDK's default handler would post twice.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import DeliveryError
from bot.platforms.slack.proxied import http_proxy, socks_connector
from config.proxies import Proxies, socks_errors
from config.settings import Settings

PERMANENT = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "not_in_channel",
    }
)
"""The channel cannot be reached again; also any `restricted_action…`."""

INSTALLATION = frozenset(
    {
        "account_inactive",
        "app_not_installed",
        "invalid_auth",
        "not_authed",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
"""The credentials of the whole workspace are refused, which may be mended there."""

UNCERTAIN = frozenset({"fatal_error", "internal_error", "service_unavailable"})
"""Part of the call may have succeeded."""

RATE_LIMITED = frozenset({"ratelimited", "rate_limited"})
DEFAULT_PAUSE = 30.0
"""Seconds to wait after a rate limit without Retry-After."""

TROUBLE: tuple[type[Exception], ...] = (
    SlackClientError,
    aiohttp.ClientError,
    OSError,
    ValueError,
    AttributeError,
)
"""Exceptions of a call; the SDK raises AttributeError for a 200 that is not JSON."""

NOT_SENT: tuple[type[Exception], ...] = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
)
"""Exceptions before anything was sent."""

_SECRETS = re.compile(r"(xox[a-z]-|xapp-|ticket=|/response/|/commands/)[\w%.-]+")


class Refused(DeliveryError):
    """Slack refused the call; `code` is its error code."""

    def __init__(self, code: str, *, uncertain: bool = False) -> None:
        super().__init__(
            f"Slack answered {code}",
            permanent=code in PERMANENT or code.startswith("restricted_action"),
            uncertain=uncertain or code in UNCERTAIN,
            installation=code in INSTALLATION,
        )
        self.code = code


class _Redacted(logging.Filter):
    """Reduces records to one line without tokens and secret addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _SECRETS.sub(r"\1…", record.getMessage()), None
        record.exc_info = None
        return True


SDK_LOG = logging.getLogger(f"{__name__}.sdk")
"""The logger for the SDK, which copies its level and filters."""

SDK_LOG.setLevel(logging.ERROR)
SDK_LOG.addFilter(_Redacted())


class SlackApi:
    """The Web API with one token. No connection is kept open between calls."""

    def __init__(
        self, base_url: str, token: str, seconds: float, proxies: Proxies | None = None
    ) -> None:
        self.base_url = base_url
        self.token = token
        self.seconds = seconds
        self.proxies = proxies or Proxies()

    async def current_token(self) -> str:
        """Return the token of the next call; raises DeliveryError if there is none."""
        return self.token

    async def post(self, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Call a method that changes something; it is never retried."""
        try:
            async with self._client() as client:
                return _data(await client.api_call(method, json=dict(body)))
        except TROUBLE + socks_errors() as error:
            raise failure(error) from error

    async def upload(self, png: bytes, name: str, told: str, chat: str, thread: str = "") -> str:
        """Share a picture in a conversation, with its description; returns the file's id.

        Three calls, none of them repeated; only the last one shows anything.
        https://docs.slack.dev/messaging/working-with-files
        """
        try:
            async with self._client() as client:
                answer = await client.files_upload_v2(
                    file=png,
                    filename=name,
                    title=name,
                    alt_txt=told,
                    channel=chat,
                    thread_ts=thread or None,
                )
        except TROUBLE + socks_errors() as error:
            raise failure(error) from error
        return str(_data(answer)["file"]["id"])

    async def authorize(self, client_id: str, secret: str, **fields: str) -> Mapping[str, Any]:
        """Exchange a code or a refresh token for a token; it is never retried: each serves once.

        https://docs.slack.dev/reference/methods/oauth.v2.access
        """
        auth = {"client_id": client_id, "client_secret": secret}
        try:
            async with self._client() as client:
                return _data(await client.api_call("oauth.v2.access", data=fields, auth=auth))
        except TROUBLE + socks_errors() as error:
            raise failure(error) from error

    async def ask(self, method: str, **params: str | int) -> Mapping[str, Any]:
        """Call a method that only reads; it is retried once after a rate limit."""
        try:
            async with self._client(AsyncRateLimitErrorRetryHandler()) as client:
                return _data(await client.api_call(method, data=params))
        except TROUBLE + socks_errors() as error:
            raise failure(error) from error

    async def scopes(self) -> frozenset[str]:
        """The scopes of the token; empty where Slack does not name them."""
        try:
            async with self._client() as client:
                answer = await client.api_call("auth.test")
        except TROUBLE as error:
            raise failure(error) from error
        headers = {name.lower(): value for name, value in dict(answer.headers).items()}
        return frozenset(str(headers.get("x-oauth-scopes", "")).replace(",", " ").split())

    async def respond(self, response_url: str, body: Mapping[str, Any]) -> bool:
        """Post to a response_url; False if it has expired or is used up."""
        try:
            async with self._session() as session:
                client = AsyncWebhookClient(
                    response_url, session=session, logger=SDK_LOG, retry_handlers=[]
                )
                client.proxy = http_proxy(self.proxies, response_url)
                answer = await client.send_dict(dict(body))
        except TROUBLE + socks_errors() as error:
            raise failure(error) from error
        if answer.status_code >= 500:
            raise DeliveryError(f"Slack answered {answer.status_code}", uncertain=True)
        return answer.status_code < 300

    @asynccontextmanager
    async def _client(self, *handlers: AsyncRetryHandler) -> AsyncIterator[AsyncWebClient]:
        token = await self.current_token()
        async with self._session() as session:
            client = AsyncWebClient(
                token,
                self.base_url,
                session=session,
                logger=SDK_LOG,
                retry_handlers=list(handlers),
            )
            client.proxy = http_proxy(self.proxies, self.base_url)
            yield client

    def _session(self) -> aiohttp.ClientSession:
        """Return a session for one call: an older connection may be dead."""
        timeout = aiohttp.ClientTimeout(total=self.seconds, connect=self.seconds / 2)
        return aiohttp.ClientSession(
            timeout=timeout, connector=socks_connector(self.proxies, self.base_url)
        )


def api_for(settings: Settings, token: SecretStr | str | None = None) -> SlackApi:
    """The Web API as the settings name it."""
    value = token.get_secret_value() if isinstance(token, SecretStr) else token or ""
    return SlackApi(settings.slack_api_url, value, settings.request_seconds, settings.proxies)


def failure(error: Exception) -> DeliveryError:
    """Convert an exception of a call; its message contains no secrets."""
    if isinstance(error, SlackApiError):
        return _refusal(error.response)
    if isinstance(error, NOT_SENT + socks_errors()):
        return DeliveryError("Slack cannot be reached")
    if isinstance(error, TimeoutError):
        return DeliveryError("Slack did not respond in time", uncertain=True)
    return DeliveryError("Slack's response was lost", uncertain=True)


def _refusal(response: Any) -> DeliveryError:
    """Convert a failed response, the SDK's or (if it was not JSON) aiohttp's."""
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code in RATE_LIMITED:
        return DeliveryError("Slack asks to slow down", retry_after=_pause(response.headers))
    if code:
        return Refused(code, uncertain=status >= 500)
    return DeliveryError(f"Slack answered {status}", uncertain=not 400 <= status < 500)


def _pause(headers: Mapping[str, str]) -> float:
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return max(float(given), 0.0)
    except ValueError:
        return DEFAULT_PAUSE


def _data(response: Any) -> Mapping[str, Any]:
    return dict(response.data)
