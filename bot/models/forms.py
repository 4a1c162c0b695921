"""Forms: what a person fills in at once, on a platform that has them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What a person does in a field: choose one or several options, a time or a chat; or write."""

    CHOICE = "choice"
    CHOICES = "choices"
    TIME = "time"
    CHAT = "chat"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `lead` is the word before its value in the command, such as "at"; may be empty.

    `options` are labels and values; `initial` values are filled in already;
    `placeholder` is seen in an empty field of text, and is no value.
    """

    kind: FieldKind
    label: str
    lead: str = ""
    options: tuple[tuple[str, str], ...] = ()
    initial: tuple[str, ...] = ()
    hint: str = ""
    placeholder: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form: sending it is typing `command`, followed by the values of its fields in order."""

    title: str
    command: str
    fields: tuple[Field, ...]
    send: str = "Save"
