"""Resolves a weekday's name to a day by the tense of the verb that governs it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from summarizer.language.calendar import A_DAY, DAYS
from summarizer.lazy_pattern import lazy_pattern

_DAY = lazy_pattern(rf"\b(?P<day>{A_DAY})\b")

_HAD = lazy_pattern(r"\bhad\b[^,;:]*$")
_GOES_BACK = lazy_pattern(r"\b(?:after|because|since|following)\b")
_GOES_ON = lazy_pattern(r"\b(?:and|then|before)\b")
_SAID_BEFORE = lazy_pattern(r"\b(?:said|told)\b[^,;:]*$")
"""How the second day of a sentence relates to the first."""

_LOOKS_AHEAD = lazy_pattern(
    r"\b(?:ahead of|before (?!(?:dawn|noon|midnight|sunrise|sunset)\b))[^,.;]*$", re.IGNORECASE
)
_CONJUNCTIONS = r"\b(?:after|as|when|while|because|since|before|that|who|which)\b"
_NEW_CLAUSE = lazy_pattern(_CONJUNCTIONS)
_NEXT_CLAUSE = lazy_pattern(rf"[,;:]|{_CONJUNCTIONS}")
_SPEECH = lazy_pattern(
    r"(?:told (?:an?|the|several|his|her|its)(?: [a-z’'-]+){1,3}"
    r"|(?:said|told)(?: (?:listeners|viewers|reporters|journalists|lawmakers|parliament"
    r"|(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*))?)"
    r"(?: (?:in|at|on|during|to|by|via|through|from|outside|near|late|early|earlier)\b[^,;:]*)?,? ?"
)
"""A verb of speech with its listeners and place, up to the day."""

_MADE_KNOWN = lazy_pattern(
    r"(?:announced|warned|confirmed|claimed|promised|pledged|vowed|threatened|predicted|agreed|"
    r"called|ordered|urged|asked|demanded|proposed|insisted|hinted|suggested|reported|decided|"
    r"declared|noted|argued|stressed|heard|learned|showed|denied)\b"
)
_RIGHT_BEHIND = lazy_pattern(
    r"\w+(?: (?:(?:the|to|of|as) )*[A-Z][\w.’'-]*(?: \([^()]*\))?)*"
    r"(?: (?:in|at|during|from|outside|near|late|early|earlier)\b[^,;:]*?)?(?: on)? "
)
"""A verb of announcing with its listeners and place, up to the day."""

_MAYBE_PRESENT = frozenset(
    ("cut", "hit", "put", "let", "shut", "set", "quit", "beat", "burst", "cost", "hurt", "spread")
)
_TOLD_BEFORE = lazy_pattern(
    r"\b(?:said|says?|told|tells?|announced|warned|confirmed|reported|claimed|expects?|that)\b"
    r"[^,;:]*$"
)
_NEW_PREDICATE = lazy_pattern(r", [a-z]+s\b[^,;:]*$")
"""A comma and a possible present verb: "Hale, who resigned, sails on Monday"."""

_ADVERB = lazy_pattern(r"(?: [a-z]+ly)? ")
_TENSE = lazy_pattern(
    r"""\b(?:
      (?P<coming>(?:will|shall|(?:is|are)\ (?:to|due|set|scheduled|expected|planned|likely|going))
        (?:\ (?:to|not|also|be|have|likely))*(?:\ \w+)?)
    | (?P<unclear>(?:would|could|may|might|should|can|must|due|scheduled|slated|set\ to|upcoming
        |plan(?:s|ned|ning)?|expect\w*|aim(?:s|ed|ing)?|hope[sd]?|prepar\w*
        |(?<!according\ )to(?!\ (?:the|a|an|his|her|its|their|death|zero|record|court|hospital
        |prison|jail|safety|parliament|reporters|journalists|lawmakers|police|officials|people
        |nearly|almost|about|around|over|more|less|[A-Z\d])))(?:\ (?:to|be|have|not))*(?:\ \w+)?)
    | (?P<present>(?<!\bthe\ )(?<!\ba\ )(?<!\ban\ )(?<!\bits\ )(?<!\bhis\ )(?<!\bof\ )(?<!\bin\ )
        (?:takes?|meets?|go|goes|appears?|begins?|comes?|leaves?|arrives?|resumes?|expires?|travels?
        |fly|flies|holds?|opens?|closes?|starts?|ends?|votes?|returns?|decides?|visits|heads|faces
        |hosts|marks|launches|unveils|addresses|kicks?|runs?|rises?|falls?|becomes?|applies|is|are))
    | (?P<past>(?!(?:hundred|need|indeed|speed)\b)[a-z]+ed|said|told|was|were|had|did|died|fell|rose
        |hit|shot|met|held|began|left|took|made|came|went|ran|fled|sent|lost|found|broke|spoke|flew|drew|grew|threw|became|brought
        |bought|sold|paid|led|fought|caught|built|kept|gave|got|saw|stood|wrote|struck|won|quit|cut
        |laid|lay|rose|chose|swore|sought|dealt|shook|drove|put|let|beat|hung|taught|burst|set|shut
        |sank|stole|tore|wore|froze|rang|sang|swung|spent|bent|meant|felt|knew|thought)
    )\b""",
    re.VERBOSE,
)


def day_meant(found: re.Match[str], written: date) -> date | None:
    """The day that a weekday's name means; None where it is ambiguous."""
    day = _day_by_verb(found, written)
    if day is None or day > written:
        return day
    text, at = found.string, found.start("day")
    if day == written and _HAD.search(text[:at]):
        return None
    earlier = max(_DAY.finditer(text[:at]), key=lambda other: other.end(), default=None)
    later = _DAY.search(text, found.end("day"))
    first = _day_by_verb(earlier, written) if earlier else None
    second = _day_by_verb(later, written) if later else None
    if (
        earlier
        and first
        and _out_of_order(text, earlier.span("day"), found.span("day"), first, day)
    ):
        return None
    if later and second and _out_of_order(text, found.span("day"), later.span("day"), day, second):
        return None
    return day


