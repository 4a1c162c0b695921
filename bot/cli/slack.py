"""Slack on the command line: the manifest of the app."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Annotated

import typer

from bot.cli import context
from config.slack_settings import REDIRECT_PATH

USUAL = "/brief"
"""The slash command in the manifest that is shipped."""

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The Slack app: manifest.")


@app.callback()
def slack() -> None:
    """Make `manifest` a subcommand even while it is the only one."""


@app.command()
def manifest(
    url: Annotated[
        str | None,
        typer.Option(help="the public address, for HTTP instead of Socket Mode"),
    ] = None,
) -> None:
    """Print the manifest to paste at api.slack.com/apps: Create New App, From a manifest."""
    text = files("config").joinpath("slack_manifest.yaml").read_text(encoding="utf-8")
    settings = context.settings()
    text = text.replace(USUAL, settings.slack_command)
    url = url.rstrip("/") if url else None
    redirect = settings.slack_redirect_url
    if settings.slack_oauth or redirect:
        text = _installed_anywhere(text, redirect or (url + REDIRECT_PATH if url else None))
    typer.echo(_over_http(text, url) if url else text, nl=False)


def _installed_anywhere(text: str, redirect: str | None) -> str:
    """The manifest for an app that is installed on the bot's page, with tokens that expire."""
    if redirect is None:
        context.fail(
            "SLACK_REDIRECT_URL is not set: set it, or add --url, for the manifest", status=2
        )
    if not redirect.startswith("https://"):
        context.fail(f"SLACK_REDIRECT_URL={redirect} must start with https://", status=2)
    text = text.replace("oauth_config:\n", f"oauth_config:\n  redirect_urls:\n    - {redirect}\n")
    return text.replace("token_rotation_enabled: false", "token_rotation_enabled: true")


def _over_http(text: str, url: str) -> str:
    """The manifest for an app whose events Slack posts to `url`."""
    if not url.startswith("https://"):
        raise typer.BadParameter(f"{url!r} must start with https://, as Slack demands")
    events = f"{url}/slack/events"
    text = text.replace("socket_mode_enabled: true", "socket_mode_enabled: false")
    text = re.sub(r"(    - command: \S+\n)", rf"\1      url: {events}\n", text)
    for part in ("event_subscriptions", "interactivity"):
        text = text.replace(f"  {part}:\n", f"  {part}:\n    request_url: {events}\n")
    return text
