"""Which sentences can be read without those around them."""

from __future__ import annotations

import re
from collections.abc import Callable

from summarizer.quotes import balanced, unquoted

FEWEST_WORDS, MOST_CHARS = 5, 1_000

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
      (?:{_POINTING}|hers|theirs|the\ (?:latter|same)|i|we|you|our|my|your)(?:['’]\w+)?\b
    | (?:but|and|or|nor|so|yet|then|there|here|still|also|too|instead|however|meanwhile)\b
    | (?:otherwise|thus|therefore|hence|moreover|furthermore|nevertheless|nonetheless)\b
    | (?:additionally|similarly|likewise|consequently|accordingly|conversely|elsewhere)\b
    | (?:[a-z]+ly|afterwards?|later|earlier),
    | (?:even|if|doing|to\ do)\ so\b | for\ (?:example|instance)\b
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
_THINGS = re.compile(
    r"\b(?:talk|contract|meeting|rule|law|plan|price|term|deal|vote|year|month|week|day|hour|"
    r"attack|protest|sanction|election|charge|document|result|figure|condition|proposal)s\b"
    r"|\b(?:after|under|over|later|earlier|however|whether|never|further|for)\b",
    re.IGNORECASE,
)
"""What ends like whoever does something, and no "he" can mean."""

_ONLY_CREDITS = re.compile(
    r"(?P<who>[^,\"“”:;]{3,80}?) (?:said|says|wrote|writes|tweeted|posted|added|commented|"
    r"explained|remarked|replied|told (?:the )?[A-Z]\w+(?: [A-Z]\w+)*)"
    r"(?P<how>(?: (?:in|on|at|during|to|by|via|after|from) [^,\"“”:;]{1,80})?)"
    r"(?:,? (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\."
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
    |(?!(?:his|its|this|us)\b)[a-z]+(?:ed|[^su\W]s|sses|shes|ches))\b""",
    re.VERBOSE,
)


def stands_alone(text: str) -> bool:
    """Whether a sentence says something whole to somebody who reads nothing else."""
    return fault(text) is None


def fault(text: str) -> str | None:
    """Why a sentence cannot be read alone, or None; boilerplate is judged elsewhere."""
    if len(text) > MOST_CHARS:
        return "is too long"
    own = unquoted(text)
    checks = _CHECKS if _is_english(text) else _CHECKS_OF_ANY_LANGUAGE
    return next((reason for reason, fails in checks if fails(text, own)), None)


def _is_english(text: str) -> bool:
    return text.isascii() or len(_ENGLISH.findall(text)) * 2 > len(_LETTER.findall(text))


def _too_short(text: str, own: str) -> bool:
    few = len(text.split()) < FEWEST_WORDS
    return few and (_SPACED.search(text) is not None or len(text) < 12)


def _unfinished(text: str, own: str) -> bool:
    return not _ENDS.search(text) or _CUT_OFF.search(text) is not None


def _unbalanced(text: str, own: str) -> bool:
    return not balanced(text)


def _asks(text: str, own: str) -> bool:
    return text.rstrip("\"'”’»)]").endswith(("?", "？", "؟")) or "?" in own


def _lists(text: str, own: str) -> bool:
    return _LIST_MARK.match(text) is not None


def _few_letters(text: str, own: str) -> bool:
    solid = len("".join(text.split()))
    return len(_LETTER.findall(text)) < 0.65 * solid or "|" in text or "\t" in text


def _only_quoted(text: str, own: str) -> bool:
    return own is not text and len(_LETTER.findall(own)) < 3


def _opens_small(text: str, own: str) -> bool:
    return text.lstrip("\"'“‘«([ ")[:1].islower()


def _leans(text: str, own: str) -> bool:
    if _OPENS_DANGLING.match(own):
        return True
    clause = _OPENS_WITH_CLAUSE.match(own)
    return clause is not None and not _NAME_AFTER_COMMA.match(own, clause.end())


def _shouts(text: str, own: str) -> bool:
    if own.rstrip().endswith(("!", "！")):
        return True
    long = _LONG_WORD.findall(text)
    upper = sum(word.isupper() for word in long)
    titled = sum(word[0].isupper() for word in long)
    return len(long) > 3 and (upper > 0.5 * len(long) or titled > 0.85 * len(long))


def _addresses(text: str, own: str) -> bool:
    return _PERSON.search(own) is not None


def _is_fragment(text: str, own: str) -> bool:
    return len(own.split()) < 8 and not VERB.search(own)


def _only_credits(text: str, own: str) -> bool:
    """Who spoke, and nothing of what was said: "Hale wrote on his page"."""
    found = _ONLY_CREDITS.fullmatch(own)
    if found is None:
        return False
    return not VERB.search(found["who"]) and not VERB.search(found["how"])


def _lost_pronoun(text: str, own: str) -> bool:
    """A pronoun for a person or people, and nobody before it whom it could mean."""
    found = _PRONOUN.search(own)
    if found is None or _ANTECEDENT.search(_THINGS.sub("", own[: found.start()])):
        return False
    return not _NAME_AFTER_COMMA.match(own, found.end())


Check = tuple[str, Callable[[str, str], bool]]
"""A reason, and whether a sentence fails; the second text is its writer's own words, unquoted."""

_CHECKS_OF_ANY_LANGUAGE: tuple[Check, ...] = (
    ("is too short", _too_short),
    ("has quotation marks or brackets without their partner", _unbalanced),
    ("is a question", _asks),
    ("is not closed", _unfinished),
    ("is a line of a list", _lists),
    ("is a table or no text", _few_letters),
    ("is only a quotation", _only_quoted),
)
_CHECKS: tuple[Check, ...] = (
    *_CHECKS_OF_ANY_LANGUAGE,
    ("opens in the middle", _opens_small),
    ("leans on the sentence before", _leans),
    ("is a heading", _shouts),
    ("speaks for its writer or to its reader", _addresses),
    ("has no verb", _is_fragment),
    ("says he or she of somebody not named", _lost_pronoun),
    ("says only who spoke", _only_credits),
)
