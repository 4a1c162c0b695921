"""Reads the body of a response: a chat completion, whatever a server makes of one."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.llm.server.error_text import cleaned, error_in, error_of
from summarizer.llm.server.faults import ModelFault, Trouble, fault_of
from summarizer.llm.server.streams import merged_events
from summarizer.llm.thoughts import without_thoughts

_CUT_OFF = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})
_FILTERED = frozenset({"content_filter", "safety", "prohibited_content", "recitation", "sensitive"})
_THOUGHTS = ("reasoning_content", "reasoning", "thinking")


@dataclass(frozen=True, slots=True)
class Completion:
    """A model's answer as it came; tokens are None where the server does not count them.

    `thought` says whether the model reasoned before it answered, `declined` why it would not
    answer, in its own or its provider's words.
    """

    text: str
    input_tokens: int | None = None
    output_tokens: int | None = None
    cut_off: bool = False
    thought: bool = False
    declined: str | None = None

    @property
    def used_up_by_thinking(self) -> bool:
        """Whether all the tokens went into reasoning, so that no answer was written."""
        return self.cut_off and not without_thoughts(self.text).strip()


def completion_in(content: bytes, secret: str | None = None) -> Completion:
    """The completion in a response body; raises ModelFault where there is none."""
    whole = content.decode("utf-8-sig", "replace").strip()
    body = _parsed(whole)
    if body is None:
        said = error_in(whole, secret).text
        told = f"the model server sent no completion: {said}" if said else "the answer is empty"
        raise ModelFault(Trouble.UNREADABLE, told)
    choice = _choice(body)
    if error := (body.get("error") or choice.get("error")):
        raise fault_of(_status(error, body), error_of(error, secret))
    if not choice:
        raise _without_choices(body, secret)
    done = _completion(choice, body, secret)
    if not done.text.strip() and str(choice.get("finish_reason")).lower() == "error":
        raise ModelFault(Trouble.SERVER, "the model server broke off (finish_reason error)")
    return done


def _parsed(whole: str) -> dict[str, Any] | None:
    """The body as one object: JSON, or the events of a stream put together."""
    try:
        found = json.loads(whole, strict=False)
    except (ValueError, RecursionError):
        return merged_events(whole)
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    return found if isinstance(found, dict) else None


def _choice(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first choice; a body in the form of Ollama's own API has its message at the top."""
    choices = body.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return choices[0]
    return body if isinstance(body.get("message"), dict) else {}


def _completion(
    choice: Mapping[str, Any], body: Mapping[str, Any], secret: str | None
) -> Completion:
    message = choice.get("message")
    said = message if isinstance(message, dict) else {}
    reason = str(choice.get("finish_reason") or choice.get("done_reason") or "").lower()
    thoughts = next((text for name in _THOUGHTS if (text := _text(said.get(name)))), "")
    content = _text(said.get("content")) or _text(choice.get("text")) or _arguments(said)
    declined = _declined(said, reason, content)
    usage = body.get("usage")
    used = usage if isinstance(usage, dict) else {}
    cut_off = reason in _CUT_OFF
    return Completion(
        text=content if content.strip() or cut_off else thoughts,
        input_tokens=_counted(used.get("prompt_tokens", used.get("input_tokens"))),
        output_tokens=_counted(used.get("completion_tokens", used.get("output_tokens"))),
        cut_off=cut_off,
        thought=bool(thoughts) or without_thoughts(content) != content,
        declined=cleaned(declined, secret) if declined else None,
    )


def _declined(message: Mapping[str, Any], reason: str, content: str) -> str | None:
    """The refusal of a model, or the filter that ended the answer."""
    if reason in _FILTERED:
        return f"the provider's content filter declined the text (finish_reason {reason})"
    refusal = "" if content.strip() else _text(message.get("refusal"))
    return f"the model declined: {refusal}" if refusal else None


def _text(value: object) -> str:
    """Text that came as text, as a list of parts, or as JSON that the server had parsed."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [each.get("text") if isinstance(each, dict) else each for each in value]
        said = "".join(each for each in parts if isinstance(each, str))
        return said or (json.dumps(value) if value and not any(parts) else "")
    return json.dumps(value) if isinstance(value, dict) and value else ""


def _arguments(message: Mapping[str, Any]) -> str:
    """An answer that came as the arguments of a tool, though no tool was offered."""
    calls = message.get("tool_calls")
    first = calls[0] if isinstance(calls, list) and calls else message
    called = first.get("function", first.get("function_call")) if isinstance(first, dict) else None
    return _text(called.get("arguments")) if isinstance(called, dict) else ""


def _without_choices(body: Mapping[str, Any], secret: str | None) -> ModelFault:
    """An object without choices: an error in another form, or a filter that left nothing."""
    if any(name in body for name in ("message", "detail", "msg", "error_msg", "base_resp")):
        return fault_of(_status(body, body), error_of(dict(body), secret))
    if "prompt_filter_results" in body or "promptFeedback" in body:
        told = "the provider's content filter left no answer"
        return ModelFault(Trouble.DECLINED, told)
    names = ", ".join(sorted(map(str, body)))[:100]
    told = "no choices" if "choices" in body else f"no choices, only {names or 'nothing'}"
    return ModelFault(Trouble.UNREADABLE, f"the model server's answer has {told}")


def _status(error: object, body: Mapping[str, Any]) -> int:
    """The status that an error body names, else that of a server's own failure."""
    held = error if isinstance(error, dict) else {}
    for each in (held.get("code"), held.get("status"), body.get("code"), body.get("status")):
        digits = str(each)
        if digits.isascii() and digits.isdigit() and 400 <= int(digits) < 600:
            return int(digits)
    return 500


def _counted(tokens: object) -> int | None:
    """A token count, or None where it is missing or cannot be one."""
    try:
        number = float(tokens) if isinstance(tokens, (int, float, str)) else math.nan
    except (ValueError, OverflowError):
        return None
    return int(number) if math.isfinite(number) and number >= 0 else None
