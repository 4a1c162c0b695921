"""What the error of a server teaches about the requests that it accepts.

One table: the words of the error, and the parameter that is left out or changed for them. The
wordings come from OpenAI, Azure, OpenRouter, vLLM, llama.cpp, LM Studio, Ollama, Mistral, DeepSeek,
DashScope and Google; a server that names a parameter in other words is usually caught as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from summarizer.llm.server.error_text import ServerError
from summarizer.llm.server.request import JsonForm, RequestShape

_LIMITS = ("max_tokens", "max_completion_tokens")
_TOO_MANY = re.compile(
    r"too (?:large|big|high|many)|at most|less than|maximum|exceeds?|up to|range"
)
_ONLY_DEFAULT = re.compile(r"only the default \(1\)|does not support 0(?:\.0)? with this model")
_NUMBER = re.compile(r"(?<![\w.])\d{2,6}(?![\w.]*\d)")
_FEWEST_TOKENS = 64


def learned(sent: RequestShape, error: ServerError) -> RequestShape:
    """The shape that fits what the error says; `sent` itself where it names nothing."""
    said = error.searched.lower()
    shape = sent
    for pattern, change in _RULES:
        if pattern.search(said):
            shape = change(shape, said)
    return shape


def plainest(sent: RequestShape) -> RequestShape:
    """What every server accepts: messages of the user alone, no form, no temperature."""
    return replace(sent.leanest(), system_role=False)


def _limit(shape: RequestShape, said: str) -> RequestShape:
    """The other name of the limit, or a smaller number where the error is about the number."""
    numbers = [int(each) for each in _NUMBER.findall(said)]
    other = next(each for each in _LIMITS if each != shape.limit_name)
    smaller = [each for each in numbers if each >= _FEWEST_TOKENS]
    if _TOO_MANY.search(said) and smaller and other not in said:
        return replace(shape, at_most=min(smaller))
    return replace(shape, limit_name=other, temperature=other == "max_tokens" and shape.temperature)


def _temperature(shape: RequestShape, said: str) -> RequestShape:
    """No temperature; a model of which only the default is supported has the newer limit, too."""
    newer = _ONLY_DEFAULT.search(said) is not None
    limit = "max_completion_tokens" if newer else shape.limit_name
    return replace(shape, temperature=False, limit_name=limit)


def _form(shape: RequestShape, said: str) -> RequestShape:
    """JSON mode after an error about schemas, no form after one about the whole parameter."""
    about_schemas = re.search(
        r"json_schema|json schema|strict|this response_format type|structured", said
    )
    if shape.form is JsonForm.SCHEMA and about_schemas:
        return replace(shape, form=JsonForm.OBJECT)
    return replace(shape, form=JsonForm.WORDS)


_Change = Callable[[RequestShape, str], RequestShape]

_FORM_WORDS = (
    r"response_?format|json_(?:schema|object)|json (?:schema|mode)|\bstrict\b|grammar"
    r"|structured output|guided"
)
_ROLE_WORDS = (
    r"system (?:role|message|prompt|instruction)|role\W{1,4}system|['\"]system['\"]"
    r"|developer instruction|roles must alternate|messages?\W*\d*\W*role"
)
_STREAM_WORDS = (
    r"(?:only|must|enable|requires?|non-)\b.{0,30}\bstream"
    r"|stream\w*\b.{0,30}\b(?:only|must|required|to true|mode)"
)
_PARTS_WORDS = r"content\b.{0,60}\b(?:array|list|sequence|parts)\b"

_RULES: tuple[tuple[re.Pattern[str], _Change], ...] = (
    (re.compile(r"max_(?:completion_|new_|output_)?tokens"), _limit),
    (re.compile(r"temperature|top_p|sampling param"), _temperature),
    (re.compile(_FORM_WORDS), _form),
    (re.compile(_ROLE_WORDS), lambda shape, _: replace(shape, system_role=False)),
    (re.compile(_PARTS_WORDS), lambda shape, _: replace(shape, content_parts=True)),
    (re.compile(_STREAM_WORDS), lambda shape, _: replace(shape, stream=True)),
)
