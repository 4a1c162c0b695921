"""Forms and the App Home as Slack's views.

https://docs.slack.dev/reference/views
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.languages import in_one_direction, speaking, tr
from bot.models import Field, FieldKind, Form, Reply
from bot.render.sanitize import clean
from bot.render.slack import actions
from bot.render.slack.blocks import Block, plain, shortened, with_own_ids
from bot.render.slack.messages import SLASH, reply_units

MAX_TITLE = 24
"""Characters of a form's title and of its buttons."""

MAX_OPTIONS = 100
MAX_OPTION = 75
"""Options of a field, and characters of each."""

MAX_LABEL = 147
"""Characters of a hint or placeholder; Slack allows 150, and marks of direction are three."""

MAX_HOME_BLOCKS = 100


def form_view(form: Form, chat: str, language: str = "") -> Block:
    """Return a form as a modal; `chat` is where its command will be carried out.

    Its metadata is the chat and the language, in which its faults are told.
    """
    with speaking(language):
        return _modal(form, f"{chat} {language}".strip())


def _modal(form: Form, metadata: str) -> Block:
    return {
        "type": "modal",
        "callback_id": form.command,
        "private_metadata": metadata,
        "title": plain(shortened(form.title, MAX_TITLE)),
        "submit": plain(shortened(form.send, MAX_TITLE)),
        "close": plain(tr("Cancel")),
        "blocks": [_input(at, field) for at, field in enumerate(form.fields)],
    }


def home_view(reply: Reply, chat: str, command: str = SLASH) -> Block:
    """Return a reply as the App Home of a person whose conversation with the bot is `chat`."""
    with speaking(reply.language):
        units = [*reply_units(reply, command), *actions.rows(reply.buttons)]
    blocks = [block for unit in units for block in unit]
    return {
        "type": "home",
        "private_metadata": chat,
        "blocks": with_own_ids(blocks[:MAX_HOME_BLOCKS]),
    }


def _input(at: int, field: Field) -> Block:
    block: Block = {
        "type": "input",
        "block_id": "chat" if field.kind is FieldKind.CHAT else f"{at}:{field.lead}",
        "label": plain(field.label),
        "optional": field.optional,
        "element": {**_element(field), "action_id": "value"},
    }
    if field.hint:
        block["hint"] = _sentence(field.hint)
    return block


def _element(field: Field) -> Block:
    options = [_option(*each) for each in field.options[:MAX_OPTIONS]]
    chosen = [each for each in options if each["value"] in field.initial]
    first = next(iter(field.initial), "")
    match field.kind:
        case FieldKind.CHOICES:
            more = {"initial_options": chosen} if chosen else {}
            return {"type": "multi_static_select", "options": options, **more}
        case FieldKind.CHOICE:
            one = {"initial_option": chosen[0]} if chosen else {}
            return {"type": "static_select", "options": options, **one}
        case FieldKind.TIME:
            return {"type": "timepicker", **({"initial_time": first} if first else {})}
        case FieldKind.CHAT:
            default = {"initial_conversation": first} if first else {}
            kinds: Mapping[str, Any] = {"include": ["public", "private", "im"]}
            return {"type": "conversations_select", "filter": kinds, **default}
        case FieldKind.TEXT:
            seen = _sentence(field.placeholder) if field.placeholder else None
            return {
                "type": "plain_text_input",
                **({"initial_value": first} if first else {}),
                **({"placeholder": seen} if seen else {}),
            }


def _sentence(text: str) -> Block:
    return plain(in_one_direction(shortened(text, MAX_LABEL)))


def _option(label: str, value: str) -> Block:
    return {"text": plain(shortened(clean(label), MAX_OPTION)), "value": value}
