"""Whether tokens look like what they should be; asks nobody."""

from __future__ import annotations

import re

EXAMPLES = re.compile(
    r"…|\.\.\.|your|change|example|xxxx|token-here|<[^<>]*>|^(123456:ABC)", re.IGNORECASE
)

KINDS = (
    (re.compile(r"xoxb-"), "Slack's Bot User OAuth Token", "SLACK_BOT_TOKEN"),
    (re.compile(r"xapp-"), "Slack's app-level token", "SLACK_APP_TOKEN"),
    (re.compile(r"xox[pe]"), "a Slack token of a person", None),
    (re.compile(r"\d{5,12}:[A-Za-z0-9_-]{20,}$"), "a Telegram bot token", "TELEGRAM_BOT_TOKEN"),
    (re.compile(r"sk-"), "a key of a language model", "OPENAI_API_KEY"),
    (re.compile(r"[0-9a-f]{32}$"), "Slack's signing secret", "SLACK_SIGNING_SECRET"),
)
"""How tokens begin, what they are, and the setting that they belong to."""

FORMS = {
    "TELEGRAM_BOT_TOKEN": (
        re.compile(r"\d{5,12}:[A-Za-z0-9_-]{30,60}"),
        "copy the whole token from @BotFather: digits, a colon, and 35 characters",
    ),
    "SLACK_BOT_TOKEN": (
        re.compile(r"xoxb-\S{8,}"),
        "copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions",
    ),
    "SLACK_APP_TOKEN": (
        re.compile(r"xapp-\S{8,}"),
        "make an app-level token (xapp-…) with connections:write under Basic Information",
    ),
    "SLACK_CLIENT_SECRET": (
        re.compile(r"[0-9a-f]{32}"),
        "copy the Client Secret (32 digits and letters a to f) from Basic Information",
    ),
    "SLACK_SIGNING_SECRET": (
        re.compile(r"[0-9a-f]{32}"),
        "copy the Signing Secret (32 digits and letters a to f) from Basic Information",
    ),
}


def fault_of(name: str, token: str) -> str | None:
    """What is wrong with a token for this setting, with the remedy; None if its form is right."""
    if EXAMPLES.search(token):
        return f"{name} is an example: put your own in its place"
    if name not in FORMS:
        return None
    form, remedy = FORMS[name]
    if form.fullmatch(token):
        return None
    for begins, kind, belongs in KINDS:
        if begins.match(token) and belongs != name:
            where = f"it belongs to {belongs}; " if belongs else ""
            return f"{name} holds {kind}: {where}{remedy}"
    return f"{name} is not complete: {remedy}"
