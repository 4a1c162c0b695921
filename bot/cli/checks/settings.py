"""Checks of settings alone: forms of tokens, misspelt names, what does not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.cli.checks.finding import Finding, fail, note, ok
from config.env_files import InvalidSettings, env_file, secret_from
from config.setting_names import FAMILIES, PREFIX, nearest
from config.settings import SECRETS, Settings, setting_names
from config.token_forms import fault_of

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECRETS_WITH_FORM = (
    "TELEGRAM_BOT_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_CLIENT_SECRET",
    "SLACK_SIGNING_SECRET",
    "OPENAI_API_KEY",
)
TELEGRAM_PORTS = (443, 80, 88, 8443)
"""The ports to which Telegram posts updates."""


def check_settings(settings: Settings, env: Path, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Every fault of the settings that shows without asking anybody."""
    yield read_from(env)
    yield from check_values(env, environ)
    yield from _addresses(settings)
    yield from _slack_oauth(settings)
    yield from _model(settings)
    yield from check_entailment_files(settings)
    yield from _operators(settings)


def read_from(env: Path) -> Finding:
    """Where the settings come from."""
    return ok(f"settings are read from {env}" if env.is_file() else "settings: no .env is read")


def check_values(env: Path, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Faults of names and tokens; they show even where the settings cannot be read."""
    try:
        merged = env_file(env) | dict(environ)
    except InvalidSettings:
        return
    yield from _names(merged)
    for name in SECRETS_WITH_FORM:
        token = merged.get(name, "").strip() or _in_file(name, merged.get(f"{name}_FILE", ""))
        if token and (fault := fault_of(name, token)):
            yield fail(fault)


def _in_file(name: str, path: str) -> str:
    try:
        return secret_from(name, path.strip()) if path.strip() else ""
    except InvalidSettings:
        return ""


def _names(merged: Mapping[str, str]) -> Iterator[Finding]:
    """Names that look like a misspelt setting, and secrets that are given twice."""
    known = setting_names() | {f"{name}_FILE" for name in SECRETS}
    others = [each for each in FAMILIES if each != PREFIX]
    for name in sorted(merged):
        if name in known or not merged[name].strip() or not name.startswith(tuple(others)):
            continue
        if meant := nearest(name, known):
            yield fail(f"{name} is not a setting and is not read: did you mean {meant}?")
    for name in sorted(SECRETS):
        if merged.get(name, "").strip() and merged.get(f"{name}_FILE", "").strip():
            yield fail(f"{name} and {name}_FILE are both set, and the file is not read: remove one")


def _addresses(settings: Settings) -> Iterator[Finding]:
    url = settings.telegram_webhook_url
    if url is not None:
        parts = urlsplit(url)
        if parts.scheme != "https":
            yield fail("TELEGRAM_WEBHOOK_URL must start with https://, or Telegram refuses it")
        elif (parts.port or 443) not in TELEGRAM_PORTS:
            yield fail("TELEGRAM_WEBHOOK_URL: Telegram posts to ports 443, 80, 88 and 8443 only")
        if parts.hostname in LOOPBACK:
            yield fail("TELEGRAM_WEBHOOK_URL names this machine: give its public address")
    if re.search(r"/bot/?$|/bot\d", settings.telegram_api_url):
        yield fail("TELEGRAM_API_URL must end before /bot: the bot adds that and its token")
    if not re.search(r"/api/?$", settings.slack_api_url):
        yield fail("SLACK_API_URL must end with /api/, such as https://slack.com/api/")
    if settings.web_host not in LOOPBACK and not settings.web_on:
        yield note(
            f"BRIEFBOT_WEB_HOST={settings.web_host} shows health and metrics to the network: "
            "use 127.0.0.1 unless this is a container"
        )


def _slack_oauth(settings: Settings) -> Iterator[Finding]:
    """Faults of what lets several workspaces install the app."""
    if settings.slack_bot_token and settings.slack_client_id:
        yield fail(
            "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set, so only the token's workspace is "
            "served: remove SLACK_BOT_TOKEN to serve all that install the app, or SLACK_CLIENT_ID"
        )
    url = settings.slack_redirect_url
    if url is not None and not settings.slack_oauth:
        yield note("SLACK_REDIRECT_URL is not used: set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET")
    if url is None and settings.slack_oauth:
        yield note(
            "SLACK_REDIRECT_URL is not set: Slack uses the first redirect URL of the app, and no "
            "message can name the install page"
        )
    if url is not None and not url.startswith("https://"):
        yield fail(f"SLACK_REDIRECT_URL={url} must start with https://, or Slack refuses it")


def _model(settings: Settings) -> Iterator[Finding]:
    reachable = settings.openai_api_key is not None or settings.openai_base_url is not None
    if settings.openai_model and not reachable:
        yield fail("OPENAI_MODEL is set without a key or a server: set OPENAI_API_KEY or _BASE_URL")
    if reachable and not settings.openai_model:
        yield fail("OPENAI_API_KEY or OPENAI_BASE_URL is set, but no model: set OPENAI_MODEL")
    base = settings.openai_base_url or ""
    if (
        settings.llm_on
        and urlsplit(base).hostname in LOOPBACK
        and not urlsplit(base).path.strip("/")
    ):
        yield note(f"OPENAI_BASE_URL={base} has no path: most servers want {base.rstrip('/')}/v1")
    if settings.llm_on and min(settings.llm_day_cap, settings.llm_month_cap) == 0:
        priced = max(settings.llm_input_price, settings.llm_output_price) > 0
        if priced:
            yield fail(
                "BRIEFBOT_LLM_DAY_CAP or _MONTH_CAP is 0, so the model is never asked: raise it, "
                "or set both prices to 0 for a server of your own"
            )


def check_entailment_files(settings: Settings) -> Iterator[Finding]:
    """What the folder of the entailment model lacks, without loading the model."""
    if settings.entailment_model is None:
        return
    from summarizer.entailment.model import missing_libraries
    from summarizer.entailment.model_files import EntailmentFault, read_files

    try:
        read_files(settings.entailment_model)
    except EntailmentFault as fault:
        yield fail(str(fault))
    if missing := missing_libraries():
        yield fail(missing)


def _operators(settings: Settings) -> Iterator[Finding]:
    on = [name for name, is_on in _platforms(settings) if is_on]
    if on and not settings.admins:
        yield note(
            "BRIEFBOT_ADMINS is empty, so nobody is told of faults: name yourself, "
            f"such as {on[0]}:{'12345' if on[0] == 'telegram' else 'U0123ABC'}"
        )
    for admin in settings.admins:
        platform = admin.partition(":")[0]
        if platform not in on:
            yield fail(f"BRIEFBOT_ADMINS names {admin}, but {platform} is not configured")
    if not settings.refresh:
        yield note("BRIEFBOT_REFRESH is off: another process must poll the sources")


def _platforms(settings: Settings) -> tuple[tuple[str, bool], ...]:
    return ("telegram", settings.telegram_on), ("slack", settings.slack_on)
