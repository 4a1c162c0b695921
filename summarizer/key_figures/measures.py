"""Figures with a unit: electricity in megawatts, oil in barrels a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from summarizer.key_figures.assertion import asserts, is_goal
from summarizer.key_figures.kinds import KeyFigure, Kind
from summarizer.language.calendar import A_DAY
from summarizer.language.content_words import STOP
from summarizer.language.quantity import Quantity
from summarizer.language.text import Text
from summarizer.language.word_lists import listed
from summarizer.lazy_pattern import lazy_pattern

_POWER = frozenset({"mw", "gw", "kw"})
_A_DAY = lazy_pattern(
    r" ?(?:bpd|b/d|(?:of (?:crude|oil|crude oil) )?(?:a|per|each) day|daily)\b", re.I
)
_BPD = lazy_pattern(r" ?(?:bpd|b/d)\b")
_MEASURED = lazy_pattern(
    r"\b(shortfall|deficit|demand|generation|output|production|capacity|consumption|load|exports|"
    r"imports|supply|supplies|quotas?|throughput)\b(?! (?:pipeline|terminal|plant|unit|line)s?\b)",
    re.IGNORECASE,
)
_MEASURED_BEHIND = lazy_pattern(
    r"(?: (?:a|per) day)? (?:of )?(?:\w+ )?"
    r"(shortfall|deficit|demand|capacity|output|production|exports|imports)\b",
    re.IGNORECASE,
)
_PARTED = lazy_pattern(r"[,;:]|\b(?:that|which|who|when|while|and|but)\b")
_SHUT_IN = lazy_pattern(
    r"\b(?:shut in|shut down|knocked out|taken offline|took offline|halted)"
    r"(?: (?:about|around|nearly|almost|some|more than|over|at least|up to))? $"
)
_OF_WHAT = listed("crude oil gas natural total daily power electricity peak hourly")
_OWNER = lazy_pattern(rf"(?:^|[\s(“\"])([A-Z][\w.’'-]+) (?:(?:{'|'.join(_OF_WHAT)}) )*$")
_NO_OWNER = STOP | frozenset(
    listed(
        """higher lower combined overall current new record average rising falling increased reduced
        strong stronger weak weaker maximum minimum installed net gross spare full actual estimated
        annual monthly weekly yearly today yesterday meanwhile"""
    )
    + _OF_WHAT
)
"""Words with which a sentence may begin, and which own nothing."""

_POSSESSIVE = lazy_pattern(r"[’']s?$")
_DAY = lazy_pattern(A_DAY)
_OF_GOODS = frozenset(("exports", "imports", "supplies", "quota", "quotas"))
_BUILT = lazy_pattern(
    r"[- ](?:of |of new )?(?:[\w-]+ ){0,4}?((?:wind|solar|power|battery|nuclear|hydropower|hydro|"
    r"storage|generation|offshore|thermal|gas|coal)[\w -]{0,24}?"
    r"(?:farms?|plants?|projects?|stations?|parks?|batter(?:y|ies)|systems?|capacity|units?|storage))\b",
    re.IGNORECASE,
)
_DONE = (
    r"\b(?:online|operational|in operation|operating|commission(?:ed|s)|(?:re)?started|starts|"
    r"inaugurat(?:ed|es)|complet(?:ed|es)|energi[sz]ed|connected|tripped|shut|offline|hit|damaged|"
    r"opened|opens|switched|runs|running)\b"
)
_CHANGED = lazy_pattern(_DONE, re.IGNORECASE)
"""What makes the size of a plant news: it runs now, or no longer does."""

_CHANGED_BEFORE = lazy_pattern(
    rf"{_DONE}(?: (?:(?:operations?|generation|production) (?:of|at)|"
    r"(?!(?:on|at|in|of|for|to|out|about|against|with|by|from|over|near|into|and|but|that)\b)"
    r"[\w’'-]+)){0,5}(?: (?:about|over|up to))? $",
    re.IGNORECASE,
)
"""Before the size of a plant that is the verb's object, and not only what is spoken of."""

_SPOKEN_OF = lazy_pattern(
    r"\b(?:against|about|over|on|for|to|into|(?:construction|building) of) "
    r"(?:an?|the|its|their|this|his|her)(?: [\w’'-]+)? $",
    re.IGNORECASE,
)

_NAMED = lazy_pattern(r"[- ](?!(?:MW|GW)\b)[A-Z][a-z]")
"""Behind the size of a plant that has a name: "the 396 MW Merkur wind farm"."""

