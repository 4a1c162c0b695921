"""Which sentences can be read without those around them."""

from __future__ import annotations

import re
from collections.abc import Callable

from summarizer.quotes import balanced, unquoted

FEWEST_WORDS = 5

_SUBORDINATE = (
    "when|as|if|after|before|while|although|though|because|since|once|until|unless|where|whether"
)
_PREPOSITION = (
    "in|on|at|by|for|with|of|to|from|under|over|after|before|despite|following|since|until|among|"
    "amid|during|because of|besides|beyond|without|within|through|as for|according to|unlike|like"
)
_POINTING = "this|that|these|those|it|they|them|he|him|she|her|his|their|its|such"
_OPENS_DANGLING = re.compile(
    rf"""\W*(?:
      (?:{_POINTING}|hers|theirs|the\ (?:latter|former|same)|i|we|you|our|my|your)(?:['’]\w+)?\b
    | (?:but|and|or|nor|so|yet|then|there|here|still|also|too|instead|however|meanwhile)\b
    | (?:otherwise|thus|therefore|hence|moreover|furthermore|nevertheless|nonetheless)\b
    | (?:additionally|similarly|likewise|consequently|accordingly|conversely|elsewhere)\b
    | (?:even|if|doing|to\ do)\ so\b | for\ (?:example|instance)\b
    | (?:in\ (?:addition|contrast|response|return|turn|fact|short)|as\ (?:a\ result|such|well)),
    | (?:at\ the\ same\ time|by\ contrast|on\ the\ other\ hand|the\ other\b)
    | (?:both|either|neither|each|all|none|some|many|most|several|few|one|two|three|half)
        \ of\ (?:them|these|those|us|its|the\ (?:two|three))\b
    | (?:each|neither|either|both|other|another)\ (?:side|party|man|woman|men|women|sides|
        governments?|countr(?:y|ies)|parties|leaders|companies|groups)s?\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENS_WITH_CLAUSE = re.compile(
    rf"\W*(?:(?:{_SUBORDINATE}) (?:{_POINTING}|we|you|there)"
    rf"|(?:{_PREPOSITION}) (?:{_POINTING}))\b(?! (?:week|month|year|summer|winter|spring|autumn))",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:I(?:['’]\w+| [a-z])|[Ww]e(?:['’]\w+)?|[Oo]urs?|us|[Yy]ou(?:['’]\w+)?|[Yy]ours?|[Mm]y|me|"
    r"let['’]s|Let['’]s)\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself|they)\b", re.IGNORECASE)
_ANTECEDENT = re.compile(
    r"(?<=\w )[A-Z][\w’'-]+|\b[A-Z][\w-]+(?:['’]s| [A-Z])|\b(?:man|woman|boy|girl|president|coach|"
    r"chief|judge|suspect|people|police|family|children|guard|team|group|crew|army|government|"
    r"party|company|ministry|victim|\w+(?:man|men|ist|er|or|s))\b"
)
_NAME_AFTER_COMMA = re.compile(
    r"[^,]{0,60}, (?:(?:the|a|an|former|president|minister|[a-z]+ minister) ){0,3}[A-Z]"
)
_ENDS = re.compile(r"(?<!\.)[.۔。।!！][\"'”’»)\]]*$")
_CUT_OFF = re.compile(r"(?:\.\.|…)[\"'”’»)\]]*$")
_LIST_MARK = re.compile(r"\s*(?:[-*•▪●◦‣–—#>]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_ENGLISH = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SPACED = re.compile(r"\w\s\w")
VERB = re.compile(
    r"""\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|does|do
    |did|said|told|won|fell|rose|hit|struck|shot|cut|met|held|put|set|shut|began|left|took|made|came
    |went|ran|fled|sent|lost|found|sank|broke|spoke|flew|drew|grew|drove|threw|became|brought|bought
    |sold|paid|led|fought|caught|built|kept|gave|got|saw|knew|thought|stood|rode|wrote|chose|stole
    |swore|dug|sought|spent|felt|dealt|swept|let|quit|beat|burst|spread|hurt|cost|lay|rang|sought|fed|bid
    |[a-z]+(?:ed|[^su\W]s|sses|shes|ches))\b""",
    re.VERBOSE,
)


def stands_alone(text: str) -> bool:
    """Whether a sentence says something whole to somebody who reads nothing else."""
    return fault(text) is None


def fault(text: str) -> str | None:
    """Why a sentence cannot be read alone, or None; boilerplate is judged elsewhere."""
    checks = _CHECKS if _is_english(text) else _CHECKS_OF_ANY_LANGUAGE
    return next((reason for reason, fails in checks if fails(text)), None)


def _is_english(text: str) -> bool:
    return len(_ENGLISH.findall(text)) * 2 > len(_LETTER.findall(text))


def _too_short(text: str) -> bool:
    few = len(text.split()) < FEWEST_WORDS
    return few and (_SPACED.search(text) is not None or len(text) < 12)


def _few_letters(text: str) -> bool:
    solid = len("".join(text.split()))
    return len(_LETTER.findall(text)) < 0.65 * solid or "|" in text or "\t" in text


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’»)]").endswith(("?", "？", "؟")) or "?" in unquoted(text)


def _unfinished(text: str) -> bool:
    return not _ENDS.search(text) or _CUT_OFF.search(text) is not None


def _shouts(text: str) -> bool:
    if unquoted(text).rstrip().endswith(("!", "！")):
        return True
    long = _LONG_WORD.findall(text)
    upper = sum(word.isupper() for word in long)
    titled = sum(word[0].isupper() for word in long)
    return len(long) > 3 and (upper > 0.5 * len(long) or titled > 0.85 * len(long))


def _opens_small(text: str) -> bool:
    return text.lstrip("\"'“‘«([ ")[:1].islower()


def _leans(text: str) -> bool:
    outside = unquoted(text)
    if _OPENS_DANGLING.match(outside):
        return True
    clause = _OPENS_WITH_CLAUSE.match(outside)
    return clause is not None and not _NAME_AFTER_COMMA.match(outside, clause.end())


def _lost_pronoun(text: str) -> bool:
    """A pronoun for a person or people, and nobody before it whom it could mean."""
    outside = unquoted(text)
    found = _PRONOUN.search(outside)
    if found is None or _ANTECEDENT.search(outside, 0, found.start()):
        return False
    return not _NAME_AFTER_COMMA.match(outside, found.end())


def _is_fragment(text: str) -> bool:
    outside = unquoted(text)
    return len(outside.split()) < 8 and not VERB.search(outside)


def _only_quoted(text: str) -> bool:
    return len(_LETTER.findall(unquoted(text))) < 3


Check = tuple[str, Callable[[str], object]]

_CHECKS_OF_ANY_LANGUAGE: tuple[Check, ...] = (
    ("is too short", _too_short),
    ("is not closed", _unfinished),
    ("has quotation marks or brackets without their partner", lambda text: not balanced(text)),
    ("is a question", _asks),
    ("is a line of a list", _LIST_MARK.match),
    ("is a table or no text", _few_letters),
    ("is only a quotation", _only_quoted),
)
_CHECKS: tuple[Check, ...] = (
    *_CHECKS_OF_ANY_LANGUAGE,
    ("opens in the middle", _opens_small),
    ("leans on the sentence before", _leans),
    ("is a heading", _shouts),
    ("speaks for its writer or to its reader", lambda text: _PERSON.search(unquoted(text))),
    ("has no verb", _is_fragment),
    ("says he or she of somebody not named", _lost_pronoun),
)
