"""A form that was sent, and which of its fields are at fault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

FaultOfLine = Callable[[str], Awaitable[str]]
"""Why a line will be refused; "" if it will not."""


@dataclass(frozen=True, slots=True)
class SentField:
    """A field's words in the command that its form sends.

    `instead` is what it would say with a value that nobody refuses; "" where it may be left out.
    """

    id: str
    words: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was sent: its command, its fields, and the language that it speaks."""

    command: str
    fields: tuple[SentField, ...]
    language: str = ""

    def line(self, without: Collection[str] = ()) -> str:
        """Return what sending it types, without what these fields say."""
        said = (each.instead if each.id in without else each.words for each in self.fields)
        return " ".join((f"/{self.command}", *filter(None, said)))


async def faults_of(form: SentForm, fault_of: FaultOfLine) -> dict[str, str]:
    """Return what is wrong with a form, by the ids of its fields; nothing if it can be sent.

    A field is at fault if the command without its value is not refused, or for another reason. A
    fault of no single field, such as too many digests, is told at the first one.
    """
    found: dict[str, str] = {}
    reason = await fault_of(form.line())
    while reason:
        field, left = await _field_at_fault(form, found, reason, fault_of)
        if not field:
            break
        found[field] = reason
        reason = left
    if reason and not found:
        return {each.id: reason for each in form.fields[:1]}
    return found


async def _field_at_fault(
    form: SentForm, known: Collection[str], reason: str, fault_of: FaultOfLine
) -> tuple[str, str]:
    """Return the field that a reason is about, "" if none; and the reason that is then left."""
    for each in form.fields:
        if each.words and each.id not in known:
            left = await fault_of(form.line({*known, each.id}))
            if left != reason:
                return each.id, left
    return "", reason
