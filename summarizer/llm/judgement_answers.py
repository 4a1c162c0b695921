"""Reads the judgements in a model's answer; what is missing or out of range is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarizer.judgements import GENRES, MOST_IMPORTANT, Judgement
from summarizer.llm.answer_json import items_in
from summarizer.llm.answers import numbers_in, stripped
from summarizer.llm.candidates import Candidate
from summarizer.llm.server.request import AnswerFormat, json_object

LONGEST_REASON = 160
_NONE = frozenset({"", "none", "null", "no", "n/a"})


def editing_format(topics: Sequence[str]) -> AnswerFormat:
    """The form of an answer: a judgement on each story."""
    number: dict[str, object] = {"type": "integer"}
    judged = json_object(
        {
            "story": number,
            "topics": {"type": "array", "items": {"type": "string", "enum": list(topics)}},
            "genre": {"type": "string", "enum": list(GENRES)},
            "importance": {"type": "integer", "enum": list(range(MOST_IMPORTANT + 1))},
            "reason": {"type": "string"},
        }
    )
    schema = json_object({"stories": {"type": "array", "items": judged}})
    return AnswerFormat("judgements", schema)


def read_judgements(
    answer: str, candidates: Sequence[Candidate], topics: Sequence[str]
) -> dict[str, Judgement]:
    """The judgements by candidate id; raises Unreadable where the answer holds none.

    A story that is judged twice keeps the first judgement.
    """
    found: dict[str, Judgement] = {}
    for item in items_in(answer, "stories", _is_judgement):
        candidate = _candidate(item, candidates)
        judgement = _judgement(item, candidate, topics) if candidate else None
        if candidate is not None and judgement is not None:
            found.setdefault(candidate.id, judgement)
    return found


def _is_judgement(item: Mapping[str, Any]) -> bool:
    return "importance" in item and ("genre" in item or "topics" in item or "topic" in item)


def _candidate(item: Mapping[str, Any], candidates: Sequence[Candidate]) -> Candidate | None:
    """The story that a judgement is about, by the number that it gives or stands under."""
    given = next((item[name] for name in ("story", "number", "id") if name in item), item["key"])
    numbers = numbers_in(given)
    fits = len(numbers) == 1 and 1 <= numbers[0] <= len(candidates)
    return candidates[numbers[0] - 1] if fits else None


def _judgement(
    item: Mapping[str, Any], candidate: Candidate, topics: Sequence[str]
) -> Judgement | None:
    """The judgement, or None where genre or importance are none of those asked for."""
    genre = str(item.get("genre", "news")).strip().lower().replace(" ", "_").replace("-", "_")
    grades = numbers_in(item["importance"])
    if genre not in GENRES or len(grades) != 1 or not 0 <= grades[0] <= MOST_IMPORTANT:
        return None
    named = set(_names(item.get("topics", item.get("topic"))))
    known = {each.casefold(): each for each in topics}
    if not named <= known.keys() | _NONE:
        return None
    return Judgement(
        frozenset(known[each] for each in named & known.keys()),
        genre,
        grades[0],
        stripped(str(item.get("reason") or ""))[:LONGEST_REASON],
        candidate.id,
    )


def _names(value: object) -> Iterator[str]:
    """Topic names from a list, a text with commas, or an object of names and truth values."""
    if isinstance(value, str):
        yield from (each.strip().casefold() for each in value.split(","))
    elif isinstance(value, dict):
        yield from (str(name).strip().casefold() for name, held in value.items() if held is True)
    elif isinstance(value, list):
        for each in value[:50]:
            yield from _names(each)
