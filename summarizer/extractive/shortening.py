"""Sentences made fit for a bullet: what can go without loss of grammar or meaning goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from summarizer.language.letters import by_case
from summarizer.language.quotation_marks import balanced, quotations
from summarizer.language.verbs import VERB
from summarizer.lazy_pattern import lazy_pattern
from summarizer.sentence_rules.missing_names import is_nameless
from summarizer.sentence_rules.standalone import fault

LIMIT = 40
"""The most words that a bullet may have."""

_FEWEST_LEFT = 8

_OPENS_WITH_PHRASE = lazy_pattern(
    r"^(?:During|In|At|After|Before|As|While|When|Following|Amid|With)\b"
)

_VERB_NEXT = lazy_pattern(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|said|says|told|"
    r"did|does|won|fell|rose|hit|struck|held|began|left|took|made|came|went|sent|found|broke|spoke|"
    r"led|fought|caught|built|kept|gave|got|saw|stood|wrote|met|also|\w+ed)\b"
)
_PHRASE_NEXT = lazy_pattern(
    r"(?:in|on|at|by|for|with|from|to|after|before|during|since|near|over|under|and|but|as|amid|into)\b"
)
_WITHIN_ASIDE = lazy_pattern(
    r"(?:and|or|but) (?:who|which|whose|where)\b"
    r"|(?:(?!said|told|was|were|is|are|has|have|had|will|would)\w+ed|with|in|on|at|by|for|from|to|after|"
    r"before|without|if|when|under|over) [^,]*,(?! (?:who|which|said)\b)"
)
"""What follows the comma belongs to the aside: ", which ordered it to pay, with interest, …"."""

_TAIL_SPEAKER = lazy_pattern(
    by_case(r"(?:and|but|according to) |(?:said|says) (?:an?|the|its|[A-Z])")
)
"""What goes on with these keeps the comma: "…, said a spokesman"."""

_CREDITS = lazy_pattern(
    r"\b(?:said|says?|told|according to|announced|stated|reported|claim(?:s|ed)?|added|alleged|"
    r"warn\w*|insist\w*|argue\w*|accus\w*|estimat\w*|believ\w*)\b"
)
_TURNS = lazy_pattern(
    r"\b(?:not|never|unless|until|except\w*|without|only|deni\w+|deny\w*|reject\w*|disput\w*|"
    r"other than|apart from|the others?|the rest)\b|n['’]t\b",
    re.IGNORECASE,
)


def shorten(text: str, limit: int = LIMIT) -> str | None:
    """A plain sentence in at most `limit` words, or None where it cannot be had safely."""
    if _fits(text, limit):
        return text
    for cut in _CUTS:
        for shorter in cut(text):
            if _whole(shorter) and _keeps_sense(text, shorter):
                text = shorter
                break
        if _fits(text, limit):
            return text
    return None


def _fits(text: str, limit: int) -> bool:
    return len(text.split()) <= limit


def _whole(text: str) -> bool:
    return len(text.split()) >= _FEWEST_LEFT and balanced(text) and fault(text) is None


def _keeps_sense(text: str, shorter: str) -> bool:
    """Whether nothing went that turns what is told into another thing, nor all of who says so."""
    if len(_TURNS.findall(shorter)) < len(_TURNS.findall(text)):
        return False
    if quotations(shorter) - quotations(text) or (is_nameless(shorter) and not is_nameless(text)):
        return False
    return _CREDITS.search(shorter) is not None or _CREDITS.search(text) is None


def _without_manner(text: str) -> Iterator[str]:
    """How somebody said it, at the end: "in a letter seen by the Post"."""
    manner = (
        r"(?:in|during|at|on|through) an? (?:statement|letter|report|interview|post|note|speech|"
    )
    manner += r"(?:news|press) (?:conference|release|briefing)|message|tweet|video|filing)\b"
    yield re.sub(
        rf"(, [^,\"“”]*\b(?:said|told|wrote)\b[^,\"“”]*?) {manner}[^,\"“”]*\.$", r"\1.", text
    )


def _without_brackets(text: str) -> Iterator[str]:
    yield re.sub(r" \([^()]{1,160}\)", "", text)


def _without_dashes(text: str) -> Iterator[str]:
    """Two dashes hold an aside where the sentence plainly goes on after the second."""
    parts = re.split(r" (?:—|–|--) ", text)
    if len(parts) == 3 and not re.match(r"(?:but|or|and|not)\b", parts[1]) and _goes_on(parts[2]):
        yield f"{parts[0]} {parts[2]}"


def _without_aside(text: str) -> Iterator[str]:
    """ ", including …," and the like, where the sentence plainly goes on after the second comma."""
    opener = r", (?:including|such as|among them|which|who|whose|where|as well as|along with)\b"
    for found in re.finditer(rf"{opener}[^,.;:\"“”()]{{3,140}},(?= )", text):
        head, rest = text[: found.start()], text[found.end() + 1 :]
        if _WITHIN_ASIDE.match(rest):
            continue
        if _goes_on(rest):
            keeps_comma = _TAIL_SPEAKER.match(rest) is not None or (
                "," in head and not VERB.search(head)
            )
            yield f"{head}{',' if keeps_comma else ''} {rest}"
        elif _OPENS_WITH_PHRASE.match(text) and VERB.search(rest.split(",")[0]):
            yield f"{head}, {rest}"


def _goes_on(rest: str) -> bool:
    return (_VERB_NEXT.match(rest) or _PHRASE_NEXT.match(rest)) is not None


def _without_tail(text: str) -> Iterator[str]:
    """A last clause that only adds; what says who speaks stays."""
    opener = (
        r"(?:, (?:including|such as|which|who|whose|where|while|whereas|as well as|along with|"
        r"adding|noting|raising|citing|bringing|with)\b|;)"
    )
    for found in reversed(list(re.finditer(opener, text))):
        tail, head = text[found.end() :], text[: found.start()]
        if ":" in head if found[0] == ";" else "," in tail:
            continue
        if '"' in tail or "”" in tail or ("‘" in head and "’" in tail) or not VERB.search(head):
            continue
        yield f"{head}."


def _without_second_clause(text: str) -> Iterator[str]:
    """ ", and the two governments continue …" after a clause that is whole by itself."""
    for found in re.finditer(r", and (?=(?:the|a|an|it|he|she|they|[A-Z][\w’'-]+) )", text):
        head, tail = text[: found.start()], text[found.end() :]
        clause = tail.partition(",")[0]
        if "," in head or '"' in tail or not (VERB.search(head) and VERB.search(clause)):
            continue
        yield f"{head}."


Cut = Callable[[str], Iterator[str]]

_CUTS: tuple[Cut, ...] = (
    _without_manner,
    _without_brackets,
    _without_dashes,
    _without_aside,
    _without_aside,
    _without_tail,
    _without_second_clause,
    _without_tail,
)
