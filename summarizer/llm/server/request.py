"""The shape of a request: which parameters a server and its model accept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from summarizer.llm.prompts import Message


class JsonForm(StrEnum):
    """How JSON is asked for: by schema, by JSON mode, or by the prompt alone."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """The JSON that is wanted: the schema's name and the schema."""

    name: str
    schema: dict[str, object]


def json_object(properties: dict[str, object]) -> dict[str, object]:
    """The schema of an object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@dataclass(frozen=True, slots=True)
class RequestShape:
    """The parameters to send, as far as they are known to be accepted.

    `limit_name` is the parameter that bounds an answer's tokens; `at_least` and `at_most` bound the
    number itself, 0 where nothing is known.
    """

    limit_name: str = "max_tokens"
    temperature: bool = True
    form: JsonForm = JsonForm.SCHEMA
    system_role: bool = True
    content_parts: bool = False
    stream: bool = False
    at_least: int = 0
    at_most: int = 0

    def tokens(self, wanted: int) -> int:
        """The bound on an answer's tokens where `wanted` are asked for."""
        raised = max(wanted, self.at_least)
        return min(raised, self.at_most) if self.at_most else raised

    def parameters(self, tokens: int) -> dict[str, Any]:
        """What is sent beside model, messages and form."""
        limits: dict[str, Any] = {self.limit_name: self.tokens(tokens)}
        if self.temperature:
            limits["temperature"] = 0
        return limits | ({"stream": True} if self.stream else {})

    def body(
        self, turns: Sequence[Message], tokens: int, wanted: AnswerFormat
    ) -> dict[str, object]:
        """All that is sent beside the model's name."""
        told = turns if self.system_role else _without_system(turns)
        messages = [{"role": each.role, "content": self._content(each)} for each in told]
        body: dict[str, object] = {"messages": messages} | self.parameters(tokens)
        form = self._response_format(wanted)
        return body | ({"response_format": form} if form else {})

    def _response_format(self, wanted: AnswerFormat) -> dict[str, object] | None:
        """The parameter that asks for JSON; None where only the prompt does."""
        if self.form is JsonForm.WORDS:
            return None
        if self.form is JsonForm.OBJECT:
            return {"type": "json_object"}
        schema = {"name": wanted.name, "strict": True, "schema": wanted.schema}
        return {"type": "json_schema", "json_schema": schema}

    def _content(self, turn: Message) -> Any:
        return [{"type": "text", "text": turn.content}] if self.content_parts else turn.content

    def leanest(self) -> RequestShape:
        """The same without what servers refuse most: for the one retry after a refusal."""
        return replace(self, form=JsonForm.WORDS, temperature=False)

    def as_json(self) -> str:
        """The shape as text, to be stored."""
        return json.dumps(asdict(self), sort_keys=True)


def shape_from(text: str) -> RequestShape | None:
    """A stored shape; None where the text is something else."""
    try:
        kept = json.loads(text)
        return RequestShape(**(kept | {"form": JsonForm(kept["form"])}))
    except (ValueError, TypeError, KeyError):
        return None


def _without_system(turns: Sequence[Message]) -> list[Message]:
    """The system message's text at the head of the first message of the user."""
    rules = "\n\n".join(each.content for each in turns if each.role == "system")
    rest = [each for each in turns if each.role != "system"]
    if not rules or not rest:
        return [replace(each, role="user") for each in turns]
    return [replace(rest[0], content=f"{rules}\n\n{rest[0].content}"), *rest[1:]]
