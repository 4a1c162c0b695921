"""Marks of seen entries, so that only new or changed ones are processed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.models import ParsedArticle
from bot.models.identity import is_item_number
from bot.sources.feeds.entry import MOST_ITEMS, Entry

MOST_MARKS = 6 * MOST_ITEMS
"""The maximum number of marks, newest poll first; an article has up to three."""

Mark = tuple[str, str]
"""An identifier of an article and a hash of its title and text."""


@dataclass(frozen=True, slots=True)
class FreshEntry:
    """An entry to process, and its marks."""

    entry: Entry
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SeenItems:
    """Marks, newest poll first."""

    marks: tuple[Mark, ...] = ()

    @classmethod
    def from_text(cls, text: str | None) -> SeenItems:
        """Parse the output of `as_text`; anything else gives an empty memory."""
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
        """Remove marks, so that their articles count as new again."""
        forgotten = set(marks)
        return SeenItems(tuple(each for each in self.marks if each not in forgotten))


@dataclass(frozen=True, slots=True)
class FilteredEntries:
    """The entries to process, and the memory to store afterwards."""

    fresh: tuple[FreshEntry, ...]
    memory: SeenItems


def filter_seen(entries: Sequence[Entry], memory: SeenItems) -> FilteredEntries:
    """Remove entries seen before, also under another guid, URL or tracking parameter."""
    known = dict(memory.marks)
    marked = [FreshEntry(entry, _marks(entry)) for entry in entries]
    fresh = tuple(each for each in marked if not _is_known(each, known))
    latest = dict(mark for each in marked for mark in each.marks)
    older = ((name, mark) for name, mark in memory.marks if name not in latest)
    return FilteredEntries(fresh, SeenItems((*latest.items(), *older)[:MOST_MARKS]))


def _is_known(fresh: FreshEntry, known: dict[str, str]) -> bool:
    """Whether the same text was seen under any identifier, or its guid with the same title."""
    (identity, mark), *others = fresh.marks
    if any(known.get(name) == now for name, now in fresh.marks):
        return True
    if identity in known:
        return False
    return any(name[0] == "g" and known.get(name, "")[:8] == mark[:8] for name, _ in others)


def _marks(entry: Entry) -> tuple[Mark, ...]:
    """The marks of an entry, its identity first."""
    article = entry.article
    mark = _hash(article.title)[:8] + _hash(article.text)[:8]
    address = article.url if article.key is None else None
    key = None if entry.guid else article.key
    dated = f"{article.title}\n{article.published_at}" if article.published_at else None
    names = (("u", address), ("g", entry.guid), ("k", key), ("t", dated), ("x", article.title))
    found = [(f"{kind}{_hash(name)[:12]}", mark) for kind, name in names if name][:3]
    if address and is_item_number(entry.guid):
        found = [each for each in found if not each[0].startswith("g")]
    return tuple(found)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_entry(article: ParsedArticle, name: str) -> Entry:
    """A file's article as an entry identified by the file's name."""
    return Entry(article, guid=name, partial=False)
