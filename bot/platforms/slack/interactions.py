"""What people press and send in Slack → SlackInput; pure, without the Slack library.

https://docs.slack.dev/reference/interaction-payloads
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.platforms.sent_form import SentField, SentForm
from bot.platforms.slack.commands import SlackInput, inbox_id

LONGEST_TEXT = 280
"""Characters of a message that a shortcut asks about."""

ASK_ABOUT = "brief_on_this"
"""The callback id of the message shortcut, as in the manifest."""


def from_action(body: Mapping[str, Any]) -> SlackInput | None:
    """Convert a pressed button or chosen option; None where it holds no command.

    In the App Home the view's metadata is the person's own conversation with the bot.
    """
    action: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
    chosen: Mapping[str, Any] = action.get("selected_option") or {}
    line = str(action.get("value") or chosen.get("value") or "")
    user: Mapping[str, Any] = body.get("user") or {}
    container: Mapping[str, Any] = body.get("container") or {}
    view: Mapping[str, Any] = body.get("view") or {}
    channel = (body.get("channel") or {}).get("id") or view.get("private_metadata")
    if not (line and channel and user.get("id")):
        return None
    message = str(container.get("message_ts") or "")
    thread = str(container.get("thread_ts") or "")
    if not (thread or container.get("is_ephemeral") or str(channel).startswith("D")):
        thread = message
    name = f"{action.get('action_ts')}:{user.get('id')}:{message}:{line}"
    return SlackInput(
        update_id=inbox_id("action", name),
        text=f"/{line}",
        chat=str(channel),
        thread=thread,
        user=str(user["id"]),
        user_name=str(user.get("name") or user.get("username") or ""),
        response_url=str(body.get("response_url") or "") or None,
        message_id=message,
        pressed=True,
        trigger=str(body.get("trigger_id") or ""),
        pressed_on="" if container.get("is_ephemeral") else message,
    )


def from_shortcut(body: Mapping[str, Any]) -> SlackInput | None:
    """Convert "Brief me on this", the shortcut of a message: a question about its text."""
    message: Mapping[str, Any] = body.get("message") or {}
    text = " ".join(str(message.get("text") or "").split())[:LONGEST_TEXT]
    channel, user = body.get("channel") or {}, body.get("user") or {}
    if body.get("callback_id") != ASK_ABOUT or not (text and channel.get("id") and user.get("id")):
        return None
    return SlackInput(
        update_id=inbox_id("shortcut", body.get("trigger_id") or body.get("action_ts")),
        text=f"/ask {text}",
        chat=str(channel["id"]),
        thread=str(message.get("thread_ts") or message.get("ts") or ""),
        user=str(user["id"]),
        user_name=str(user.get("name") or ""),
        response_url=str(body.get("response_url") or "") or None,
        pressed=True,
    )


def from_form(body: Mapping[str, Any]) -> SlackInput | None:
    """Convert a submitted form: its command, followed by the values of its fields in order.

    A field's block id ends with the word that stands before its value, such as "at"; the chat
    and the language stand in the form's metadata.
    """
    view: Mapping[str, Any] = body.get("view") or {}
    user: Mapping[str, Any] = body.get("user") or {}
    values: Mapping[str, Any] = (view.get("state") or {}).get("values") or {}
    asked_in, _, language = str(view.get("private_metadata") or "").partition(" ")
    chat = _chosen_chat(values) or asked_in
    command = str(view.get("callback_id") or "")
    if not (command and chat and user.get("id")):
        return None
    fields = tuple(_field(block, values) for block in view.get("blocks") or ())
    form = SentForm(command, fields, language)
    return SlackInput(
        update_id=inbox_id("form", view.get("id") or body.get("trigger_id")),
        text=form.line(),
        chat=chat,
        thread="",
        user=str(user["id"]),
        user_name=str(user.get("name") or ""),
        pressed=True,
        form=form,
    )


CHAT = "chat"
"""The block id of the field in which a conversation is chosen."""

OFF = "off"
"""What an emptied field says."""

HARMLESS = "word"
"""A name, and a word to look for, that no command refuses."""


def _chosen_chat(values: Mapping[str, Any]) -> str:
    return next(
        (
            str(each.get("selected_conversation") or "")
            for each in (values.get(CHAT) or {}).values()
        ),
        "",
    )


def _field(block: Mapping[str, Any], values: Mapping[str, Any]) -> SentField:
    """Return a field with its value after the word in its block id; the chat says nothing.

    A field that showed a text and was emptied says "off".
    """
    name = str(block.get("block_id") or "")
    if name == CHAT:
        return SentField(name, "")
    lead = name.partition(":")[2]
    shown: Mapping[str, Any] = block.get("element") or {}
    said = " ".join(filter(None, map(_value, (values.get(name) or {}).values())))
    if not said and lead and shown.get("initial_value"):
        said = OFF
    written = shown.get("type") == "plain_text_input" and not block.get("optional")
    instead = f"{lead} {HARMLESS}".strip() if written else ""
    return SentField(name, f"{lead} {said}".strip() if said else "", instead)


def _value(element: Mapping[str, Any]) -> str:
    options = element.get("selected_options") or [element.get("selected_option")]
    chosen = [str(each["value"]) for each in options if each]
    typed = element.get("selected_time") or element.get("value") or ""
    return " ".join([*chosen, *([str(typed)] if typed else [])])