def _out_of_order(
    text: str, one: tuple[int, int], other: tuple[int, int], first: date, second: date
) -> bool:
    """Whether two past days contradict the order of events: a death follows its shooting."""
    between = text[one[1] : other[0]]
    if re.search(r"\bhad\b", between):
        return second >= first
    if _GOES_BACK.search(between):
        return second > first
    if _GOES_ON.search(between):
        return second < first
    return second > first and _SAID_BEFORE.search(text[: one[0]]) is not None


def _day_by_verb(found: re.Match[str], written: date) -> date | None:
    """The day, from the verb before it or else the first one after."""
    text, at = found.string, found.start("day")
    before, after = _verb_before(text, at), _verb_next(text, found.end())
    if before and after and text[before.end() : at] == " ":
        return None
    if before and before["unclear"] and not (after and _NEW_CLAUSE.search(text, before.end(), at)):
        return None
    verb = after or before or _verb_after(text, found)
    if _LOOKS_AHEAD.search(text[:at]):
        return None
    if verb and verb.end() <= at and not _governs(verb, at):
        return None
    back = (written.weekday() - DAYS.index(found["day"])) % 7
    if verb is None or verb["unclear"] or verb["present"]:
        return None
    return written + timedelta(days=(7 - back) % 7 if verb["coming"] else -back)


def _verb_next(text: str, at: int) -> re.Match[str] | None:
    """The verb right after the day: "The Senate on Tuesday narrowly rejected it"."""
    adverb = _ADVERB.match(text, at)
    verb = _TENSE.match(text, adverb.end()) if adverb else None
    return verb if verb and not verb["unclear"] else None


def _verb_before(text: str, at: int) -> re.Match[str] | None:
    return max(_TENSE.finditer(text[:at]), key=lambda verb: verb.end(), default=None)


def _verb_after(text: str, found: re.Match[str]) -> re.Match[str] | None:
    """The verb of the day's own clause; a day that opens the sentence has the first one."""
    verb = _TENSE.search(text, found.end())
    if verb is None or found.start("day") <= len("Early on "):
        return verb
    return None if _NEXT_CLAUSE.search(text, found.end(), verb.start()) else verb


def _governs(verb: re.Match[str], at: int) -> bool:
    """Whether a day belongs to the verb before it: not in "Hale said banks cut on Monday"."""
    text, past = verb.string, verb["past"]
    so_far = text[verb.start() : at]
    if past in {"said", "told"}:
        return _SPEECH.fullmatch(so_far) is not None
    if past and _MADE_KNOWN.fullmatch(past):
        return _RIGHT_BEHIND.fullmatch(so_far) is not None
    if past in _MAYBE_PRESENT and _TOLD_BEFORE.search(text[: verb.start()]):
        return False
    return _NEW_PREDICATE.search(so_far) is None
