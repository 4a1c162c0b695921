"""Sentences that can be read alone but leave open who or what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from summarizer.language.calendar import A_DAY
from summarizer.language.letters import by_case
from summarizer.lazy_pattern import lazy_pattern

_OPENS_WITH_PHRASE = lazy_pattern(
    by_case(
        r"(?:On|In|At|By|After|Before|Once|During|Early|Late|Last|Earlier|Despite|With|As|For|Following|"
        r"Since|Under|Until|Amid|Instead|[A-Z][a-z]+ly)\b"
        r"(?:[^A-Z,]|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|"
        r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sun){0,100}, t(?=he )"
    )
)
"""As in "On Friday, the storm …", without a name."""

_BARE_SUBJECT = lazy_pattern(
    by_case(
        r"The (?!(?:[a-z]+ )?(?:dollar|euro|pound|pope|toll|prices?|number|rate)\b)"
        r"(?:[a-z\d]\S* (?!.*\b[A-Z])"
        r"|[a-z]+ (?:(?:first|now|then|later|[a-z]+ly) )?(?:comes?|came|follows?|began|took|\w+ed|"
        r"is|are|was|were|has|had|have|will|would|could|may|also)\b"
        r"|[a-z]+, (?:which|who|whose|when|once|due)\b"
        r"|[a-z]+, (?:(?:[a-z]+ly |first |now )?(?:[a-z]+ed|set|put|built)|first|about|some|"
        r"roughly)\b"
        r"|[a-z-]+ [a-z]+ (?:is|are|was|were|has|had|have|will|would|could|may)\b"
        r"|(?:move|decision|announcement|incident|change|effort|comment|remark|news|finding)s?"
        r" (?!(?:by|of|in|from) (?:the )?[A-Z]))"
    )
)
_POINTS_BACK = lazy_pattern(
    by_case(
        rf"{A_DAY}['’]s [a-z]+ "
        r"(?!(?:in|at|on|of|near) (?:the )?[A-Z])"
        r"|.*\b[Dd]uring the (?:trip|visit|meeting|talks|call|operation|raid|interview|incident)\b"
        r"(?! (?:to|of|with|between|in|by|on|at)\b)"
        r"|.*\bthat (?:night|day|morning|afternoon|evening|week|month|year)[,.]"
        r"|.*\b(?:signed|approved|passed|rejected|announced|backed|vetoed|accepted|upheld|opposed)"
        r" the "
        r"(?:bill|deal|agreement|law|plan|measure|move|decision|rule|order|proposal)\b"
        r"(?! (?:to|that|which|of|on|for|with|between|by|from|in)\b(?! law))"
        r"|.*\bhere\b|The [^,]+,(?: [^,]+,)? then "
        r"|.*\b(?:these|those) (?:[a-z]+ )?[a-z]+(?<!es)s[.,]"
    )
)
"""Speaks of a day's or a visit's event, or of "those fronts", as if it had been told of."""

_ADDS = lazy_pattern(
    r"(?:\S+ ){1,4}(?:also|thus|therefore|hence|likewise|similarly)\b|.*\b(?:as well|too)\.$"
)
_THE_COUNTRY = lazy_pattern(
    by_case(
        r"\b[Tt]he (?:country|city|town|region|province|village|company|firm|agency|airline|strait|"
        r"island|peninsula|neighbou?rhood|board|algorithm|device|suspect|victim)\b"
        r"(?! (?:of|that|which|whose|where|behind)\b| [A-Z])"
    )
)
_NO_NAME = (
    "The|A|An|In|On|At|By|For|From|After|Before|When|While|As|If|But|And|Last|This|That|These|Those|"
    "One|Two|Three|Four|Five|Some|More|Many|Most|All|No|Its|Their|His|Her|Police|Officials|Doctors|"
    "Residents|Hundreds|Thousands|Dozens|According|With|Of|To|Since|Until|During|Under|Over"
)
_PLACE = lazy_pattern(
    by_case(
        r"\b(?:in|of|to|from|with|for|against|across|near) (?:the )?[A-Z]|[A-Z]\w{1,60}['’]s?\b"
        rf"|^(?:The )?(?!(?:{_NO_NAME})\b)[A-Z]\w+ "
        r"(?!said|says|told|noted|added|warned|stated)[a-z]"
        r"|\b[A-Z]\w+(?:i|an|ese|ish)\b"
    )
)
_THE_YEAR_OLD = lazy_pattern(r"\b[Tt]he (?:\w+ )?\d+-year-old\b")
_NAME = lazy_pattern(by_case(r"\b[A-Z]"))


def is_vague(text: str) -> bool:
    """Whether it speaks of "the station" or "the country" and names none, or adds to the last."""
    return any(finds(text) for _, finds in CHECKS)


def _bare_subject(text: str) -> bool:
    main = _OPENS_WITH_PHRASE.sub("T", text, count=1) if ", the " in text else text
    return _BARE_SUBJECT.match(main) is not None


def _unnamed(what: re.Pattern[str], name: re.Pattern[str], text: str, after: int = 0) -> bool:
    """Whether `what` is spoken of and nothing before it may be its name."""
    found = what.search(text)
    return found is not None and name.search(text, after, found.start()) is None


CHECKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("has a subject without a name", _bare_subject),
    ("adds to the sentence before", lambda text: _ADDS.match(text) is not None),
    ("points back at an event", lambda text: _POINTS_BACK.match(text) is not None),
    ("speaks of an unnamed country or company", lambda text: _unnamed(_THE_COUNTRY, _PLACE, text)),
    ("speaks of somebody by age", lambda text: _unnamed(_THE_YEAR_OLD, _NAME, text, after=1)),
)
"""A reason, and whether a sentence is vague for it."""
