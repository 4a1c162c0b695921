"""The manifest that makes the Slack app: complete, within Slack's limits, no more than needed."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.render.slack.messages import SLASH
from tests.fakes.slack_web import METHODS
from tests.support.paths import ROOT

MANIFEST = ROOT / "config" / "slack_manifest.yaml"

SCOPES_OF_METHODS: dict[str, set[str]] = {
    "apps.connections.open": set(),  # the app-level token's own scope
    "auth.test": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.info": {"channels:read", "groups:read", "im:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.join": {"channels:join"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "users.conversations": {"channels:read", "groups:read"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
}
SCOPES_OF_EVENTS: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}


def closed(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def text(longest: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": longest}


FLAG = {"type": "boolean"}
SLASH_COMMAND = closed(
    "command description",
    command={"type": "string", "pattern": "^/[a-z0-9_-]{1,31}$"},
    description=text(2000),
    usage_hint=text(1000),
    should_escape=FLAG,
)
SHORTCUT = closed(
    "name type callback_id description",
    name=text(24),
    type={"enum": ["message", "global"]},
    callback_id=text(255),
    description=text(150),
)
SCHEMA = closed(
    "display_information features oauth_config settings",
    _metadata=closed("major_version", major_version={"const": 1}),
    display_information=closed(
        "name description",
        name=text(35),
        description=text(140),
        background_color={"type": "string", "pattern": "^#[0-9a-f]{6}$"},
    ),
    features=closed(
        "app_home bot_user slash_commands",
        app_home=closed(
            "messages_tab_enabled messages_tab_read_only_enabled",
            home_tab_enabled=FLAG,
            messages_tab_enabled={"const": True},
            messages_tab_read_only_enabled={"const": False},
        ),
        bot_user=closed("display_name", display_name=text(80), always_online=FLAG),
        shortcuts={"type": "array", "items": SHORTCUT, "maxItems": 10},
        slash_commands={"type": "array", "items": SLASH_COMMAND, "minItems": 1, "maxItems": 1},
    ),
    oauth_config=closed(
        "scopes",
        scopes=closed("bot", bot={"type": "array", "uniqueItems": True, "items": text(60)}),
    ),
    settings=closed(
        "event_subscriptions socket_mode_enabled",
        event_subscriptions=closed(
            "bot_events", bot_events={"type": "array", "uniqueItems": True, "items": text(100)}
        ),
        interactivity=closed("is_enabled", is_enabled=FLAG),
        org_deploy_enabled=FLAG,
        socket_mode_enabled={"const": True},
        token_rotation_enabled={"const": False},
    ),
)


@pytest.fixture
def manifest() -> dict[str, Any]:
    return dict(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))


def test_it_can_be_pasted_as_it_is(manifest: dict[str, Any]) -> None:
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(manifest)] == []


def test_it_offers_the_command_that_replies_speak_of(manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == SLASH
    assert "subscribe energy at 07:30" in command["usage_hint"]


def test_it_subscribes_to_mentions_and_direct_messages(manifest: dict[str, Any]) -> None:
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == set(SCOPES_OF_EVENTS)


def test_it_asks_for_the_scopes_of_what_the_bot_does_and_no_others(
    manifest: dict[str, Any],
) -> None:
    assert set(SCOPES_OF_METHODS) == set(METHODS)
    needed = {"commands", "im:write"}.union(*SCOPES_OF_METHODS.values(), *SCOPES_OF_EVENTS.values())
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed
