"""What Telegram accepts: its own HTML parser (TDLib) and the limits that its servers add."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import tdjson

TEXT_UNITS = 4096
RAW_BYTES = 1 << 15
ENTITIES = 100
ENTITY_BYTES = 9500
CONTINUOUS = {"code", "pre", "text_link", "text_mention"}
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
}  # fmt: skip
_NAMES = {"TextUrl": "text_link", "MentionName": "text_mention", "EmailAddress": "email"}


class Refusal(Exception):
    """An answer with `ok: false`, as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code}
        body["description"] = self.description
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


@dataclass(frozen=True)
class Entity:
    """A span of a message in UTF-16 units, in the Bot API's words ("bold", "text_link")."""

    kind: str
    offset: int
    length: int
    url: str | None = None

    def meets(self, other: Entity) -> bool:
        return (
            self.offset < other.offset + other.length and other.offset < self.offset + self.length
        )


@dataclass(frozen=True)
class Parsed:
    """A message as its readers see it: `entities` as sent, `found` what Telegram adds itself."""

    text: str
    entities: tuple[Entity, ...]
    found: tuple[Entity, ...] = ()

    @property
    def units(self) -> int:
        return units(self.text)

    def of(self, entity: Entity) -> str:
        """The text of an entity."""
        raw = self.text.encode("utf-16-le")
        return raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(text: str, mode: str | None) -> Parsed:
    """What sendMessage makes of a text; raises Refusal with Telegram's own words."""
    if not text:
        raise bad("message text is empty")
    if len(text.encode()) > RAW_BYTES:
        raise bad("text is too long")
    parsed = _trimmed(_parsed(text, mode))
    if not parsed.text:
        raise bad("message text is empty")
    if parsed.units > TEXT_UNITS:
        raise bad("message is too long")
    weight = sum(len((entity.url or "").encode()) + 16 for entity in parsed.entities)
    if weight > ENTITY_BYTES:
        raise bad("ENTITIES_TOO_LONG")
    kept = parsed.entities[:ENTITIES]
    return Parsed(parsed.text, kept, _found(parsed.text, kept))


def keyboard(arguments: Mapping[str, Any]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The inline keyboard of a message, as labels and data; raises what Telegram refuses."""
    markup = arguments.get("reply_markup")
    if markup is None:
        return ()
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list):
        raise bad("object expected as reply markup")
    for button in (button for row in rows for button in row):
        if not str(button.get("text", "")).strip():
            raise bad("can't parse inline keyboard button: Text is empty")
        if str(button.get("url", "")).startswith("https://") and "callback_data" not in button:
            continue
        if not 1 <= len(str(button.get("callback_data", "")).encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    if sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    return tuple(
        tuple((each["text"], each.get("callback_data") or each["url"]) for each in row)
        for row in rows
    )


def check_inline(arguments: Mapping[str, Any]) -> None:
    """The arguments of answerInlineQuery."""
    results = arguments.get("results")
    if not isinstance(results, list) or len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    if len({each["id"] for each in results}) != len(results):
        raise bad("RESULT_ID_DUPLICATE")
    for each in results:
        named = 1 <= len(each["id"].encode()) <= 64 and each["title"]
        if each["type"] != "article" or not named:
            raise bad("can't parse inline query result")
        content = each["input_message_content"]
        parse(content["message_text"], content["parse_mode"])
        keyboard(each)
    button = arguments.get("button")
    if button is not None and not (
        1 <= units(button["text"]) <= 64
        and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"])
    ):
        raise bad("START_PARAM_INVALID")


def check_commands(given: object) -> list[dict[str, str]]:
    """The commands of setMyCommands."""
    if not isinstance(given, list) or len(given) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in given:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return given


def check_photo(photo: bytes) -> None:
    """As Telegram, refuse what is no picture, too large, or too long for its width."""
    if photo[:8] != b"\x89PNG\r\n\x1a\n" or len(photo) > 10_000_000:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = (int.from_bytes(photo[at : at + 4], "big") for at in (16, 20))
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")


def check_webhook(arguments: Mapping[str, Any]) -> tuple[str, str]:
    """The address and the secret of setWebhook; plain http passes on loopback alone."""
    url, secret = str(arguments["url"]), str(arguments.get("secret_token", ""))
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > 256 or not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    return url, secret


def _execute(request: Mapping[str, Any]) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    found: dict[str, Any] = json.loads(answer)
    return found


def _parsed(text: str, mode: str | None) -> Parsed:
    if not mode:
        return Parsed(text, ())
    if mode.lower() != "html":
        raise bad("unsupported parse_mode")
    html = {"@type": "textParseModeHTML"}
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": html})
    if answer["@type"] == "error":
        reason = str(answer["message"])
        raise bad(reason[:1].lower() + reason[1:])
    return Parsed(str(answer["text"]), _entities(answer))


def _trimmed(parsed: Parsed) -> Parsed:
    """Without the white space at both ends, as every message is shown."""
    text = parsed.text.strip()
    lead = units(parsed.text) - units(parsed.text.lstrip())
    moved = []
    for one in parsed.entities:
        start = max(one.offset - lead, 0)
        length = min(one.offset - lead + one.length, units(text)) - start
        if length > 0:
            moved.append(replace(one, offset=start, length=length))
    return Parsed(text, tuple(moved))


def _found(text: str, explicit: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """What becomes live by itself: nothing that meets code or a link does."""
    blocked = [entity for entity in explicit if entity.kind in CONTINUOUS]
    found = _entities(_execute({"@type": "getTextEntities", "text": text}))
    return tuple(one for one in found if not any(one.meets(other) for other in blocked))


def _entities(answer: Mapping[str, Any]) -> tuple[Entity, ...]:
    return tuple(
        Entity(_kind(one["type"]["@type"]), one["offset"], one["length"], one["type"].get("url"))
        for one in answer["entities"]
    )


def _kind(name: str) -> str:
    name = name.removeprefix("textEntityType")
    return _NAMES.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
