"""Reads config/outlets.toml: state and party media, and who speaks for each side."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

OUTLETS_FILE = Path(__file__).with_name("outlets.toml")
STATE_MEDIA, PARTY_MEDIA = "state media", "party media"


class OutletsError(ValueError):
    """The table of outlets cannot be used; the message names the place."""


@dataclass(frozen=True)
class Side:
    """A state or party, the words that its speakers are called by, and its media."""

    name: str
    words: tuple[str, ...]
    state_media: tuple[str, ...] = ()
    party_media: tuple[str, ...] = ()


@dataclass(frozen=True)
class Affiliation:
    """An outlet's side, and its kind: STATE_MEDIA or PARTY_MEDIA."""

    side: str
    kind: str


@dataclass(frozen=True)
class Outlets:
    """The whole table. `claims` are words of disputed acts, `unnamed` speakers of some side."""

    sides: tuple[Side, ...]
    claims: tuple[str, ...]
    unnamed: tuple[str, ...]

    def of(self, source: str, url: str | None) -> Affiliation | None:
        """The affiliation of an outlet by its name or its address's host; None for others."""
        found = self._known.get(source.strip().casefold())
        host = _host(url)
        while found is None and "." in host:
            found = self._known.get(host)
            host = host.partition(".")[2]
        return found

    @cached_property
    def _known(self) -> Mapping[str, Affiliation]:
        known: dict[str, Affiliation] = {}
        for side in self.sides:
            for kind, names in ((STATE_MEDIA, side.state_media), (PARTY_MEDIA, side.party_media)):
                known |= {name.casefold(): Affiliation(side.name, kind) for name in names}
        return known


def load_outlets(path: Path = OUTLETS_FILE) -> Outlets:
    """The table; raises OutletsError naming what is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OutletsError(f"{path} cannot be read: {error}") from error
    if unknown := table.keys() - {"claims", "unnamed", "sides"}:
        raise OutletsError(f"{path}: {sorted(unknown)[0]!r} is not known here")
    sides = tuple(_side(path, name, fields) for name, fields in table.get("sides", {}).items())
    return Outlets(
        sides,
        _words(path, "claims", table.get("claims", [])),
        _words(path, "unnamed", table.get("unnamed", [])),
    )


@lru_cache(maxsize=1)
def shipped_outlets() -> Outlets:
    """The table as it lies in the configuration, read once."""
    return load_outlets()


def _side(path: Path, name: str, fields: object) -> Side:
    known = {"words", "state_media", "party_media"}
    if not isinstance(fields, dict) or (unknown := fields.keys() - known):
        what = f": {sorted(unknown)[0]!r} is not known here" if isinstance(fields, dict) else ""
        raise OutletsError(f"{path}: side {name}{what or ' is no table'}")
    return Side(
        name, **{key: _words(path, f"side {name}, {key}", fields.get(key, [])) for key in known}
    )


def _words(path: Path, place: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(
        isinstance(each, str) and each.strip() for each in value
    ):
        raise OutletsError(f"{path}: {place}: a list of words is needed")
    return tuple(value)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
