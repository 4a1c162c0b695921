"""Reads the built-in topics from config/topics.toml; names what is wrong there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import config
from bot.errors import SettingsError
from bot.models import Topic

TOPICS_FILE = Path(config.__file__).with_name("topics.toml")

Words = tuple[Annotated[str, Field(min_length=2, max_length=100)], ...]


class _TopicTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=64)]
    description: Annotated[str, Field(min_length=1, max_length=500)]
    threshold: Annotated[float, Field(gt=0, le=100)] = 1.0
    decisive: Words = ()
    strong: Words = ()
    weak: Words = ()
    against: Words = ()
    exclusions: Words = ()


WEIGHTS = {"decisive": 1.0, "strong": 0.5, "weak": 0.2, "against": -0.5}


def load_topics(path: Path = TOPICS_FILE) -> tuple[Topic, ...]:
    """The built-in topics; raises SettingsError naming the topic and field that are wrong."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path.name}: cannot be read: {error}") from error
    return tuple(_topic(path.name, name, table) for name, table in tables.items())


def _topic(file: str, name: str, table: object) -> Topic:
    try:
        read = _TopicTable.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{file}: topic {name}, field {field}: {first['msg']}") from error
    terms = {
        word: weight / read.threshold
        for group, weight in WEIGHTS.items()
        for word in getattr(read, group)
    }
    return Topic(name, read.title, read.description, terms, read.exclusions)
