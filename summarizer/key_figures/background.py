"""Whether a count of people is the news of its article, or an earlier event that it recalls."""

from __future__ import annotations

import re

from summarizer.casualties.counts import figures
from summarizer.key_figures.assertion import clause
from summarizer.key_figures.kinds import KeyFigure, Kind
from summarizer.language.calendar import A_DAY, A_MONTH
from summarizer.language.sentences import Sentence
from summarizer.language.text import read_once
from summarizer.lazy_pattern import lazy_pattern

OPENING = 2
"""The sentences that, with the title, say what an article is about."""

_HARM = lazy_pattern(
    r"kill|dea[dt]h?|\bdie|\bdying|toll|martyr|slain|drown|injur|wound|hurt|casualt|victim|crash|"
    r"lives|shot|shooting|blast|attack|strike|quake|shell",
    re.IGNORECASE,
)
_ABOUT = {
    Kind.KILLED: _HARM,
    Kind.INJURED: _HARM,
    Kind.MISSING: lazy_pattern(r"missing|unaccounted|rescue|search|capsiz|collaps|drown", re.I),
    Kind.DISPLACED: lazy_pattern(
        r"displac|homeless|flee|fled|flood|quake|refugee|strike|shell", re.I
    ),
    Kind.EVACUATED: lazy_pattern(r"evacuat|fire|flood|erupt|storm|cyclone|hurricane", re.I),
    Kind.ARRESTED: lazy_pattern(r"arrest|detain|held|raid|custody|bust|apprehend", re.I),
    Kind.WITHOUT_POWER: lazy_pattern(r"power|outage|blackout|electric|storm|grid", re.I),
}
_REFERS = lazy_pattern(
    r"\b(?:(?:that|which|who)(?: (?:has|have|had))?(?: also)? (?:kill\w*|claimed|left|injur\w*|"
    r"wound\w*|displaced|leaving|(?:resulted in|led to|caused)(?: the)? (?:deaths?|killing)))\b"
    r"[^,;]{0,60}$"
    r"|\b(?:the (?:\w+ )?|over the )(?:deaths?|killings?) of (?:\w+ ){0,3}$"
    r"|\bafter (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
"""Before a number that only says which event is meant: "the spree that killed", "after two …"."""

_HAD = lazy_pattern(r"\bhad (?:already |also |since )?(?:been|\w+ed|left|led|taken)\b")
_DEFINITE = lazy_pattern(r"\b(?:the|this|those|these) (?:[\w’'-]+ ){1,4}$", re.IGNORECASE)
"""Before "that killed": an event of which the reader is expected to know."""

_DATED = lazy_pattern(
    rf"(?<!said on )(?<!told on )(?<!statement on ){A_DAY}"
    r"|\b(?:yesterday|today|overnight|earlier)\b"
    rf"|\b(?:last|this) (?:night|week|weekend)\b|\b(?:last|past) [\w-]+ hours\b"
    rf"|{A_MONTH}\.? \d|\b\d\d? {A_MONTH}",
)
_A_DAY = lazy_pattern(A_DAY)
_CAUSE = lazy_pattern(r"\b(?:after|following|over|since|from)\b.*$", re.IGNORECASE)
"""The end of a title that names what its news came after."""


def is_part(figure: KeyFigure, title: str) -> bool:
    """Whether a title tells of twice as many: the number is of one place, or an older one."""
    told = [each.value for each in figures(title) if figure.kind.value == each.counted.value]
    return any(each >= 2 * figure.value for each in told) and figure.value not in told


def is_news(figure: KeyFigure, sentence: Sentence, title: str, about: str) -> bool:
    """Whether the number of an incident is of the news that title and opening, `about`, tell."""
    if sentence.index >= OPENING and not _ABOUT[figure.kind].search(about):
        return False
    said = sentence.text
    refers = _REFERS.search(said, 0, figure.start)
    had = _HAD.search(clause(said, figure.start, figure.end))
    if not (refers or had) or _DATED.search(said) or (had and not refers and _A_DAY.search(said)):
        return True
    if any(each.low == figure.value for each in read_once(title).quantities):
        return True
    known = refers is None or _DEFINITE.search(said, 0, refers.start())
    return not known and _HARM.search(_CAUSE.sub("", title)) is not None
