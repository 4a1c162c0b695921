"""Reads the built-in topics from config/topics.toml; names what is wrong there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

import config
from bot.errors import SettingsError
from bot.models import Topic
from summarizer.topics.matcher import pattern
from summarizer.topics.own_topics import is_name
from summarizer.topics.scoring import AGAINST, DECISIVE, NEUTRAL, STRONG, WEAK

TOPICS_FILE = Path(config.__file__).with_name("topics.toml")
WEIGHTS = {
    "decisive": DECISIVE,
    "strong": STRONG,
    "weak": WEAK,
    "neutral": NEUTRAL,
    "against": AGAINST,
}

_ENTRY = re.compile(r"(?:[^()|]++|\([^()]+\))+")


def _entry(entry: str) -> str:
    if not _ENTRY.fullmatch(entry):
        raise ValueError("alternatives are written in brackets, as in (oil|gas) field")
    return entry


Entries = tuple[
    Annotated[str, Field(min_length=2, max_length=500), AfterValidator(_entry)],
    ...,
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _LanguageTable(_Strict):
    decisive: Entries = ()
    strong: Entries = ()
    weak: Entries = ()


class _TopicTable(_Strict):
    title: Annotated[str, Field(min_length=1, max_length=64)]
    description: Annotated[str, Field(min_length=1, max_length=500)]
    threshold: Annotated[float, Field(gt=0, le=100)] = 1.0
    decisive: Entries = ()
    strong: Entries = ()
    weak: Entries = ()
    neutral: Entries = ()
    against: Entries = ()
    exclusions: Entries = ()
    languages: dict[str, _LanguageTable] = {}

    @model_validator(mode="after")
    def _finds_something(self) -> Self:
        if not self.decisive and not self.strong:
            raise ValueError("decisive and strong are both empty: nothing can be on this topic")
        return self


class _TopicsFile(_Strict):
    against: Entries = ()
    topics: Annotated[dict[str, _TopicTable], Field(min_length=1)]


def load_topics(path: Path = TOPICS_FILE) -> tuple[Topic, ...]:
    """The built-in topics; raises SettingsError naming the topic and field that are wrong."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        read = _TopicsFile.model_validate(tables)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        found = "\n".join(f"{path}: {_place(e['loc'])}: {e['msg']}" for e in error.errors())
        raise SettingsError(found) from error
    return tuple(_topic(path, name, table, read.against) for name, table in read.topics.items())


def alternatives(entry: str) -> tuple[str, ...]:
    """What an entry with brackets stands for: "(oil|gas) field" is two phrases."""
    if "(" not in entry and "|" not in entry:
        return (" ".join(entry.split()),)
    parts = [part.split("|") for part in re.split(r"[()]", entry)]
    return tuple(" ".join("".join(choice).split()) for choice in product(*parts))


def _topic(path: Path, name: str, table: _TopicTable, against: Entries) -> Topic:
    if not is_name(name):
        raise SettingsError(f"{path}: topic {name!r}: a name has letters, digits and hyphens only")
    seen: dict[tuple[str, ...], str] = {}
    terms: dict[str, float] = {}
    for field, weight in WEIGHTS.items():
        for term in _fresh(f"{path}: topic {name}", field, getattr(table, field), seen):
            terms[term] = weight
    exclusions = tuple(_fresh(f"{path}: topic {name}", "exclusions", table.exclusions, seen))
    for code, words in table.languages.items():
        for field in ("decisive", "strong", "weak"):
            for term in (term for entry in getattr(words, field) for term in alternatives(entry)):
                if not (keys := pattern(term)):
                    raise SettingsError(_lettersless(f"{path}: topic {name}", code, term))
                if seen.setdefault(keys, field) == field:
                    terms[term] = WEIGHTS[field]
    for term in (term for entry in against for term in alternatives(entry)):
        if seen.setdefault(pattern(term), "against") == "against":
            terms[term] = AGAINST
    read = ("en", *table.languages)
    return Topic(
        name, table.title, table.description, terms, exclusions, None, table.threshold, read
    )


def _lettersless(place: str, field: str, term: str) -> str:
    return f"{place}, field {field}: {term!r} has no letters to look for"


def _fresh(
    place: str, field: str, entries: Iterable[str], seen: dict[tuple[str, ...], str]
) -> Iterator[str]:
    for term in (term for entry in entries for term in alternatives(entry)):
        keys = pattern(term)
        if not keys:
            raise SettingsError(_lettersless(place, field, term))
        known = seen.get(keys)
        if known not in (None, field):
            raise SettingsError(f"{place}, field {field}: {term!r} is in {known} already")
        if known is None:
            seen[keys] = field
            yield term


def _place(loc: tuple[int | str, ...]) -> str:
    if loc[0] == "topics" and len(loc) > 1:
        rest = ".".join(str(part) for part in loc[2:])
        return f"topic {loc[1]}" + (f", field {rest}" if rest else "")
    return "field " + ".".join(str(part) for part in loc)
