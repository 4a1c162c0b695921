"""The parameters of requests: their rules, and what is said of a value that breaks one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)
from starlette.datastructures import QueryParams

from bot.web.api.problems import Refused

SHOWN = 80
"""Characters of a wrong value that are said again."""

MOST_BULLETS, MOST_HITS = 100, 20

_TIMES = re.compile(
    r"\d{4}-\d\d-\d\d([Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)?)?", re.ASCII
)


def _instant(given: object) -> object:
    """An instant of RFC 3339; without a zone, and for a day alone, it is UTC."""
    if not (isinstance(given, str) and _TIMES.fullmatch(given)):
        raise ValueError
    seconds = re.sub(r"(:\d\d):60\b", r"\1:59", given)  # a leap second
    found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", seconds.upper()))
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        raise ValueError from None


def _whole(given: object) -> object:
    if not (isinstance(given, str) and re.fullmatch(r"[0-9]{1,4}", given)):
        raise ValueError
    return int(given)


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date-time"},
                {"type": "string", "format": "date"},
            ]
        }
    ),
]
"""An instant, or a day for its midnight, in UTC."""


class Query(BaseModel):
    """Parameters; the description of each says what to send."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class NoQuery(Query):
    """No parameters."""


class BulletQuery(Query):
    """Which bullets."""

    topic: Annotated[str, StringConstraints(max_length=60)] | None = None
    """the name of a built-in topic, as /topics lists them; without it, all of them"""
    since: Instant | None = None
    """an instant such as 2026-11-23T07:30:00Z, or a day; without it, seven days before `until`"""
    until: Instant | None = None
    """an instant such as 2026-11-23T07:30:00Z, or a day, after `since`; without it, now"""
    limit: Annotated[int, Field(ge=1, le=MOST_BULLETS), BeforeValidator(_whole)] = 20
    """a whole number from 1 to 100; without it, 20"""
    cursor: Annotated[str, StringConstraints(max_length=400)] | None = None
    """the `next` of the page before, unchanged; without it, the first page"""


class SearchQuery(Query):
    """What to search for."""

    q: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    """1 to 200 characters: words, "a phrase", and -word for what must not occur"""
    limit: Annotated[int, Field(ge=1, le=MOST_HITS), BeforeValidator(_whole)] = 10
    """a whole number from 1 to 20; without it, 10"""


Q = TypeVar("Q", bound=Query)


def parsed(kind: type[Q], given: QueryParams) -> Q:
    """The parameters of a request; raises Refused for one that is unknown, wrong or given twice."""
    values: dict[str, str] = {}
    for name, value in given.multi_items():
        if name in values:
            raise refused(name, value, "is given twice", "send it once")
        values[name] = value
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise _refused(kind, error.errors()[0], values) from None


def refused(name: str, value: str, fault: str, remedy: str) -> Refused:
    """The refusal of a parameter: "limit is 500: send a whole number from 1 to 100"."""
    more = {"parameter": _short(name), "value": _short(value), "remedy": remedy}
    return Refused(400, f"{_short(name)} {fault}", **more)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _refused(kind: type[Query], fault: Any, values: Mapping[str, str]) -> Refused:
    name = str(fault["loc"][0])
    value = values.get(name, "")
    field = kind.model_fields.get(name)
    if field is None:
        known = ", ".join(kind.model_fields) or "none"
        return refused(name, value, "is no parameter here", f"leave it out; there are: {known}")
    if name not in values:
        return refused(name, "", "is missing", f"send {field.description}")
    return refused(name, value, f"cannot be {_short(value)!r}", f"send {field.description}")
