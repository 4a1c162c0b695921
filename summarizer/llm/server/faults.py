"""What goes wrong with a model server, by kind, with the server's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from math import isfinite

from summarizer.llm.server.error_text import ServerError


class Trouble(Enum):
    """The kind of a fault, which decides about retries and about the reserved money."""

    RATE = "rate limit"
    SERVER = "server error"
    UNREACHABLE = "unreachable"
    LOST = "connection lost"
    SLOW = "time-out"
    UNREADABLE = "not a completion"
    QUOTA = "quota"
    DENIED = "refused"
    REQUEST = "request"
    TOO_LONG = "too long"
    DECLINED = "declined"
    NOT_SENT = "not sent"

    @property
    def passing(self) -> bool:
        """Whether the same call may succeed a moment later."""
        return self in {Trouble.RATE, Trouble.SERVER}

    @property
    def lasting(self) -> bool:
        """Whether only a person, a payment or a new budget period can help."""
        return self in {Trouble.QUOTA, Trouble.DENIED}

    @property
    def may_cost(self) -> bool:
        """Whether the server may have charged for the call."""
        return self in {Trouble.SLOW, Trouble.LOST, Trouble.UNREADABLE}

    @property
    def of_server(self) -> bool:
        """Whether it says something about the server's health, not only about this question."""
        return self not in {Trouble.TOO_LONG, Trouble.DECLINED, Trouble.NOT_SENT}


class ModelFault(Exception):
    """No answer came; the message is for operators and holds no secrets.

    `error` is what the server said where that may be about the form of the request; `retry_after`
    is in seconds.
    """

    def __init__(
        self,
        trouble: Trouble,
        text: str,
        retry_after: float | None = None,
        error: ServerError | None = None,
    ) -> None:
        super().__init__(text)
        self.trouble = trouble
        self.retry_after = retry_after
        self.error = error


_QUOTA = re.compile(
    r"insufficient_quota|billing|exceeded your current quota|insufficient (?:balance|credit|funds)"
    r"|credit balance|requires more credits|out of credits",
    re.IGNORECASE,
)
_DECLINED = re.compile(
    r"content[ _-]?(?:filter|management|policy|moderation)|responsible ?ai|moderation|flagged"
    r"|data_inspection_failed|inappropriate content|safety (?:system|polic|filter|setting)"
    r"|prohibited[ _]content",
    re.IGNORECASE,
)
_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum context|n_ctx|prompt is too long|too many tokens"
    r"|(?:input|prompt|messages?|request|payload)\b.{0,40}\b(?:too (?:long|large)|exceeds?\b)"
    r"|reduce the length",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"api[ _-]?key (?:is )?(?:not valid|invalid|expired)|invalid[ _]api[ _-]?key", re.IGNORECASE
)
_RATE = re.compile(r"rate[ _-]?limit|too many requests|overloaded_error", re.IGNORECASE)

_TEMPLATE_STATUSES = frozenset({500, 501})
"""Some servers answer so where a chat template or a grammar refuses the form of a request."""

_BY_STATUS = {
    401: Trouble.DENIED,
    402: Trouble.QUOTA,
    403: Trouble.DENIED,
    404: Trouble.DENIED,
    408: Trouble.RATE,
    409: Trouble.RATE,
    413: Trouble.TOO_LONG,
    425: Trouble.RATE,
    429: Trouble.RATE,
    451: Trouble.DECLINED,
}
_BY_WORDS = (
    ({400, 403, 429}, _QUOTA, Trouble.QUOTA),
    ({400}, _KEY, Trouble.DENIED),
    ({400, 403, 422, 500}, _DECLINED, Trouble.DECLINED),
    ({400, 422, 500}, _TOO_LONG, Trouble.TOO_LONG),
    ({500}, _RATE, Trouble.RATE),
    ({404}, re.compile("parameter", re.IGNORECASE), Trouble.REQUEST),
)
_PHRASES = {
    Trouble.RATE: "the model server asks to wait",
    Trouble.SERVER: "the model server failed",
    Trouble.QUOTA: "the quota is used up",
    Trouble.DENIED: "the model server refused key, model or address",
    Trouble.REQUEST: "the model server did not accept the request",
    Trouble.TOO_LONG: "the request is too long for the model",
    Trouble.DECLINED: "the provider's content filter declined the text",
}


def fault_of(
    status: int, error: ServerError, headers: Mapping[str, str] | None = None
) -> ModelFault:
    """The fault for an error status, or for an error body that came with status 200."""
    trouble = _trouble(status, error)
    told = f"{_PHRASES[trouble]} ({status})"
    if error.text:
        told += f": {error.text}"
    about_form = trouble is Trouble.REQUEST or status in _TEMPLATE_STATUSES
    return ModelFault(trouble, told, _seconds(headers or {}), error if about_form else None)


def _trouble(status: int, error: ServerError) -> Trouble:
    """The kind of a fault, by the server's words first, as statuses differ between servers."""
    said = error.searched
    for statuses, words, trouble in _BY_WORDS:
        if status in statuses and words.search(said):
            return trouble
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return Trouble.REQUEST if 400 <= status < 500 else Trouble.SERVER


def _seconds(headers: Mapping[str, str]) -> float | None:
    """The wait that the server asks for, in seconds; None where it names none."""
    waits = (headers.get("retry-after-ms"), headers.get("retry-after"))
    for value, unit in zip(waits, (0.001, 1.0), strict=True):
        try:
            seconds = float(value or "") * unit
        except ValueError:
            continue
        if isfinite(seconds) and seconds >= 0:
            return seconds
    return _until_date(waits[1] or "")


def _until_date(value: str) -> float | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
