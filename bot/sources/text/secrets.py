"""Words of others that are shown to people, without what is not for them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from bot.sources.text.clean import clean_line

_READ = 2_000
_LEAST = 6
"""Characters of a value that is looked for within words too; a shorter one is a word."""

_PIECES = re.compile(r"[\w-]+")
_LEFT_OUT = "…"


def without_secrets(text: str, url: str, limit: int) -> str:
    """A line of at most `limit` characters with "…" for addresses, paths, keys and values of `url`.

    Empty if nothing else is left.
    """
    shown = clean_line(text[:_READ], _READ)
    values = _values(url)
    for value in values:
        if len(value) >= _LEAST:
            shown = shown.replace(value, _LEFT_OUT)
    words = [_LEFT_OUT if _is_private(word, values) else word for word in shown.split()]
    return clean_line(" ".join(words), limit) if any(map(str.isalpha, "".join(words))) else ""


def _values(url: str) -> list[str]:
    """What stands in an address's query, as written and as read, the longest first."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return []
    written = [each.partition("=")[2] for each in query.split("&")]
    read = [value for _, value in parse_qsl(query, max_num_fields=1_000)]
    return sorted({each for each in (*written, *read) if each}, key=len, reverse=True)


def _is_private(word: str, values: list[str]) -> bool:
    """Whether a word is an address, a path, a setting, a key or a value of the address."""
    bare = word.strip("\"'()[]<>{},.;:!?")
    address = "//" in bare or "\\" in bare or "=" in bare or bare.startswith(("/", "www.", "~"))
    return (
        address or bare.count("/") > 1 or bare in values or any(map(_is_key, _PIECES.findall(bare)))
    )


def _is_key(piece: str) -> bool:
    mixed = not piece.isalpha() and any(map(str.isdigit, piece))
    return piece.isascii() and len(piece) >= (12 if mixed else 24)
