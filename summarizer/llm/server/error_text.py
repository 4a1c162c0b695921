"""What a server says went wrong: found in its body, shortened, without secrets."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LONGEST = 240
"""Characters of a server's words in a log line."""

_MOST_SEARCHED = 4_000
_SECRET = re.compile(
    r"\b(?:sk|pk|rk|gsk|xai|hf|key|org|proj|user|AIza)[-_][\w*.-]{4,}|\bAIza[\w-]{10,}"
    r"|\b(?:bearer|basic)\s+\S+|(?<=[?&])[\w.-]+=[^\s&]+|\b[\w.+-]{1,64}@[\w-]{1,63}\.\w+"
    r"|//[^\s/@]+@"
    r"|(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*[0-9])(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_-]{28,}\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ServerError:
    """An error in a server's own words: `text` to show, `searched` with its codes to look into."""

    text: str = ""
    searched: str = ""


def error_in(body: bytes | str, secret: str | None = None) -> ServerError:
    """What an error body says, whatever its form; `secret` is never in it."""
    whole = body if isinstance(body, str) else body.decode("utf-8-sig", "replace")
    try:
        said = json.loads(whole)
    except (ValueError, RecursionError):
        said = _page_text(whole)
    return error_of(said, secret)


def error_of(said: object, secret: str | None = None) -> ServerError:
    """The same for a body, or the error in one, that is parsed already."""
    parts = list(dict.fromkeys(part for part in _parts(said, depth=0) if part))
    if not parts and said:
        parts = [str(said)]
    whole = " ".join(parts)[:_MOST_SEARCHED]
    return ServerError(cleaned(" ".join(parts[:3]), secret), whole)


def cleaned(text: str, secret: str | None = None) -> str:
    """One short line without control characters, keys, addresses' parameters or account names."""
    shown = text[:_MOST_SEARCHED]
    if secret:
        shown = shown.replace(secret, "[hidden]")
    shown = "".join(" " if unicodedata.category(each)[0] == "C" else each for each in shown)
    shown = _SPACE.sub(" ", _SECRET.sub("[hidden]", shown)).strip()
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def _parts(said: object, depth: int) -> Iterator[str]:
    """The words of an error, message first, then what it names, then its codes."""
    if depth > 6:
        return
    if isinstance(said, Mapping):
        for name in _NAMES:
            if name in said:
                yield from _parts(said[name], depth + 1)
    elif isinstance(said, list):
        for each in said[:20]:
            yield from _parts(each, depth + 1)
    elif said is not None and not isinstance(said, bool):
        yield str(said)


_NAMES = (
    "error",
    "errors",
    "message",
    "msg",
    "status_msg",
    "base_resp",
    "detail",
    "details",
    "description",
    "error_description",
    "reason",
    "loc",
    "param",
    "metadata",
    "raw",
    "reasons",
    "innererror",
    "code",
    "type",
    "title",
)
"""Keys under which servers put what they say, in the order in which it is shown."""


def _page_text(whole: str) -> str:
    """The title of a web page, else its words; other text as it is."""
    if "<" not in whole[:200]:
        return whole[:_MOST_SEARCHED]
    start = whole[: 2 * _MOST_SEARCHED]
    title = _TITLE.search(start)
    words = title[1] if title and title[1].strip() else _MARKUP.sub(" ", start)
    return _SPACE.sub(" ", words).strip()
