"""A reader's filter as a JSON value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.models import NO_FILTER, FilterTerm, NewsFilter

Values = list[dict[str, Any]]


def filter_values(given: NewsFilter) -> Values | None:
    """Return the terms of a filter; None for one that lets everything through."""
    if not given:
        return None
    return [
        *(_value(t, wanted=True) for t in given.wanted),
        *(_value(t, wanted=False) for t in given.unwanted),
    ]


def filter_from(values: Sequence[Mapping[str, Any]] | None) -> NewsFilter:
    """Return the filter that was stored as these values."""
    if not values:
        return NO_FILTER
    terms = [(FilterTerm(each["text"], each["country"]), each["wanted"]) for each in values]
    return NewsFilter(
        tuple(term for term, wanted in terms if wanted),
        tuple(term for term, wanted in terms if not wanted),
    )


def _value(term: FilterTerm, *, wanted: bool) -> dict[str, Any]:
    return {"text": term.text, "country": term.country, "wanted": wanted}
