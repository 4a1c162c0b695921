"""Names of settings: which are known, and which one a misspelt name means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from pydantic import AliasChoices, Field

PREFIX = "BRIEFBOT_"
FAMILIES = (PREFIX, "TELEGRAM_", "SLACK_", "OPENAI_", "DATABASE_")
"""What the names of settings start with."""


def named(name: str, **more: Any) -> Any:
    """A field of the settings that this environment variable sets."""
    return Field(validation_alias=AliasChoices(name), **more)


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that a misspelt one most probably means."""
    found = get_close_matches(name.upper(), sorted(known), n=1, cutoff=0.75)
    return found[0] if found else None


def nearest_zone(name: str) -> str | None:
    """The time zone that a misspelt or abbreviated name most probably means."""
    zones = {each.lower(): each for each in sorted(available_timezones()) if "/" in each}
    cities = {each.rpartition("/")[2]: each for each in zones}
    given = name.strip().lower().replace(" ", "_")
    found = get_close_matches(given, zones, n=1, cutoff=0.75)
    city = get_close_matches(given.rpartition("/")[2], cities, n=1, cutoff=0.75)
    return zones[found[0]] if found else zones[cities[city[0]]] if city else None


def local_zone() -> str:
    """The time zone of this machine, or UTC where it does not say."""
    try:
        linked = Path("/etc/localtime").resolve().parts
    except OSError:
        return "UTC"
    for length in (3, 2, 1):
        name = "/".join(linked[-length:])
        if name in available_timezones():
            return name
    return "UTC"


def unknown_names(given: Mapping[str, str], known: Collection[str], prefix: str) -> list[str]:
    """The names with this prefix that are set and that are no settings."""
    return sorted(
        name for name in given if name.startswith(prefix) and name not in known and given[name]
    )


def unknown_told(name: str, known: Collection[str]) -> str:
    """A line about a name that is no setting."""
    if meant := nearest(name, known):
        return f"{name} is not a setting: did you mean {meant}?"
    ours = ", ".join(sorted(each for each in known if each.startswith(PREFIX)))
    return f"{name} is not a setting: the known ones are {ours}"
