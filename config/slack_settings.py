"""The settings of Slack, and how they must fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, SecretStr
from pydantic import field_validator as check

from config.setting_names import named

REDIRECT_PATH, INSTALL_PATH = "/slack/oauth_redirect", "/slack/install"
"""Where Slack sends who has allowed an installation, and where installing begins."""

_REDIRECT = re.compile(rf"https?://[^\s/?#]+[^\s?#]*{REDIRECT_PATH}")
_BARE = re.compile(r"slack:[^/]+")


class SlackSettings(BaseModel):
    """The fields of Slack; `config.setting_fields` adds all others."""

    slack_bot_token: SecretStr | None = named("SLACK_BOT_TOKEN", default=None)
    slack_app_token: SecretStr | None = named("SLACK_APP_TOKEN", default=None)
    slack_signing_secret: SecretStr | None = named("SLACK_SIGNING_SECRET", default=None)
    slack_client_id: str | None = named("SLACK_CLIENT_ID", default=None)
    slack_client_secret: SecretStr | None = named("SLACK_CLIENT_SECRET", default=None)
    slack_redirect_url: str | None = named("SLACK_REDIRECT_URL", default=None)
    slack_command: str = named("SLACK_COMMAND", default="/brief")
    slack_api_url: str = named("SLACK_API_URL", default="https://slack.com/api/")

    @property
    def slack_on(self) -> bool:
        """Whether Slack is configured, for one workspace or for several."""
        return self.slack_bot_token is not None or self.slack_oauth

    @property
    def slack_oauth(self) -> bool:
        """Whether workspaces install the app themselves; a bot token goes first."""
        return self.slack_bot_token is None and self.slack_client_id is not None

    @property
    def slack_web_on(self) -> bool:
        """Whether Slack needs the web server: without a socket, or to be installed."""
        return self.slack_on and (self.slack_app_token is None or self.slack_oauth)

    @property
    def slack_install_url(self) -> str:
        """The public address of the install page; only its path where no address is set."""
        given = self.slack_redirect_url or REDIRECT_PATH
        return given.removesuffix(REDIRECT_PATH) + INSTALL_PATH

    @check("slack_command")
    @classmethod
    def _command(cls, value: str) -> str:
        if not re.fullmatch(r"/[a-z0-9_-]{1,31}", value):
            raise ValueError("must be a slash and 1 to 31 of a-z, 0-9, _ and -, such as /news")
        return value

    @check("slack_client_id")
    @classmethod
    def _client_id(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9.]+", value):
            raise ValueError("must be the Client ID from Basic Information, such as 123456.654321")
        return value

    @check("slack_redirect_url")
    @classmethod
    def _redirect_url(cls, value: str | None) -> str | None:
        if value is not None and not _REDIRECT.fullmatch(value):
            raise ValueError(f"must be an address such as https://bot.example.org{REDIRECT_PATH}")
        return value

    def slack_conflicts(self, people: Sequence[str], chats: Sequence[str]) -> Iterator[str]:
        """What does not fit together; `people` and `chats` are those that other settings name."""
        token, listens = self.slack_bot_token, self.slack_app_token or self.slack_signing_secret
        id_, secret = self.slack_client_id, self.slack_client_secret
        if not token and bool(id_) != bool(secret):
            has, lacks = ("ID", "SECRET") if id_ else ("SECRET", "ID")
            yield f"SLACK_CLIENT_{has} needs SLACK_CLIENT_{lacks} as well: see Basic Information"
        name = "SLACK_BOT_TOKEN" if token else "SLACK_CLIENT_ID"
        if self.slack_on and not listens:
            yield f"{name} needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"
        for other in ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
            if getattr(self, other.lower()) and not self.slack_on:
                yield f"{other} needs SLACK_BOT_TOKEN as well, or SLACK_CLIENT_ID"
        if self.slack_oauth:
            yield from _ambiguous(people, chats)


def _ambiguous(people: Sequence[str], chats: Sequence[str]) -> Iterator[str]:
    """Names that stand for somebody else, or another channel, in another workspace."""
    wanted = "with SLACK_CLIENT_ID write its workspace too, such as"
    for each in people:
        if _BARE.fullmatch(each):
            yield f"BRIEFBOT_ADMINS or BRIEFBOT_EDITORS names {each}: {wanted} {_within(each)}"
    for each in chats:
        if _BARE.fullmatch(each) and not each.startswith(("slack:T", "slack:E")):
            yield f"BRIEFBOT_CHATS names {each}: {wanted} {_within(each)}"


def _within(name: str) -> str:
    return name.replace("slack:", "slack:T0123ABC/")
