"""Edits that put another name, speaker, date or number in the place of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from benchmarks.quality.adversary.sentences import Sample, put
from benchmarks.quality.adversary.words import NAME, PAST_BE, SAID
from summarizer.language.calendar import DAYS, MONTHS

_NO_NAMES = frozenset({*DAYS, *MONTHS, *(month[:3] for month in MONTHS)})
_ENDS = r"(?![\w’'-]|\. [A-Z\d])"
"""The end of a name; behind "Capt" of "Capt. Hale" it goes on."""

_DONE = r"(?<=(?:ed|en|wn|un|ht|ld|ut|id|it) )by "
"""The "by" of a participle, which an agent follows."""

_OWNS = re.compile(r"[’']s$")
_EQUALS = frozenset({"and", "or", "the", "a", "an", ""})
"""What stands between names of one list, where their order says nothing."""


def exchange_speaker(sample: Sample) -> Iterator[str]:
    for found in re.finditer(
        rf"(?<=[ ,])({NAME}) (?={SAID}\b)|^({NAME}) (?={SAID}\b)", sample.text
    ):
        own = found[1] or found[2]
        if own.split()[0] in {"He", "She", "It", "They", "Friday", *DAYS} or own.split()[
            0
        ].endswith("."):
            continue
        for other in _other_names(sample, own):
            yield put(sample, found, f"{other} ")
            break


def _other_names(sample: Sample, own: str) -> Iterator[str]:
    """Names of the document that share no word with one of the sentence."""
    for found in re.finditer(rf"(?<=[a-z,] ){NAME}", sample.document):
        other = found[0].removesuffix("’s").removesuffix("'s")
        calendar = not {*DAYS, *MONTHS, "This", "The", "Mr", "Mr.", "It", "In"}.isdisjoint(
            other.split()
        )
        whole = (
            other.rstrip(".") == other and len(other) > 2 and f"{other} (" not in sample.document
        )
        if not calendar and whole and other not in sample.text and not _may_be_same(own, other):
            yield other


def _may_be_same(own: str, other: str) -> bool:
    """Whether two names share a word ("Mr Hale", "Dorn-Hale"), or one may shorten the other."""
    one, two = (set(re.split(r"[ -]", name.casefold())) for name in (own, other))
    short = (own.isupper() or other.isupper()) and own[0] == other[0]
    return short or not one.isdisjoint(two)


def exchange_names(sample: Sample) -> Iterator[str]:
    """Exchange two whole names; an ending "'s" stays where it was."""
    text = sample.text
    found = [
        (each.start(), _OWNS.sub("", each[0]))
        for each in re.finditer(rf"(?<=[a-z,] ){NAME}(?=[ ,.]){_ENDS}(?! [A-Z\d])", text)
        if _is_whole(text, each.start()) and each[0].split()[0] not in _NO_NAMES
    ]
    for (start, one), (at, other) in pairwise(found):
        between = text[start + len(one) : at]
        equals = set(re.split(r"[ ,]", between)) <= _EQUALS or " between " in text
        if one != other and not equals:
            yield f"{text[:start]}{other}{between}{one}{text[at + len(other) :]}"
            return


def _is_whole(text: str, start: int) -> bool:
    """Whether a name begins here, and not at its second word: "Corrin" is before "Air"."""
    before = text[:start].split()
    return not before or not before[-1][0].isupper() or before[-1].endswith(",")


def replace_name(sample: Sample) -> Iterator[str]:
    for found in re.finditer(rf"(?<=[a-z] ){NAME}(?=[ ,.])", sample.text):
        if found[0].split()[0] in {*DAYS, *MONTHS}:
            continue
        for other in _other_names(sample, found[0]):
            yield put(sample, found, other)
            return


def swap_agent(sample: Sample) -> Iterator[str]:
    pattern = (
        rf"(?P<one>{NAME}) (?P<be>{PAST_BE}) (?P<verb>[a-z]+(?:ed|en|t|n)"
        rf") by (?P<two>(?:the )?{NAME}){_ENDS}"
    )
    for found in re.finditer(pattern, sample.text):
        swapped = f"{found['two']} {found['be']} {found['verb']} by {found['one']}"
        yield put(sample, found, swapped)
    for found in re.finditer(rf"{_DONE}(?P<two>{NAME}){_ENDS}", sample.text):
        if found["two"].split()[0] in _NO_NAMES:
            continue
        for other in _other_names(sample, found["two"]):
            yield put(sample, found, f"by {other}")
            break


def shift_date(sample: Sample) -> Iterator[str]:
    for names in (DAYS, MONTHS):
        for found in re.finditer(rf"\b(?:{'|'.join(names)})\b", sample.text):
            shift = 2 if names is DAYS else 1
            other = names[(names.index(found[0]) + shift) % len(names)]
            known = [each for each in names if each in sample.document and each not in sample.text]
            yield put(sample, found, (known or [other])[0])
    for found in re.finditer(r"\b(?:19|20)\d\d\b", sample.text):
        yield put(sample, found, f"{int(found[0]) + 1}")


def change_number(sample: Sample) -> Iterator[str]:
    known = re.findall(r"(?<![\d.,$])\d{1,3}(?:,\d{3})*(?![\d,.%]|\w)", sample.document)
    for found in re.finditer(r"(?<![\w.,-])\d{1,3}(?:,\d{3})*(?![\w,.-]\w)", sample.text):
        other = next(
            (each for each in known if each not in sample.text),
            f"{int(found[0].replace(',', '')) + 7}",
        )
        yield put(sample, found, other)
