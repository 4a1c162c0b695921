"""Settings that list names, separated by spaces or commas."""

from __future__ import annotations

import re
from ipaddress import ip_network

_CHAT = r"telegram:-?\d+|slack:[TE][A-Z0-9]+(?:/[CGD][A-Z0-9]+)?|slack:[CGD][A-Z0-9]+"
_PERSON = r"telegram:\d+|slack:(?:[TE][A-Z0-9]+/)?[UW][A-Z0-9]+"


def networks(value: object) -> object:
    """The networks of a text; raises ValueError for what is none."""
    names = _names(value)
    try:
        return [ip_network(name) for name in names] if isinstance(names, list) else names
    except ValueError as error:
        raise ValueError(f"must be networks such as 10.0.0.0/8, fd00::/8 ({error})") from None


def chat_names(value: object) -> object:
    """The chats and workspaces of a text; raises ValueError for what is none."""
    return _checked(
        value,
        _CHAT,
        "must be chats or workspaces such as telegram:-1001234, slack:T0123ABC, slack:C0123ABC "
        "or slack:T0123ABC/C0123ABC",
    )


def person_names(value: object) -> object:
    """The people of a text; raises ValueError for who is none."""
    return _checked(value, _PERSON, "must be names such as telegram:12345 or slack:U0123ABC")


def language_codes(value: object) -> object:
    """The codes of languages of a text; raises ValueError for what is none."""
    return _checked(value, "[a-z]{2,3}", "must be codes of languages such as en, de")


def _checked(value: object, pattern: str, fault: str) -> object:
    names = _names(value)
    for name in names if isinstance(names, list) else ():
        if not re.fullmatch(pattern, name, re.ASCII):
            raise ValueError(fault)
    return names


def _names(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value
