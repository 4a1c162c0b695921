"""Whose account a bullet is: state and party media marked, and claims of one side alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.models import Article, Briefing, Bullet, Citation
from config.outlets import Outlets, Side
from summarizer.language.stems import stem
from summarizer.lazy_pattern import lazy_pattern
from summarizer.sentence_rules.rhetoric import is_rhetoric

LEAD_CHARS = 1_000
"""Characters of an article in which another side may be heard."""

_WORD = lazy_pattern(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?")
_SPEECH = (
    r"(?:says?|said|claim(?:s|ed)?(?!\s(?:\S{1,20}\s){0,4}(?:life|lives)\b)|"
    r"announc(?:es?|ed)|den(?:y|ies|ied)|confirm(?:s|ed)|"
    r"alleg(?:es?|ed)|insist(?:s|ed)?|accus(?:es?|ed)|reject(?:s|ed)|tells?|told)"
)
_PHRASE = r"(?<![^\s,.;:!?\"“”])(?:[^\s,.;:!?\"“”]{1,40}+\s{1,3}+){0,7}[^\s,.;:!?\"“”]{1,40}+"
_SPEAKERS = (
    (lazy_pattern(rf"({_PHRASE})\s{{1,3}}{_SPEECH}\b"), 8),
    (lazy_pattern(rf"\baccording to\s({_PHRASE})", re.IGNORECASE), 8),
    (lazy_pattern(rf"[,”’\"]\s(?:says?|said)\s({_PHRASE})(?=[.,;]|$)"), 8),
    (lazy_pattern(rf"[:–—]\s({_PHRASE})[.”\"]?$"), 5),
    (lazy_pattern(rf"^({_PHRASE}):\s"), 2),
)
"""Where a speaker is named, and in how many words at most."""
_POSSESSIVE = lazy_pattern("['’]s?$")
_IMPARTIAL = lazy_pattern(
    r"\b(?:police|hospitals?|medics?|doctors?|rescuers?|firefighters?|courts?|judges?|prosecutors?)\b",
    re.IGNORECASE,
)
"""Speakers of a state that are no side in a conflict."""


def attributed(briefing: Briefing, articles: Mapping[str, Article], outlets: Outlets) -> Briefing:
    """Mark the outlets that are a side, and the bullets that are one side's account."""
    sections = tuple(
        replace(
            section,
            bullets=tuple(_marked(bullet, articles, outlets) for bullet in section.bullets),
        )
        for section in briefing.sections
    )
    return replace(briefing, sections=sections)


def _marked(bullet: Bullet, articles: Mapping[str, Article], outlets: Outlets) -> Bullet:
    citations = tuple(_with_affiliation(each, outlets) for each in bullet.citations)
    leads = [
        f"{article.title}\n{article.text[:LEAD_CHARS]}"
        for each in dict.fromkeys(citation.article_id for citation in citations)
        if (article := articles.get(each))
    ]
    account = account_of(bullet, leads, outlets)
    return replace(bullet, citations=citations, attribution=account)


def _with_affiliation(citation: Citation, outlets: Outlets) -> Citation:
    found = outlets.of(citation.source, citation.url)
    return replace(citation, affiliation=found.kind if found else None)


def account_of(bullet: Bullet, leads: Sequence[str], outlets: Outlets) -> str | None:
    """Whose account a bullet is, in words; None where it makes no claim or two sides are heard.

    `leads` are the beginnings of the articles that it cites.
    """
    if bullet.language is not None or not _claims(bullet.text, outlets):
        return None
    said = [bullet.text, *(citation.quote for citation in bullet.citations)]
    speaking = set(_sides_heard(said, outlets))
    if len(speaking) > 1 or len(speaking | set(_sides_heard(leads, outlets))) > 1:
        return None
    others = _sides_named([*said, *(lead.partition("\n")[0] for lead in leads)], outlets)
    for name in speaking:
        return f"one side’s account ({name})" if others - {name} else None
    media = [outlets.of(each.source, each.url) for each in bullet.citations]
    first = media[0] if media else None
    if first and all(each and each.side == first.side for each in media):
        return f"one side’s account ({first.side})" if others - {first.side} else None
    return "one side’s account" if any(_unnamed(text, outlets) for text in said) else None


def _claims(text: str, outlets: Outlets) -> bool:
    """Whether a text says what another side may dispute."""
    stems = f" {' '.join(_stems(text))} "
    return is_rhetoric(text) or any(f" {claim} " in stems for claim in map(_joined, outlets.claims))


def _joined(phrase: str) -> str:
    return " ".join(_stems(phrase))


def _stems(text: str) -> list[str]:
    return [stem(word.lower().rstrip(".")) for word in _WORD.findall(text)]


def _sides_heard(texts: Iterable[str], outlets: Outlets) -> Iterator[str]:
    """The sides for which a speaker speaks in the texts."""
    for text in texts:
        for line in text.splitlines():
            for speaker in _speakers(line):
                if side := _side_of(speaker, outlets.sides):
                    yield side.name


def _speakers(line: str) -> Iterator[str]:
    for pattern, most in _SPEAKERS:
        for found in pattern.finditer(line[:LEAD_CHARS]):
            if len(found[1].split()) <= most:
                yield found[1]


def _side_of(speaker: str, sides: Sequence[Side]) -> Side | None:
    """The side whose word stands last in the phrase before the verb: it is the subject's."""
    found = list(_named(speaker, sides))
    return found[-1] if found and not _IMPARTIAL.search(speaker) else None


def _sides_named(texts: Iterable[str], outlets: Outlets) -> set[str]:
    return {side.name for text in texts for side in _named(text, outlets.sides)}


def _named(text: str, sides: Sequence[Side]) -> Iterator[Side]:
    """The sides that a text names, in order."""
    known = {word: side for side in sides for word in side.words}
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(text)]
    for at in range(len(words)):
        for length in (2, 1):
            if side := known.get(" ".join(words[at : at + length])):
                yield side
                break


def _unnamed(text: str, outlets: Outlets) -> bool:
    return any(
        name.lower() in speaker.lower() for name in outlets.unnamed for speaker in _speakers(text)
    )
