"""Removal of hidden characters and unsafe links, before a renderer's own escaping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bot.languages import closed, right_to_left

LONGEST_URL = 2000
"""Maximum length of a linked address in characters."""

_JOINED = "[\u0600-\u1dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
_STRAY_JOINER = f"(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d"
    "\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    f"\U000e0000-\U000e0fff]|{_STRAY_JOINER}"
)
"""Control, bidi, zero-width, tag and filler characters, non-characters and lone surrogates.

Joiners are kept inside emoji and inside scripts that need them.
"""
_SEEN = "[!-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u20ac]"
_PLAIN = re.compile(f"{_SEEN}*+(?: {_SEEN}++)*+ ?")
"""Visible characters of most texts, with single spaces: nothing is to be removed from them."""

_RLM, _ISOLATES = "\u200f", "\u2068\u2069"
_SPACES = re.compile(r"\s+")
_ZWJ = "\u200d"
_LINKABLE = re.compile(
    r"""
    https?://
    (?: [^\s\\/?#@:.\[\]]+ (?:\. [^\s\\/?#@:.\[\]]+)+ \.? | \[[0-9a-f:.]+\] )   # a host with a dot
    (?: :[1-9]\d{0,4} )?
    (?: [/?\#] [^\s\\]* )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MARKUP = re.compile(r'["<>|`{}^]')


def clean(text: str) -> str:
    """Return the visible characters of a text on one line; spaces at the ends are kept.

    Isolates that end in the text are kept where the bot speaks a language from right to left.
    """
    if _PLAIN.fullmatch(text):
        return text
    if right_to_left() and closed(text):
        return _SPACES.sub(" ", _HIDDEN.sub(_kept_isolate, text))
    return _SPACES.sub(" ", _HIDDEN.sub("", text))


def _kept_isolate(found: re.Match[str]) -> str:
    marks = found[0] == _RLM and found.string[found.end() : found.end() + 1] == _ISOLATES[0]
    return found[0] if marks or found[0] in _ISOLATES else ""


def link(url: str | None) -> str | None:
    """Return the address for an attribute, if it is http(s) with a full host and no user name.

    Hosts without a dot are refused: Telegram drops such links silently.
    """
    if not url or len(url) > LONGEST_URL or _HIDDEN.search(url) or not _LINKABLE.fullmatch(url):
        return None
    try:
        known = urlsplit(url).port != 0
    except ValueError:
        return None
    return _MARKUP.sub(lambda found: f"%{ord(found[0]):02X}", url) if known else None


def clusters(text: str) -> Iterator[str]:
    """Split a text into visible characters: emoji sequences, flags, letters with accents."""
    start, flags = 0, 0
    for at, char in enumerate(text):
        flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        flags = flags + 1 if flag else 0
        if at > start and not _extends(text[at - 1], char) and not (flag and flags % 2 == 0):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def cut(text: str, limit: int, size: Callable[[str], int] = len) -> tuple[str, ...]:
    """Split a text into parts of at most `limit`, at a space if one is near, not inside a cluster.

    Joined, the parts are the text. `size` must be additive; only a too large cluster is split.
    """
    if size(text) <= limit:
        return (text,) if text else ()
    parts: list[str] = []
    part: list[str] = []
    used = 0
    for cluster in _at_most(clusters(text), limit, size):
        if part and used + size(cluster) > limit:
            rest = _after_last_space(part)
            if size("".join(rest) + cluster) > limit:
                rest = []
            parts.append("".join(part[: len(part) - len(rest)]))
            part, used = rest, sum(map(size, rest))
        part.append(cluster)
        used += size(cluster)
    return (*parts, "".join(part)) if part else tuple(parts)


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _extends(before: str, char: str) -> bool:
    """Return whether a character belongs to the one before it."""
    return (
        _ZWJ in (before, char)
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or unicodedata.category(char) in ("Mn", "Mc", "Me")
    )


def _at_most(found: Iterator[str], limit: int, size: Callable[[str], int]) -> Iterator[str]:
    for cluster in found:
        if size(cluster) <= limit:
            yield cluster
        else:
            yield from cluster


def _after_last_space(part: list[str]) -> list[str]:
    """Return the text after the last space of a part; empty if there is no space near its end."""
    for back, cluster in enumerate(reversed(part[len(part) // 2 :])):
        if cluster == " ":
            return part[len(part) - back :]
    return []
