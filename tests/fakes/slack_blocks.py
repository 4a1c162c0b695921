"""What Slack would say to a message: its Block Kit limits, checked strictly."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.render.sanitize import utf16

TOO_LONG = "msg_blocks_too_long"
_CALLS = re.compile(r"<[!@#][^>]*>")
_OF_A_VIEW = (("callback_id", 255), ("private_metadata", 3000), ("external_id", 255))
_CALLING_ELEMENTS = {"broadcast", "user", "usergroup", "channel", "team", "emoji"}


def problems(message: Mapping[str, Any]) -> list[str]:
    """Everything that Slack would refuse about a message; empty for one that it takes."""
    blocks = message.get("blocks") or []
    found = list(_counts(blocks))
    for at, block in enumerate(blocks):
        found += [f"{problem} [/blocks/{at}]" for problem in _judged(json.dumps(block))]
    if not blocks and not message.get("text"):
        found.append("no_text")
    return found


def view_problems(view: Mapping[str, Any]) -> list[str]:
    """Everything that Slack would refuse about a form or an App Home."""
    blocks = view.get("blocks") or []
    found = [] if 0 < len(blocks) <= 100 else ["between 1 and 100 blocks"]
    for at, block in enumerate(blocks):
        found += [f"{problem} [/blocks/{at}]" for problem in _judged(json.dumps(block))]
    found += [
        f"title over 24: {view[each]}"
        for each in ("title", "submit")
        if each in view and len(view[each]["text"]) > 24
    ]
    found += [f"{name} over {most}" for name, most in _OF_A_VIEW if len(view.get(name, "")) > most]
    repeated = Counter(block["block_id"] for block in blocks if "block_id" in block)
    found += [f"repeated block_id {each}" for each, count in repeated.items() if count > 1]
    return found


def mentions(message: Mapping[str, Any]) -> list[str]:
    """Whatever in a message would call, link or name somebody: mrkdwn and rich text elements."""
    parts = list(walk(message))
    texts = [str(message.get("text", ""))]
    texts += [part["text"] for part in parts if part.get("type") == "mrkdwn"]
    called = [call for text in texts for call in _CALLS.findall(text)]
    called += [part["type"] for part in parts if part.get("type") in _CALLING_ELEMENTS]
    return called


def links(message: Mapping[str, Any]) -> list[str]:
    """Every address that a message links to."""
    found = [part["url"] for part in walk(message) if part.get("type") == "link"]
    for part in walk(message):
        if part.get("type") == "mrkdwn":
            found += re.findall(r"<(?![!@#])([^|>]+)", part["text"])
    return found


def walk(part: object) -> Iterator[Mapping[str, Any]]:
    """Every object in a message, outermost first."""
    left = [part]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            yield part
            left += reversed(part.values())
        elif isinstance(part, list | tuple):
            left += reversed(part)


def said(message: Mapping[str, Any]) -> str:
    """The words of a message's blocks, small print included, one block a line."""
    return "\n".join(_words(block) for block in message.get("blocks") or [])


def _words(block: Mapping[str, Any]) -> str:
    texts = (part["text"] for part in walk(block) if isinstance(part.get("text"), str))
    return "".join(texts)


def _counts(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if len(blocks) > 50:
        yield "no more than 50 items allowed [/blocks]"
    if len(json.dumps(blocks, ensure_ascii=False)) > 13_000:
        yield TOO_LONG
    parts = list(walk(blocks))
    for name in ("block_id", "action_id"):
        ids = Counter(part[name] for part in parts if name in part)
        yield from (f"repeated {name} {each}" for each, count in ids.items() if count > 1)
        yield from (f"{name} over 255" for each in ids if len(each) > 255)


@cache
def _kinds(kind: type[BlockElement]) -> tuple[type[BlockElement], ...]:
    return tuple(_walk_kinds(kind))


# the library walks all its classes for each element that it reads
_walk_kinds = BlockElement._get_sub_block_elements.__func__  # type: ignore[attr-defined]
BlockElement._get_sub_block_elements = classmethod(_kinds)  # type: ignore[arg-type, assignment, method-assign]


@lru_cache(maxsize=4096)
def _judged(block: str) -> tuple[str, ...]:
    """The problems of a block, by its JSON: equal ones stand in many messages."""
    return tuple(_block(json.loads(block)))


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    parsed = Block.parse(dict(block))
    if parsed is None:
        yield f"unsupported type: {block.get('type')}"
        return
    parsed.to_dict()
    match block["type"]:
        case "header":
            yield from _text(block["text"], 150, types={"plain_text"})
        case "section":
            yield from _section(block)
        case "context":
            yield from _context(block["elements"])
        case "rich_text":
            yield from _rich_text(block)
        case "actions":
            yield from _actions(block["elements"])
        case "input":
            yield from _text(block["label"], 2000, types={"plain_text"})
            if "hint" in block:
                yield from _text(block["hint"], 2000, types={"plain_text"})
            if "options" in block["element"]:
                yield from _options(block["element"]["options"], 100)


def _section(block: Mapping[str, Any]) -> Iterator[str]:
    if "text" in block:
        yield from _text(block["text"], 3000)
    if len(block.get("fields", ())) > 10:
        yield "more than 10 fields"
    for field in block.get("fields", ()):
        yield from _text(field, 2000)


def _actions(elements: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} action elements"
    for element in elements:
        if element["type"] == "button":
            yield from _text(element["text"], 75, types={"plain_text"})
            if len(element.get("value", "")) > 2000:
                yield "value over 2000"
        if element["type"] == "overflow":
            yield from _options(element["options"], 5)


def _options(options: Sequence[Mapping[str, Any]], most: int) -> Iterator[str]:
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for option in options:
        yield from _text(option["text"], 75, types={"plain_text"})
        if len(option["value"]) > 150:
            yield "option value over 150"


def _context(elements: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not 1 <= len(elements) <= 10:
        yield f"{len(elements)} context elements"
    for element in elements:
        yield from _text(element, 3000)


def _rich_text(block: Mapping[str, Any]) -> Iterator[str]:
    for part in walk(block):
        if "elements" in part and not part["elements"]:
            yield "empty elements"
        if part.get("type") in ("text", "link") and not part.get("text", "-"):
            yield "empty text"
        if part.get("type") == "link" and not re.match(r"https?://", part["url"]):
            yield f"invalid url {part['url']}"


def _text(
    part: Mapping[str, Any],
    limit: int,
    types: frozenset[str] | set[str] = frozenset({"plain_text", "mrkdwn"}),
) -> Iterator[str]:
    if part["type"] not in types:
        yield f"{part['type']} is not allowed here"
    if not part["text"]:
        yield "must be more than 0 characters"
    if utf16(part["text"]) > limit:
        yield f"must be less than {limit + 1} characters"
    if part["type"] == "plain_text" and "verbatim" in part:
        yield "verbatim is for mrkdwn"
    if part["type"] == "mrkdwn" and "emoji" in part:
        yield "emoji is for plain_text"