_BY = lazy_pattern(
    r"\b(?:by|from|between|about to|additional|another|extra|cuts? of|rise of|increase of)"
    r"(?: (?!to\b)[a-z-]+){0,5} $"
    r"|\b(?:between|from)\b[^,;]{0,40}\b(?:and|to) $|\d ?(?:-|to|or) ?$",
    re.IGNORECASE,
)
_GOES_ON = lazy_pattern(r" ?(?:-|to|or) ?\d| and \d")
_HEDGE = lazy_pattern(
    r"\b(at least|more than|over|about|around|nearly|almost|some|up to|as much as|roughly|"
    r"approximately|just over|just under) $",
    re.IGNORECASE,
)
_REACH = 70


def measured(text: Text, written: date) -> Iterator[KeyFigure]:
    """The numbers of megawatts and of barrels a day that a sentence states as fact."""
    for number in text.quantities:
        if number.vague:
            continue
        if (number.unit in _POWER and (found := _electricity(text, number, written))) or (
            found := _oil(text, number, written)
        ):
            yield found


def _electricity(text: Text, number: Quantity, written: date) -> KeyFigure | None:
    start, end = text.words[number.first].start, text.words[number.last].end
    if re.match(r"[- ]?hours?\b|h\b|/", text.folded[end:]):
        return None
    built = _BUILT.match(text.folded, end)
    if (not _is_changed(text, start, built.end())) if built else _NAMED.match(text.folded, end):
        return None
    what = built[1] if built else _nearest(text, start, end)
    if not what or what.rpartition(" ")[2] in _OF_GOODS or not _fits(text, number, written):
        return None
    unit = {"mw": "MW", "gw": "GW", "kw": "kW"}[number.unit or ""]
    return _figure(text, number, Kind.ELECTRICITY, f"{_plain(text, number)} {unit}", what, end)


def _is_changed(text: Text, start: int, end: int) -> bool:
    """Whether the plant that stands at these characters is said to run now, or no longer."""
    near = max(0, start - _REACH)
    if _CHANGED_BEFORE.search(text.folded, near, start):
        return True
    changed = _CHANGED.search(text.folded, end, end + _REACH)
    if changed is None or _SPOKEN_OF.search(text.folded, near, start):
        return False
    return not _PARTED.search(text.folded, end, changed.start())


def _oil(text: Text, number: Quantity, written: date) -> KeyFigure | None:
    end = text.words[number.last].end
    day = _A_DAY.match(text.folded, end)
    bare = number.unit is None and _BPD.match(text.folded, end)
    if not (number.unit == "bpd" or (number.unit == "barrel" and day) or bare):
        return None
    start = text.words[number.first].start
    what = _nearest(text, start, end)
    if not what or not _fits(text, number, written):
        return None
    last = day.end() if day else end
    said = f"{_plain(text, number)} barrels a day"
    return _figure(text, number, Kind.OIL, said, what, last)


def _fits(text: Text, number: Quantity, written: date) -> bool:
    start, end = text.words[number.first].start, text.words[number.last].end
    if _BY.search(text.folded, max(0, start - 60), start) or _GOES_ON.match(text.folded, end):
        return False
    return not is_goal(text, start, end) and asserts(text, number.first, number.last, written)


def _nearest(text: Text, start: int, end: int) -> str:
    """The nearest word for what is measured, in the number's own sentence; "" without one."""
    if _SHUT_IN.search(text.folded, max(0, start - _REACH), start):
        return "shut in"
    before = [*_MEASURED.finditer(text.folded, max(0, start - _REACH), start)]
    if before and not _PARTED.search(text.folded, before[-1].end(), start):
        return f"{_owner(text, before[-1].start())} {before[-1][1].lower()}".strip()
    behind = _MEASURED_BEHIND.match(text.folded, end)
    return behind[1].lower() if behind else ""


def _owner(text: Text, at: int) -> str:
    """Whose what is measured at a character is, in one word: "Saudi", "Yanbu's"; or ""."""
    found = _OWNER.search(text.folded, 0, at)
    name = found[1] if found else ""
    plain = _POSSESSIVE.sub("", name)
    return "" if plain.lower() in _NO_OWNER or _DAY.fullmatch(plain) else name


def _plain(text: Text, number: Quantity) -> str:
    if number.low >= 1e6:
        return f"{number.low / 1e6:,.10g} million"
    return f"{number.low:,.10g}"


def _figure(text: Text, number: Quantity, kind: Kind, said: str, what: str, end: int) -> KeyFigure:
    start = text.words[number.first].start
    hedge = _HEDGE.search(text.folded, max(0, start - 30), start)
    told = hedge[1].lower() if hedge else ""
    told = "" if told == "some" else told
    return KeyFigure(
        kind,
        number.low,
        f"{told} {said}".strip(),
        what,
        hedge.start() if hedge and told else start,
        end,
        rounded=bool(told),
        unit=number.unit if kind is Kind.ELECTRICITY and number.unit else "",
    )
