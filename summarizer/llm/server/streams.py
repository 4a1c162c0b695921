"""Puts the events of a streamed answer together, for servers that stream without being asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

_JOINED = ("content", "reasoning_content", "reasoning", "thinking", "refusal")


def merged_events(whole: str) -> dict[str, Any] | None:
    """One completion from server-sent events or from JSON lines; None where there are none."""
    events = list(_events(whole))
    if not events:
        return None
    merged: dict[str, Any] = {}
    message: dict[str, Any] = {}
    arguments, reason = "", None
    for event in events:
        merged |= {name: held for name, held in event.items() if held}
        choice = _choice(event)
        part = choice.get("delta") or choice.get("message")
        said = part if isinstance(part, dict) else {"content": choice.get("text")}
        for name in _JOINED:
            if isinstance(text := said.get(name), str):
                message[name] = message.get(name, "") + text
        arguments += _argument(said)
        reason = choice.get("finish_reason") or choice.get("done_reason") or reason
    if arguments:
        message["tool_calls"] = [{"function": {"arguments": arguments}}]
    if message:
        merged["choices"] = [{"message": message, "finish_reason": reason}]
    return merged


def _events(whole: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a stream; comments, other fields and the end mark are left out."""
    for line in whole.splitlines():
        text = line.strip().removeprefix("data:").strip()
        if not text.startswith("{"):
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            yield found


def _choice(event: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = event.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else event
    return first if isinstance(first, dict) else {}


def _argument(said: Mapping[str, Any]) -> str:
    """A piece of a tool's arguments."""
    calls = said.get("tool_calls")
    first = calls[0] if isinstance(calls, list) and calls else {}
    called = first.get("function") if isinstance(first, dict) else None
    text = called.get("arguments") if isinstance(called, dict) else None
    return text if isinstance(text, str) else ""
