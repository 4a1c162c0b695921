"""What in a sentence points back at the sentences before it. All is asked of its unquoted words."""

from __future__ import annotations

import re

from summarizer.language.calendar import A_DAY
from summarizer.language.letters import by_case
from summarizer.language.names import opens_with_person
from summarizer.lazy_pattern import lazy_pattern

_SUBORDINATE = (
    "when|as|if|after|before|while|although|though|because|since|once|until|unless|where|whether"
)
_PREPOSITION = (
    "in|on|at|by|for|with|of|to|from|under|over|after|before|despite|following|since|until|among|"
    "amid|during|because of|besides|beyond|without|within|through|as for|according to|unlike|like"
)
_POINTING = "this|that|these|those|it|they|them|he|him|she|her|his|their|its|such"
_OPENS_DANGLING = lazy_pattern(
    rf"""\W*(?:
      (?:{_POINTING}|hers|theirs|the\ (?:latter|same)|i|we|you|our|my|your)(?:['’]\w+)?\b
    | (?:but|and|or|nor|so|yet|then|there|here|still|also|too|instead|however|meanwhile)\b
    | (?:otherwise|thus|therefore|hence|moreover|furthermore|nevertheless|nonetheless)\b
    | (?:additionally|similarly|likewise|consequently|accordingly|conversely|elsewhere)\b
    | (?:[a-z]+ly|afterwards?|later|earlier),
    | (?:an?|one|two|three|four|five|six|ten|several|some|few|many|\d+)\ (?:\w+\ )?
        (?:minute|hour|day|week|month|year|decade)s?\ (?:earlier|later|before|afterwards?),
    | (?:even|if|doing|to\ do)\ so\b | to\ \w+\ (?:this|that|these|it|them)\b
    | for\ (?:example|instance)\b
    | (?:in\ (?:addition|contrast|response|return|turn|fact|short)|as\ (?:a\ result|such|well)),
    | (?:at\ the\ same\ time|by\ contrast|on\ the\ other\ hand|the\ other\b)
    | (?:both|either|neither|each|all|none|some|many|most|several|few|one|two|three|half)
        \ of\ (?:them|these|those|us|its|the\ (?:two|three))\b
    | (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|some|several|many|most|all)
        \ (?:others\b|of\ the\ (?:men|women|others|dead|injured|wounded|victims|suspects)
        \b(?!\ (?:of|in|from|who|on|at|killed|held)\b))
    | the\ (?:first|second|third|fourth|fifth)\ (?:man|woman|suspect|victim|attacker|person)\b
    | the\ former(?:,|\ (?:is|was|has|had|will|would|\w+ed)\b)
    | the\ (?:two|three|four|pair|trio|duo|couple)(?:\ (?:sides?|men|women|countries|nations|
        leaders|governments|companies|parties|groups|others?))?
        \ (?:is|are|was|were|has|had|have|will|would|also|met|meet|agree|said|say|signed|\w+ed)\b
    | (?:each|neither|either|both|other|another)\ (?:side|party|man|woman|men|women|sides|
        governments?|countr(?:y|ies)|parties|leaders|companies|groups)s?\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENS_WITH_CLAUSE = lazy_pattern(
    rf"\W*(?:(?:{_SUBORDINATE}) (?:{_POINTING}|we|you|there)"
    rf"|(?:{_PREPOSITION}) (?:{_POINTING}))\b(?! (?:week|month|year|summer|winter|spring|autumn))",
    re.IGNORECASE,
)
_PRONOUN = lazy_pattern(
    r"\b(?:(?P<one>he|she|him|his|her|hers|himself|herself)|they)\b", re.IGNORECASE
)
_PERSON = (
    r"man|woman|boy|girl|president|coach|chief|judge|suspect|guard|victim|baby|child|mother|father|"
    r"wife|husband|son|daughter|star|king|queen|student|patient|client|leader"
)
_NAMED = r"(?<=\w )[A-Z][\w’'-]+|\b[A-Z][\w-]+(?:['’]s| [A-Z])"
_ANTECEDENT_OF_ONE = lazy_pattern(
    by_case(rf"{_NAMED}|\b(?:{_PERSON}|\w+(?:man|ist|er|or|ant|ent|ee|ian))(?:['’]s)?\b")
)
_ANTECEDENT_OF_MANY = lazy_pattern(
    by_case(
        rf"{_NAMED}|\b(?:{_PERSON}|people|police|family|children|team|group|crew|army|government|"
        r"party|company|ministry|\w+(?:man|men|ist|er|or|s))\b"
    )
)
_WHERE = lazy_pattern(
    by_case(
        rf"\b{A_DAY}\b"
        r"|\b(?:in|at|from|near|across) (?:the )?[A-Z][\w’'-]*(?:,? [A-Z][\w’'-]*)*(?! [a-z]+ed\b)"
    )
)
"""A place or a day, which "he" cannot mean."""

_NAME_AFTER_COMMA = lazy_pattern(
    by_case(r"[^,]{0,60}, (?:(?:the|a|an|former|president|minister|[a-z]+ minister) ){0,3}[A-Z]")
)
_THINGS = lazy_pattern(
    r"\b(?:talk|contract|meeting|rule|law|plan|price|term|deal|vote|year|month|week|day|hour|"
    r"attack|protest|sanction|election|charge|document|result|figure|condition|proposal)s\b"
    r"|\b(?:after|under|over|later|earlier|however|whether|never|further|for)\b",
    re.IGNORECASE,
)
"""What ends like whoever does something, and no "he" can mean."""


def leans(own: str) -> bool:
    """Whether it opens with what only the sentence before explains: "It", "The two sides"."""
    if _OPENS_DANGLING.match(own):
        return True
    clause = _OPENS_WITH_CLAUSE.match(own)
    return clause is not None and not _NAME_AFTER_COMMA.match(own, clause.end())


def has_lost_pronoun(own: str) -> bool:
    """A pronoun for a person or people, and nobody before it whom it could mean."""
    found = _PRONOUN.search(own)
    if found is None:
        return False
    before = _THINGS.sub("", _WHERE.sub("", own[: found.start()]))
    if opens_with_person(before):
        return False
    if (_ANTECEDENT_OF_ONE if found["one"] else _ANTECEDENT_OF_MANY).search(before):
        return False
    return not _NAME_AFTER_COMMA.match(own, found.end())
