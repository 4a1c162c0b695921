"""The names that time zones go by, from the zone database and a short list of our own."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from handlers.parsing.tokens import fold

_ALIASES = {
    "Africa/Casablanca": "rabat",
    "Africa/Dar_es_Salaam": "dodoma",
    "Africa/Johannesburg": "pretoria, cape town, durban",
    "Africa/Lagos": "abuja",
    "Africa/Abidjan": "yamoussoukro",
    "America/Chicago": "cdt, central, central time, dallas, houston, austin",
    "America/Denver": "mst, mdt, mountain, mountain time",
    "America/Guayaquil": "quito",
    "America/La_Paz": "sucre",
    "America/Los_Angeles": "pst, pdt, pacific, pacific time, san francisco, seattle, san diego",
    "America/New_York": "est, edt, eastern, eastern time, nyc, washington, washington dc, "
    "boston, miami, philadelphia, atlanta",
    "America/Sao_Paulo": "brasilia, rio, rio de janeiro",
    "America/Toronto": "ottawa",
    "Asia/Almaty": "astana",
    "Asia/Dubai": "abu dhabi, uae, emirates, gst",
    "Asia/Ho_Chi_Minh": "hanoi, saigon",
    "Asia/Hong_Kong": "hkt",
    "Asia/Jakarta": "wib",
    "Asia/Karachi": "pkt, islamabad, lahore, peshawar, quetta, rawalpindi, multan, faisalabad",
    "Asia/Kolkata": "delhi, new delhi, mumbai, bombay, bangalore, bengaluru, chennai, calcutta",
    "Asia/Kuala_Lumpur": "malaysia",
    "Asia/Manila": "pht",
    "Asia/Riyadh": "jeddah, mecca",
    "Asia/Seoul": "kst, south korea, korea",
    "Asia/Shanghai": "beijing, peking, shenzhen, guangzhou, china, prc",
    "Asia/Singapore": "sgt",
    "Asia/Tashkent": "uzbekistan",
    "Asia/Tokyo": "jst, osaka, kyoto",
    "Asia/Yangon": "naypyidaw, burma, rangoon",
    "Asia/Jerusalem": "tel aviv",
    "Asia/Kathmandu": "nepal",
    "Australia/Sydney": "canberra, aest, aedt",
    "Australia/Perth": "awst",
    "Europe/Berlin": "germany, munich, hamburg, frankfurt, cologne, cest, mez, mesz",
    "Europe/Brussels": "cet",
    "Europe/Athens": "eet, eest",
    "Europe/Istanbul": "ankara, trt, turkey",
    "Europe/Kyiv": "kiev, ukraine",
    "Europe/Lisbon": "wet, west, portugal",
    "Europe/London": "uk, britain, great britain, england, scotland, wales, edinburgh, cardiff, "
    "manchester",
    "Europe/Madrid": "spain, barcelona",
    "Europe/Moscow": "msk, st petersburg, saint petersburg",
    "Europe/Rome": "milan, naples",
    "Europe/Zurich": "bern, berne, geneva, basel",
    "Pacific/Auckland": "wellington, nzst, nzdt, new zealand",
    "Pacific/Honolulu": "hst, hawaii",
    "UTC": "utc, gmt, z, zulu, coordinated universal time",
}
"""Unambiguous capitals, large cities and abbreviations that are not zone names themselves."""

_COUNTRIES = {
    "united states": "us, usa, united states of america, america",
    "britain (uk)": "uk, britain, great britain, united kingdom",
    "united arab emirates": "uae, emirates",
    "korea (south)": "korea, south korea",
    "czech republic": "czechia",
}
"""Countries by the zone database's names, and what people call them."""

UNCLEAR = {
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
    "wst": ("Australia/Perth", "Pacific/Apia"),
    "sst": ("Asia/Singapore", "Pacific/Pago_Pago"),
}
"""Abbreviations that stand for zones far apart."""

_NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})


def plain(name: str) -> str:
    """Return a zone's name as it is looked up: folded, single spaces for _ and -, no dots."""
    spaced = re.sub(r"[\s_]+|-(?!\d)", " ", fold(name))
    return re.sub(r"[.'’`]", "", spaced).strip()


@cache
def zone_names() -> dict[str, tuple[str, ...]]:
    """Map every known name to its zone; a country of several zones, to all of them."""
    zones = sorted(available_timezones() - _NOT_PLACES)
    countries = _titled()
    main = {zone for members in countries.values() for zone in members}
    names = dict(countries)
    for zone in sorted(zones, key=lambda each: each in main):
        if not zone.startswith("Etc/"):
            names[plain(zone.rsplit("/", 1)[-1])] = (zone,)
    names |= {plain(zone): (zone,) for zone in zones}
    return names | {
        plain(name): (zone,) for zone, said in _ALIASES.items() for name in said.split(",")
    }


@cache
def country_zones() -> dict[str, tuple[str, ...]]:
    """Map every known name of a country to all of its zones."""
    zones = _titled()
    return zones | {
        plain(name): zones[title] for title, said in _COUNTRIES.items() for name in said.split(",")
    }


def _titled() -> dict[str, tuple[str, ...]]:
    """Country names and their zones, from the database's own tables."""
    titles = dict(line[:2] for line in _table("iso3166.tab"))
    zones: dict[str, tuple[str, ...]] = {}
    for code, _, zone, *_ in _table("zone.tab"):
        name = plain(titles[code])
        zones[name] = (*zones.get(name, ()), zone)
    return zones


def _table(name: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
