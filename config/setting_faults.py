"""The faults of settings in plain words: what the value must be, and the default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.fields import FieldInfo

from config.setting_fields import SECRETS

_KINDS = {
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_parsing": "true or false",
    "greater_than": "a number",
    "greater_than_equal": "a number",
    "less_than": "a number",
    "less_than_equal": "a number",
}
"""What a value must be, by pydantic's names of errors."""

_LIMITS = (
    ("gt", "more than {}"),
    ("ge", "at least {}"),
    ("lt", "less than {}"),
    ("le", "at most {}"),
)


def told(
    fault: Mapping[str, Any], values: Mapping[str, str], fields: Mapping[str, FieldInfo]
) -> str:
    """The setting, its value and what it must be; `fields` are the settings by their names."""
    reason = str(fault["msg"]).removeprefix("Value error, ")
    if not fault["loc"]:
        return reason
    name = str(fault["loc"][0])
    shown = "(not shown)" if name in SECRETS else values.get(name, "")
    if kind := _KINDS.get(str(fault["type"])):
        reason = f"must be {kind}{_limits(fields[name])}{_default(fields[name])}"
    return f"{name}={shown}: {reason[0].lower()}{reason[1:]}"


def _limits(field: FieldInfo) -> str:
    """ ", at least 1, at most 20"."""
    found = [
        words.format(f"{limit}")
        for name, words in _LIMITS
        for each in field.metadata
        if (limit := getattr(each, name, None)) is not None
    ]
    return "".join(f", {each}" for each in found)


def _default(field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, bool):
        return f"; without it, it is {'true' if default else 'false'}"
    return f"; without it, it is {default}" if isinstance(default, int | float) else ""
