"""Edits that take away who says something, when it was so, or what takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.quality.adversary.sentences import Sample
from benchmarks.quality.adversary.words import NAME, SAID, SPEAKER

_SPEAKS = (
    r"(?:said|says?|claims?|claimed|argue[sd]?|alleges?|alleged|insist(?:s|ed)?|warn(?:s|ed)?|"
    r"emphasi[sz]e[sd]|stress(?:es|ed)|announced|told)"
)
_PAST_SPEECH = re.compile(
    r"\b(?:said|told|saying|added|noted|noting|stressed|emphasi[sz]ed|admitted|reported|warned|"
    r"argued|felt|thought|believed|stated|claimed|announced|explained|insisted|confirmed|"
    r"acknowledged|alleged|concluded|found|indicated|suggested|showed|revealed)\b"
)
"""What tells of a claim in the past, where "is" and "was" are one: "He said that it is open"."""

_NO_SIDE = re.compile(
    r"\b(?:police|rescuers?|firefighters|coastguard|hospital|nasa|noaa|usgs|\w*meteorolog\w+|"
    r"weather|geological|seismolog\w+|observatory)\b(?!.*\bsources?\b)",
    re.IGNORECASE,
)
"""Who measures, rescues or keeps the record may go unnamed; unnamed sources may not."""

_OWN_SPEAKER = re.compile(
    rf"^{SPEAKER} (?:(?:has|have|had|also) )*{_SPEAKS} "
    r"|^(?:He|She|They) (?:also )?(?:said|says|emphasi[sz]ed|stressed|claimed) "
)
"""What is left has a speaker: "The army said …" of "The army said …, CNN reported"."""

_UNDOES = (
    r"(?:(?:later|soon|then|since|was|were|has|have|had|been|be|is|are|did) )*"
    r"(?:denied|overturned|failed|rejected|reversed|withdrawn|withdrew|cancelled|"
    r"recanted|retracted|blocked|collapsed|dropped|annulled|suspended)"
)
_SAME = (
    r"(?:(?:it|he|she|they|that|this|(?:the|that|this) "
    r"(?:claim|decision|deal|order|ruling|verdict|conviction|report|plan|vote|law|ban))s? )?"
)


def drop_speaker(sample: Sample) -> Iterator[str]:
    """Leave out who says something, unless a speaker is left or none is needed."""
    for speaker, left in _without_speaker(sample.text):
        if left and not _NO_SIDE.search(speaker) and not _OWN_SPEAKER.search(left):
            yield left


def _without_speaker(text: str) -> Iterator[tuple[str, str]]:
    behind = re.search(
        rf", (?:according to [^,.]+|{SPEAKER} {SAID}(?: on [A-Z]\w+day)?|{SAID} {SPEAKER})\.$",
        text,
    )
    if behind:
        yield behind[0], f"{text[: behind.start()]}."
    for found in re.finditer(
        (
            rf"^{SPEAKER} (?:said|says|claimed|claims|argued|alleged|insisted)"
            rf" (?:on [A-Z]\w+day )?(?:that )?(?=(?:the|it|he|she|they|{NAME})"
            rf"\b)"
        ),
        text,
    ):
        yield found[0], text[found.end()].upper() + text[found.end() + 1 :]
    opening = re.match(r"According to [^,]+, ", text)
    if opening:
        yield opening[0], text[opening.end()].upper() + text[opening.end() + 1 :]


def change_tense(sample: Sample) -> Iterator[str]:
    """Tell as past what is, or the reverse, outside of claims told in the past."""
    if _PAST_SPEECH.search(sample.text):
        return
    for one, other in (("is", "was"), ("are", "were"), ("was", "is"), ("were", "are")):
        if re.search(rf"^(?:The )?[\w ]{{3,40}}\b{one} ", sample.text):
            yield re.sub(rf"\b{one}\b", other, sample.text, count=1)


def drop_retraction(sample: Sample) -> Iterator[str]:
    """Leave out that what is told was denied or undone; a mere contrast takes nothing back."""
    yield re.sub(
        rf", (?:but|although|though) {_SAME}{_UNDOES}\b[^,]*\.$",
        ".",
        sample.text,
    )
    found = re.match(
        (
            rf"^{SPEAKER} (?:denied|denies|rejected|dismissed|disputed) (?:claims|"
            rf"allegations|reports|that|suggestions)(?: that)? (.)"
        ),
        sample.text,
    )
    if found:
        yield found[1].upper() + sample.text[found.end() :]
