"""What was seen of a source, so that only what is new or changed is taken in again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.models import ParsedArticle
from bot.sources.feeds.entry import MOST_ITEMS, Entry

MOST_MARKS = 6 * MOST_ITEMS
"""So many marks are kept, those of the latest look first; an article leaves up to three."""

Mark = tuple[str, str]
"""A name under which an article may come back, and what its title and text were."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry to be taken in, and its marks."""

    entry: Entry
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SeenItems:
    """Marks, those of the latest look first."""

    marks: tuple[Mark, ...] = ()

    @classmethod
    def from_text(cls, text: str | None) -> SeenItems:
        """Read what `as_text` wrote; anything else is an empty memory."""
        try:
            marks = json.loads(text or "{}")
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(marks, dict):
            return cls()
        return cls(tuple((name, str(mark)) for name, mark in marks.items()))

    def as_text(self) -> str:
        return json.dumps(dict(self.marks), separators=(",", ":"))

    def without(self, marks: Iterable[Mark]) -> SeenItems:
        """What is left when these are forgotten, so that their articles count as new again."""
        forgotten = set(marks)
        return SeenItems(tuple(each for each in self.marks if each not in forgotten))


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is to be taken in, and what is remembered once it is."""

    fresh: tuple[Fresh, ...]
    memory: SeenItems


def sift(entries: Sequence[Entry], memory: SeenItems) -> Sifted:
    """Leave out what was seen before, also under another guid, address or tracking parameter."""
    known = dict(memory.marks)
    marked = [Fresh(entry, _marks(entry)) for entry in entries]
    fresh = tuple(each for each in marked if not _is_known(each, known))
    latest = dict(mark for each in marked for mark in each.marks)
    older = ((name, mark) for name, mark in memory.marks if name not in latest)
    return Sifted(fresh, SeenItems((*latest.items(), *older)[:MOST_MARKS]))


def _is_known(fresh: Fresh, known: dict[str, str]) -> bool:
    """Seen with the same words under any name; or under its guid with the same title, moved."""
    (identity, mark), *others = fresh.marks
    if any(known.get(name) == now for name, now in fresh.marks):
        return True
    if identity in known:
        return False
    return any(name[0] == "g" and known.get(name, "")[:8] == mark[:8] for name, _ in others)


def _marks(entry: Entry) -> tuple[Mark, ...]:
    """The name that is its identity comes first."""
    article = entry.article
    mark = _hash(article.title)[:8] + _hash(article.text)[:8]
    address = article.url if article.key is None else None
    key = None if entry.guid else article.key
    dated = f"{article.title}\n{article.published_at}" if article.published_at else None
    names = (("u", address), ("g", entry.guid), ("k", key), ("t", dated), ("x", article.title))
    found = [(f"{kind}{_hash(name)[:12]}", mark) for kind, name in names if name]
    return tuple(found[:3])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_entry(article: ParsedArticle, name: str) -> Entry:
    """A file's article as an entry: the file's name tells it from the others."""
    return Entry(article, guid=name, partial=False)
