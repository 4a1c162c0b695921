"""The settings and their values' rules; `config.settings` reads them."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import ConfigDict, Field, SecretStr
from pydantic import field_validator as check
from pydantic import model_validator as check_all

from config.env_files import InvalidSettings as InvalidSettings  # noqa: PLC0414 - exported here
from config.mail_settings import SmtpServer
from config.name_lists import chat_names, networks, person_names
from config.proxies import Proxies, proxy_url
from config.setting_forms import (
    Contact,
    LanguageCodes,
    LogLevel,
    MailSender,
    ModelFolder,
    PromptFolder,
    QuietSpan,
    TimeOfDay,
    UserAgent,
)
from config.setting_names import named as _named
from config.setting_names import nearest_zone
from config.slack_settings import SlackSettings

SECRETS = frozenset(
    {
        "DATABASE_URL",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_WEBHOOK_SECRET",
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_CLIENT_SECRET",
        "SLACK_SIGNING_SECRET",
        "OPENAI_API_KEY",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "BRIEFBOT_PAGES_PASSWORD",
        "BRIEFBOT_API_TOKEN",
        "BRIEFBOT_SMTP_URL",
    }
)
"""Settings whose value is never shown; NAME_FILE may name a file that holds the value."""

LEAST_DAYS = 7

LEAST_SECRET = 16

_WEB_URL = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?/?", re.ASCII)

Days = Annotated[int, Field(ge=0, le=36_500)]
"""How many days something is kept; 0 for ever."""


class Settings(SlackSettings):
    """The settings of the process; each field names its environment variable."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    database_url: str = _named("DATABASE_URL", default="sqlite:///data/briefbot.db")
    data_dir: Path | None = _named("BRIEFBOT_DATA_DIR", default=None)

    telegram_bot_token: SecretStr | None = _named("TELEGRAM_BOT_TOKEN", default=None)
    telegram_api_url: str = _named("TELEGRAM_API_URL", default="https://api.telegram.org")
    telegram_webhook_url: str | None = _named("TELEGRAM_WEBHOOK_URL", default=None)
    telegram_webhook_secret: SecretStr | None = _named("TELEGRAM_WEBHOOK_SECRET", default=None)

    smtp_url: SecretStr | None = _named("BRIEFBOT_SMTP_URL", default=None)
    mail_from: MailSender | None = _named("BRIEFBOT_MAIL_FROM", default=None)

    openai_api_key: SecretStr | None = _named("OPENAI_API_KEY", default=None)
    openai_base_url: str | None = _named("OPENAI_BASE_URL", default=None)
    openai_model: str | None = _named("OPENAI_MODEL", default=None)
    openai_api_version: str | None = _named("OPENAI_API_VERSION", default=None)
    openai_max_tokens: Annotated[int, Field(ge=64, le=100_000)] | None = _named(
        "OPENAI_MAX_TOKENS", default=None
    )

    llm_input_price: Annotated[float, Field(ge=0, le=10_000)] = _named(
        "BRIEFBOT_LLM_INPUT_PRICE", default=10.0
    )
    llm_output_price: Annotated[float, Field(ge=0, le=10_000)] = _named(
        "BRIEFBOT_LLM_OUTPUT_PRICE", default=30.0
    )
    llm_day_cap: Annotated[float, Field(ge=0, le=1_000_000)] = _named(
        "BRIEFBOT_LLM_DAY_CAP", default=1.0
    )
    llm_month_cap: Annotated[float, Field(ge=0, le=1_000_000)] = _named(
        "BRIEFBOT_LLM_MONTH_CAP", default=10.0
    )
    llm_person_share: Annotated[float, Field(gt=0, le=1)] = _named(
        "BRIEFBOT_LLM_PERSON_SHARE", default=0.3
    )
    llm_chat_share: Annotated[float, Field(gt=0, le=1)] = _named(
        "BRIEFBOT_LLM_CHAT_SHARE", default=0.5
    )
    llm_digest_reserve: Annotated[float, Field(ge=0, le=1)] = _named(
        "BRIEFBOT_LLM_DIGEST_RESERVE", default=0.3
    )
    llm_seconds: Annotated[float, Field(ge=1, le=17)] = _named("BRIEFBOT_LLM_SECONDS", default=12.0)
    llm_parallel: Annotated[int, Field(ge=1, le=64)] = _named("BRIEFBOT_LLM_PARALLEL", default=4)
    llm_edits: bool = _named("BRIEFBOT_LLM_EDITS", default=True)
    llm_second_opinion: bool = _named("BRIEFBOT_LLM_SECOND_OPINION", default=False)
    llm_prompts: PromptFolder | None = _named("BRIEFBOT_LLM_PROMPTS", default=None)

    entailment_model: ModelFolder | None = _named("BRIEFBOT_ENTAILMENT_MODEL", default=None)
    entailment_seconds: Annotated[float, Field(ge=0.1, le=3)] = _named(
        "BRIEFBOT_ENTAILMENT_SECONDS", default=3.0
    )
    entailment_languages: LanguageCodes = _named("BRIEFBOT_ENTAILMENT_LANGUAGES", default=("en",))

    language: Literal["en", "de", "ar"] = _named("BRIEFBOT_LANGUAGE", default="en")
    timezone: str = _named("BRIEFBOT_TIMEZONE", default="UTC")
    bullets: Annotated[int, Field(ge=1, le=20)] = _named("BRIEFBOT_BULLETS", default=5)
    digest_time: TimeOfDay = _named("BRIEFBOT_DIGEST_TIME", default="07:30")
    alerts_a_day: Annotated[int, Field(ge=0, le=50)] = _named("BRIEFBOT_ALERTS_A_DAY", default=5)
    alert_quiet: QuietSpan = _named("BRIEFBOT_ALERT_QUIET", default="22:00-07:00")
    commands_a_minute: Annotated[int, Field(ge=1, le=10_000)] = _named(
        "BRIEFBOT_COMMANDS_A_MINUTE", default=20
    )
    admins: tuple[str, ...] = _named("BRIEFBOT_ADMINS", default=())
    editors: tuple[str, ...] = _named("BRIEFBOT_EDITORS", default=())
    chats: tuple[str, ...] = _named("BRIEFBOT_CHATS", default=())
    late_hours: Annotated[float, Field(ge=0, le=72)] = _named("BRIEFBOT_LATE_HOURS", default=6.0)
    prefer_duplicate: bool = _named("BRIEFBOT_PREFER_DUPLICATE", default=False)
    channel_buttons: bool = _named("BRIEFBOT_CHANNEL_BUTTONS", default=False)
    thread_gone: Literal["disable", "chat"] = _named("BRIEFBOT_THREAD_GONE", default="disable")
    tick_seconds: Annotated[float, Field(ge=0.05, le=600)] = _named(
        "BRIEFBOT_TICK_SECONDS", default=10.0
    )
    request_seconds: Annotated[float, Field(ge=0.1, le=120)] = _named(
        "BRIEFBOT_REQUEST_SECONDS", default=20.0
    )
    max_article_bytes: Annotated[int, Field(ge=1_000, le=100_000_000)] = _named(
        "BRIEFBOT_MAX_ARTICLE_BYTES", default=2_000_000
    )
    keep_articles: Days = _named("BRIEFBOT_KEEP_ARTICLES", default=0)
    keep_briefings: Days = _named("BRIEFBOT_KEEP_BRIEFINGS", default=0)
    keep_digests: Days = _named("BRIEFBOT_KEEP_DIGESTS", default=0)
    keep_answers: Days = _named("BRIEFBOT_KEEP_ANSWERS", default=0)
    refresh: bool = _named("BRIEFBOT_REFRESH", default=True)
    contact: Contact | None = _named("BRIEFBOT_CONTACT", default=None)
    allowed_networks: tuple[IPv4Network | IPv6Network, ...] = _named(
        "BRIEFBOT_ALLOWED_NETWORKS", default=()
    )
    user_agent: Annotated[UserAgent, Field(max_length=200)] | None = _named(
        "BRIEFBOT_USER_AGENT", default=None
    )
    http_proxy: SecretStr | None = _named("HTTP_PROXY", default=None)
    https_proxy: SecretStr | None = _named("HTTPS_PROXY", default=None)
    all_proxy: SecretStr | None = _named("ALL_PROXY", default=None)
    no_proxy: str = _named("NO_PROXY", default="")
    web_host: str = _named("BRIEFBOT_WEB_HOST", default="127.0.0.1")
    web_port: Annotated[int, Field(ge=0, le=65535)] = _named("BRIEFBOT_WEB_PORT", default=8080)
    web_url: str | None = _named("BRIEFBOT_WEB_URL", default=None)
    pages_host: str = _named("BRIEFBOT_PAGES_HOST", default="127.0.0.1")
    pages_port: Annotated[int, Field(ge=0, le=65535)] = _named("BRIEFBOT_PAGES_PORT", default=8090)
    pages_days: Annotated[int, Field(ge=0, le=36_500)] = _named("BRIEFBOT_PAGES_DAYS", default=90)
    pages_password: SecretStr | None = _named("BRIEFBOT_PAGES_PASSWORD", default=None)
    api_token: SecretStr | None = _named("BRIEFBOT_API_TOKEN", default=None)
    metrics: bool = _named("BRIEFBOT_METRICS", default=True)
    log_level: LogLevel = _named("BRIEFBOT_LOG_LEVEL", default="INFO")

    @property
    def telegram_on(self) -> bool:
        """Whether a Telegram token was given."""
        return self.telegram_bot_token is not None

    @property
    def telegram_bot_id(self) -> str:
        """The id of the bot, with which its token begins; not secret; may be empty."""
        token = self.telegram_bot_token
        number = token.get_secret_value().partition(":")[0] if token else ""
        return number if number.isdigit() else ""

    @property
    def mail_on(self) -> bool:
        """Whether a mail server and a sender were given."""
        return self.smtp_url is not None and self.mail_from is not None

    @property
    def llm_on(self) -> bool:
        """Whether a language model and a server (a key or an address) are set."""
        reachable = self.openai_api_key is not None or self.openai_base_url is not None
        return self.openai_model is not None and reachable

    @property
    def proxies(self) -> Proxies:
        """The proxies that requests go through."""
        given = (self.http_proxy, self.https_proxy, self.all_proxy)
        http, https, other = (proxy_url(each.get_secret_value()) if each else "" for each in given)
        return Proxies(http, https, other, self.no_proxy)

    @property
    def kept_days(self) -> tuple[int, int, int, int]:
        """Days that articles, briefings, digests and raw answers are kept; 0 for ever."""
        return self.keep_articles, self.keep_briefings, self.keep_digests, self.keep_answers

    @property
    def web_on(self) -> bool:
        """Whether the web server is needed: for a webhook, Slack over HTTP, or installing there."""
        return self.telegram_webhook_url is not None or self.slack_web_on

    @check("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not re.match(r"(sqlite|postgresql|postgres)(\+\w+)?://", value):
            raise ValueError("must be sqlite:///path/to/file.db or postgresql://user:pass@host/db")
        return value

    @check(
        "telegram_bot_token",
        "slack_bot_token",
        "slack_app_token",
        "slack_client_secret",
        "slack_signing_secret",
        "openai_api_key",
        "api_token",
    )
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError("must be ASCII without spaces: copy it again")
        return value

    @check("telegram_webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("must be 1 to 256 letters, digits, _ or -")
        return value

    @check("telegram_api_url", "telegram_webhook_url", "slack_api_url", "openai_base_url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^\s/]+", value):
            raise ValueError("must be an address that starts with http:// or https://")
        return value

    @check("web_url")
    @classmethod
    def _web_url(cls, value: str | None) -> str | None:
        if value is not None and not _WEB_URL.fullmatch(value):
            raise ValueError(
                "must be an address such as https://news.example.org: a dot in the host, no path"
            )
        return value.rstrip("/") if value else None

    @check("smtp_url")
    @classmethod
    def _smtp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            SmtpServer.parsed(value.get_secret_value())
        return value

    @check("pages_password", "api_token")
    @classmethod
    def _long(cls, value: SecretStr | None) -> SecretStr | None:
        if value and len(value.get_secret_value()) < LEAST_SECRET:
            raise ValueError(f"must have at least {LEAST_SECRET} characters: openssl rand -hex 24")
        return value

    @check("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            meant = nearest_zone(value) or "Europe/Berlin"
            raise ValueError(f"is not an IANA time zone: write one such as {meant}")
        return ZoneInfo(value).key

    @check("keep_articles", "keep_briefings", "keep_digests", "keep_answers")
    @classmethod
    def _days(cls, value: int) -> int:
        if 0 < value < LEAST_DAYS:
            raise ValueError(f"must be 0 (for ever) or at least {LEAST_DAYS} days")
        return value

    @check("http_proxy", "https_proxy", "all_proxy")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            proxy_url(value.get_secret_value())
        return value

    @check("allowed_networks", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        return networks(value)

    @check("chats", mode="before")
    @classmethod
    def _chats(cls, value: object) -> object:
        return chat_names(value)

    @check("admins", "editors", mode="before")
    @classmethod
    def _admins(cls, value: object) -> object:
        return person_names(value)

    @check_all(mode="after")
    def _together(self) -> Settings:
        for fault in self.slack_conflicts((*self.admins, *self.editors), self.chats):
            raise ValueError(fault)
        if self.telegram_webhook_url and not self.telegram_bot_token:
            raise ValueError("TELEGRAM_WEBHOOK_URL needs TELEGRAM_BOT_TOKEN as well")
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            raise ValueError("TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET as well")
        if bool(self.smtp_url) != bool(self.mail_from):
            raise ValueError(
                "BRIEFBOT_SMTP_URL and BRIEFBOT_MAIL_FROM need each other: set both, or neither"
            )
        return self
