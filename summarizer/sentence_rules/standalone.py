"""Which sentences can be read without those around them."""

from __future__ import annotations

from collections.abc import Callable

from summarizer.language.quotation_marks import balanced, unquoted
from summarizer.language.verbs import VERB
from summarizer.lazy_pattern import lazy_pattern
from summarizer.sentence_rules.back_references import has_lost_pronoun, leans
from summarizer.sentence_rules.cleaning import WARNING

FEWEST_WORDS, MOST_CHARS = 5, 1_000

_PERSON = lazy_pattern(
    r"\b(?:I(?:['’]\w+| [a-z])|[Ww]e(?:['’]\w+)?|[Oo]urs?|us|[Yy]ou(?:['’]\w+)?|[Yy]ours?|[Mm]y|me|"
    r"let['’]s|Let['’]s)\b"
)
_HEADS_A_PAGE = lazy_pattern(
    r"\W*(?:How|Why|What to|Where to|Inside)\b(?! (?:much|many|far|long)\b)"
)
"""As in "How Vesk went dark in an hour.", which says nothing by itself."""

ENDED = lazy_pattern(r"(?<!\.)[.۔。।!！][\"'”’»)\]]*$")
_CUT_OFF = lazy_pattern(r"(?:\.\.|…)[\"'”’»)\]]*$|\. \. \.")
_LIST_MARK = lazy_pattern(r"\s*(?:[-*•▪●◦‣–—#>]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_ENGLISH = lazy_pattern(r"[A-Za-z]")
_LETTER = lazy_pattern(r"[^\W\d_]")
_LONG_WORD = lazy_pattern(r"[^\W\d_]{4,}")
_SPACED = lazy_pattern(r"\w\s\w")


def stands_alone(text: str) -> bool:
    """Whether a sentence says something whole to somebody who reads nothing else."""
    return fault(text) is None


def fault(text: str) -> str | None:
    """Why a sentence cannot be read alone, or None; boilerplate is judged elsewhere."""
    if len(text) > MOST_CHARS:
        return "is too long"
    own = unquoted(text)
    checks = CHECKS if _is_english(text) else CHECKS_OF_ANY_LANGUAGE
    return next((reason for reason, fails in checks if fails(text, own)), None)


def _is_english(text: str) -> bool:
    return text.isascii() or len(_ENGLISH.findall(text)) * 2 > len(_LETTER.findall(text))


def _too_short(text: str, own: str) -> bool:
    few = len(text.split()) < FEWEST_WORDS
    return few and (_SPACED.search(text) is not None or len(text) < 12)


def _unfinished(text: str, own: str) -> bool:
    return not ENDED.search(text) or _CUT_OFF.search(text) is not None


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
    if _HEADS_A_PAGE.match(own):
        return True
    return len(own.split()) < 8 and not VERB.search(own)


def _warned_of(text: str, own: str) -> bool:
    """A claim that its page calls untrue or unproved: "FALSE: …"."""
    return WARNING.match(text.lstrip("\"'“‘«([ ")) is not None


def _leans(text: str, own: str) -> bool:
    return leans(own)


def _lost_pronoun(text: str, own: str) -> bool:
    return has_lost_pronoun(own)


Check = tuple[str, Callable[[str, str], bool]]
"""A reason, and whether a sentence fails; the second text is its writer's own words, unquoted."""

CHECKS_OF_ANY_LANGUAGE: tuple[Check, ...] = (
    ("is too short", _too_short),
    ("has quotation marks or brackets without their partner", _unbalanced),
    ("is a question", _asks),
    ("is not closed", _unfinished),
    ("is a line of a list", _lists),
    ("is a table or no text", _few_letters),
    ("is only a quotation", _only_quoted),
)
CHECKS: tuple[Check, ...] = (
    *CHECKS_OF_ANY_LANGUAGE,
    ("opens in the middle", _opens_small),
    ("leans on the sentence before", _leans),
    ("is a heading", _shouts),
    ("is a claim that its page warns of", _warned_of),
    ("speaks for its writer or to its reader", _addresses),
    ("has no verb of its own", _is_fragment),
    ("says he or she of somebody not named", _lost_pronoun),
)
